/**
 * Hostile containers: seeded mutants of small files through the unpack loop. Nothing throws or hangs, no more comes out than
 * can be in them. `PSISCOPE_FUZZ=100000 npx vitest run tests/intake/mutants.test.ts` takes as many of most, from
 * `PSISCOPE_FUZZ_SEED` on.
 */
import { expect, it } from 'vitest';
import { walk } from '../../src/intake/walk';
import { gzip, gzipWithFields } from '../build/gzip';
import { mutant, randomOf } from '../build/mutate';
import { lzma } from '../build/lzma';
import { base256, joined, tar } from '../build/tar';
import { xz } from '../build/xz';
import { zip } from '../build/zip';

const long = Number(process.env['PSISCOPE_FUZZ'] ?? 0);
const firstSeed = Number(process.env['PSISCOPE_FUZZ_SEED'] ?? 1);

const text = 'one line of a log, and another\n'.repeat(30);
const members = [
  { name: 'a.log', bytes: text },
  { name: 'b.log', bytes: text },
];
/** Large enough for the browser's own gzip reader. */
const noise = ((): Uint8Array => {
  const random = randomOf(7);
  return Uint8Array.from({ length: 24_000 }, () => random(200));
})();
const book = [
  { name: '[Content_Types].xml', bytes: '<Types/>' },
  { name: 'xl/workbook.xml', bytes: '<workbook><sheets><sheet name="A" sheetId="1" r:id="r"/></sheets></workbook>' },
  {
    name: 'xl/_rels/workbook.xml.rels',
    bytes: '<Relationships><Relationship Id="r" Target="worksheets/sheet1.xml"/></Relationships>',
    method: 0,
  },
  { name: 'xl/sharedStrings.xml', bytes: '<sst><si><t>mail</t></si></sst>', method: 0 },
  {
    name: 'xl/worksheets/sheet1.xml',
    bytes:
      '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><v>1</v></c></row></sheetData></worksheet>',
    method: 0,
  },
];

/** Ending, how many mutants, seeds; fewer of what costs more than the others together. */
const readers: readonly (readonly [string, number, readonly Uint8Array[]])[] = [
  ['xz', 2000, [xz(text, { blockSize: 300 }), joined(xz('one'), xz(text, { check: 'none' }))]],
  ['gz', 2000, [gzip(text), joined(gzip('one '), gzipWithFields('two '), gzip(text))]],
  ['lzma', 2000, [lzma(text), lzma(text, { size: text.length, marker: true })]],
  ['large.gz', 200, [gzip(noise)]],
  [
    'tar',
    2000,
    [
      tar([...members, { name: 'c', pax: { path: 'long/name', size: '3' }, bytes: 'abc' }]),
      tar([
        { name: 'cut', longName: 'deep/'.repeat(30), bytes: text, magic: 'gnu' },
        { name: 'big', bytes: 'f', sizeField: base256(1) },
        {
          name: 'sparse',
          bytes: 'data',
          pax: { 'GNU.sparse.map': '3,4', 'GNU.sparse.size': '10', 'GNU.sparse.name': 'x' },
        },
      ]),
    ],
  ],
  [
    'zip',
    2000,
    [
      zip([
        ...members,
        { name: 'c', bytes: text, descriptor: true },
        { name: 'd', bytes: text, method: 0, zip64: true },
      ]),
      zip([...members, { name: 'c', bytes: text, descriptor: true }], { directory: false }),
    ],
  ],
  ['large.zip', 200, [zip([{ name: 'a', bytes: noise }, ...members])]],
  ['xlsx', 2000, [zip(book)]],
  ['tar.xz', 500, [xz(tar(members), { blockSize: 700 })]],
  ['zip.gz', 500, [gzip(zip([{ name: 'a.tar', bytes: tar(members) }]))]],
];

it.each(readers)(
  '%s: mutants end, and none breaks a reader',
  async (ending, fewer, seeds) => {
    const mutants = long > 0 ? Math.ceil((long * fewer) / 2000) : fewer;
    let slowest = 0;
    for (let seed = firstSeed; seed < firstSeed + mutants; seed++) {
      const bytes = mutant(seeds[seed % seeds.length]!, seeds[(seed + 1) % seeds.length]!, seed);
      // the processor's time: the long run yields to everything else
      const start = long > 0 ? process.cpuUsage() : undefined;
      const blob = new Blob([bytes as BlobPart]);
      const sliceSize = 1 + ((seed * 37) % 5000);
      const order = { path: `x.${ending}`, blob, keepBytes: seed % 10 === 0, ...(seed % 3 === 0 ? { sliceSize } : {}) };
      const { packed, problems } = await walk(order, undefined);
      if (start) slowest = Math.max(slowest, process.cpuUsage(start).user / 1000);
      const broken = problems.filter(({ code }) => code === 'reader-failed' || code === 'read-failed');
      expect(broken, `seed ${seed}`).toEqual([]);
      // sparse files are filled up to 64 MiB of holes
      for (const size of packed?.bytes ?? []) expect(size, `seed ${seed}`).toBeLessThan(2 ** 27);
    }
    if (long > 0) console.log(`${ending}: ${mutants} mutants from seed ${firstSeed}, slowest ${slowest.toFixed(1)} ms`);
    expect(slowest).toBeLessThan(5000);
  },
  long > 0 ? 24 * 3600_000 : 300_000,
);

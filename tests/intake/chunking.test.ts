/** Every container, read in pieces of any size and cut at any place: the same artifacts, or a prefix and a problem. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzip, gzipWithFields } from '../build/gzip';
import { joined, tar } from '../build/tar';
import { xz } from '../build/xz';
import { zip } from '../build/zip';
import { contents, drop } from './drop';

const log = Array.from(
  { length: 4 },
  (_, n) => `time=2026-05-04T08:00:0${n}Z level=ERROR msg="token ${n} used before issued"\n`,
).join('');
const members = [
  { name: 'var/log/a.log', bytes: log },
  { name: 'b.txt', bytes: 'short' },
];
const stored = [
  { name: 'a.log', bytes: log, method: 0 },
  { name: 'b.csv', bytes: 'email,name\na@b.c,Anna\n', descriptor: true },
];

const firstMember = gzip(log);
const secondMember = gzipWithFields('two\n');
const firstStream = xz(log, { blockSize: 100 });

/** `ends`: where it may end and be whole; of a tar anywhere between its members. */
const seeds: readonly { readonly name: string; readonly bytes: Uint8Array; readonly ends?: readonly number[] }[] = [
  {
    name: 'x.log.gz',
    bytes: joined(firstMember, secondMember, gzip('three\n')),
    ends: [firstMember.length, firstMember.length + secondMember.length],
  },
  { name: 'x.tar', bytes: tar([...members, { name: 'c', pax: { path: 'long/name' }, bytes: 'abc' }]) },
  { name: 'x.tar.gz', bytes: gzip(tar(members)), ends: [] },
  { name: 'x.zip', bytes: zip(stored), ends: [] },
  { name: 'without-directory.zip', bytes: zip(stored, { directory: false }), ends: [] },
  { name: 'x.log.xz', bytes: joined(firstStream, xz('two\n', { check: 'crc32' })), ends: [firstStream.length] },
  { name: 'x.tar.xz', bytes: xz(tar(members), { blockSize: 700, check: 'none' }), ends: [] },
  { name: 'x.zip.xz', bytes: xz(zip([{ name: 'y.log.gz', bytes: gzip(log) }])), ends: [] },
];

describe.each(seeds)('$name', ({ name, bytes, ends }) => {
  it('gives the same however it is chunked', async () => {
    const once = await drop(bytes, name, { digests: true });
    const texts = await contents(once);
    expect(texts.some(Boolean)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (sliceSize) => {
        const pieces = await drop(bytes, name, { digests: true, sliceSize });
        expect(pieces.harvest).toEqual(once.harvest);
        expect(await contents(pieces)).toEqual(texts);
      }),
      { numRuns: 15, examples: [[1]] },
    );
  });

  it('gives a prefix and says so, wherever it is cut', async () => {
    const once = await drop(bytes, name);
    const texts = new Map((await contents(once)).map((text, n) => [once.harvest.artifacts[n]!.path, text ?? '']));
    for (let end = 1; end < bytes.length; end += bytes.length > 1500 ? 29 : 1) {
      const cut = await drop(bytes.subarray(0, end), name);
      const { artifacts, problems } = cut.harvest;
      if (ends && !ends.includes(end)) expect(problems.length, `${end} bytes`).toBeGreaterThan(0);
      expect(problems.filter(({ code }) => code === 'reader-failed')).toEqual([]);
      for (const [n, text = ''] of (await contents(cut)).entries()) {
        const { path } = artifacts[n]!;
        expect(texts.get(path)?.startsWith(text) ?? text === '', `${path} of ${end} bytes`).toBe(true);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { bundleFaults, readBundle, writeBundle, type Bundle, type BundleRead } from '../../src/session/bundle';
import { say } from '../../src/text/text';
import { drawnBundle, sessionFile, sha256 } from '../build/session';
import { toBytes } from '../build/tar';
import { zip } from '../build/zip';

const open = (bytes: Uint8Array | string): Promise<BundleRead> => readBundle(new Blob([toBytes(bytes) as BlobPart]));
const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());
const faultOf = (read: BundleRead): string => ('fault' in read ? read.fault : 'accepted');

/** All that a session says, with the originals' bytes by digest. */
async function told({ title, declared, notes, parts }: Bundle): Promise<unknown> {
  const contents = await Promise.all(
    parts.map(async ({ source, original }) => [source, sha256(await bytesOf(original))]),
  );
  contents.sort((a, b) => ((a[1] as string) < (b[1] as string) ? -1 : 1));
  return { title, declared, notes, contents };
}

const manifest = (more: object = {}, part: object = {}): object => ({
  format: 'psiscope-session',
  version: 1,
  title: '',
  declared: {},
  notes: { title: '', findings: {}, answers: {}, fields: {}, slots: {}, lanes: {}, excluded: [], kinds: {} },
  parts: [{ file: 'originals/0', name: 'a.log', bytes: 5, sha256: sha256('hello'), ...part }],
  ...more,
});

describe('a session file', () => {
  it('comes back as it was written', async () => {
    const read = await readBundle(await writeBundle(drawnBundle()));
    if ('fault' in read) throw new Error(read.fault);
    expect(await told(read.bundle)).toEqual(await told(drawnBundle()));
  });

  it('has the same bytes for the same session, in any order of parts and keys, and when written anew', async () => {
    const drawn = drawnBundle();
    const first = await bytesOf(await writeBundle(drawn));
    const turned: Bundle = {
      ...drawn,
      parts: [...drawn.parts].reverse(),
      notes: Object.fromEntries(Object.entries(drawn.notes).reverse()) as Bundle['notes'],
    };
    expect(await bytesOf(await writeBundle(turned))).toEqual(first);
    const read = await readBundle(new Blob([first as BlobPart]));
    if ('fault' in read) throw new Error(read.fault);
    expect(await bytesOf(await writeBundle(read.bundle))).toEqual(first);
  });

  it.each([0, 8] as const)('may be zipped by hand (method %i), with members that are not ours', async (method) => {
    const read = await open(sessionFile(manifest(), { 'originals/0': 'hello', '__MACOSX/x': 'y' }, method));
    if ('fault' in read) throw new Error(read.fault);
    expect(read.bundle.parts.map(({ source }) => source.name)).toEqual(['a.log']);
  });

  it('takes long notes and names back', async () => {
    const drawn = drawnBundle();
    const long: Bundle = { ...drawn, notes: { ...drawn.notes, fields: { 'case.text': 'x'.repeat(300_000) } } };
    expect('bundle' in (await readBundle(await writeBundle(long)))).toBe(true);
  });

  it('is not written where the zip could not hold it', async () => {
    const drawn = drawnBundle();
    const [one] = drawn.parts;
    const huge = { ...one!, source: { ...one!.source, bytes: 5e9 } };
    await expect(writeBundle({ ...drawn, parts: [huge] })).rejects.toThrow('session-too-large');
  });
});

describe('a session file that is not to be trusted', () => {
  it.each<[string, string, Uint8Array | string]>([
    ['nothing at all', 'not-a-session', ''],
    ['no zip', 'not-a-session', 'PK is a fine start'],
    ['a zip of something else', 'not-a-session', sessionFile({ name: 'extension', version: 1 }, {})],
    ['a manifest that is no JSON', 'not-a-session', sessionFile('{"format":', {})],
    ['a manifest that is null', 'not-a-session', sessionFile('null', {})],
    ['a newer version', 'newer-version', sessionFile(manifest({ version: 2, more: true }), {})],
    [
      'a version that is a word',
      'damaged-session',
      sessionFile(manifest({ version: 'x' }), { 'originals/0': 'hello' }),
    ],
    ['version 0', 'damaged-session', sessionFile(manifest({ version: 0 }), { 'originals/0': 'hello' })],
    ['a field of its own', 'damaged-session', sessionFile(manifest({ more: 1 }), { 'originals/0': 'hello' })],
    ['a wrong digest', 'damaged-session', sessionFile(manifest(), { 'originals/0': 'hullo' })],
    ['a wrong size', 'damaged-session', sessionFile(manifest({}, { bytes: 4 }), { 'originals/0': 'hello' })],
    ['a size of 1e9', 'damaged-session', sessionFile(manifest({}, { bytes: 1e9 }), { 'originals/0': 'hello' })],
    ['a size below zero', 'damaged-session', sessionFile(manifest({}, { bytes: -5 }), { 'originals/0': 'hello' })],
    ['a part that is not there', 'damaged-session', sessionFile(manifest(), {})],
    [
      'a part elsewhere',
      'damaged-session',
      sessionFile(manifest({}, { file: '../originals/0' }), { '../originals/0': 'hello' }),
    ],
    [
      'the same bytes twice',
      'damaged-session',
      sessionFile(
        manifest({
          parts: [0, 1].map((n) => ({ file: `originals/${n}`, name: 'a', bytes: 5, sha256: sha256('hello') })),
        }),
        {
          'originals/0': 'hello',
          'originals/1': 'hello',
        },
      ),
    ],
    [
      'facts of a wrong shape',
      'damaged-session',
      sessionFile(manifest({ declared: { pbx: 'asterisk' } }), { 'originals/0': 'hello' }),
    ],
    ['notes of a wrong shape', 'damaged-session', sessionFile(manifest({ notes: [] }), { 'originals/0': 'hello' })],
  ])('%s: %s', async (_, fault, bytes) => {
    expect(faultOf(await open(bytes))).toBe(fault);
  });

  it('two parts of one name', async () => {
    const bytes = zip([
      { name: 'manifest.json', bytes: JSON.stringify(manifest()), method: 0 },
      { name: 'originals/0', bytes: 'hello', method: 0 },
      { name: 'originals/0', bytes: 'hullo', method: 0 },
    ]);
    expect(faultOf(await open(bytes))).toBe('damaged-session');
  });

  it('__proto__ in the manifest reaches nothing', async () => {
    const whole = JSON.stringify(manifest());
    const hostile = whole
      .replace(
        '"declared":{}',
        '"declared":{"__proto__":{"pbx":"osv"},"zones":{"__proto__":"UTC","constructor":"UTC"}}',
      )
      .replace('"fields":{}', '"fields":{"__proto__":{"polluted":"1"}}');
    const read = await open(sessionFile(hostile, { 'originals/0': 'hello' }));
    if ('fault' in read) throw new Error(read.fault);
    expect(read.bundle.declared).toEqual({ zones: {} });
    expect(read.bundle.notes.fields).toEqual({});
    expect(read.bundle.declared.pbx).toBeUndefined();
    expect('polluted' in {}).toBe(false);
  });

  it('lengths of 4e9 in the zip directory are refused at once', async () => {
    const good = await bytesOf(await writeBundle(drawnBundle()));
    const view = new DataView(good.buffer);
    let record = 0;
    while (view.getUint32(record, true) !== 0x02014b50) record++;
    const end = good.length - 22;
    // sizes, name length, offset of a member; count, size, offset of the directory
    for (const [at, size] of [
      [record + 20, 4],
      [record + 24, 4],
      [record + 28, 2],
      [record + 42, 4],
      [end + 10, 2],
      [end + 12, 4],
      [end + 16, 4],
    ] as const) {
      const copy = good.slice();
      copy.fill(0xff, at, at + size);
      expect(faultOf(await open(copy))).not.toBe('accepted');
    }
  });

  it('cut anywhere, it is damaged and says that it ends too early', async () => {
    const good = await bytesOf(await writeBundle(drawnBundle()));
    for (let length = 43; length < good.length; length += 13) {
      const read = await open(good.subarray(0, length));
      expect(faultOf(read)).toBe('damaged-session');
    }
    const read = await open(good.subarray(0, 500));
    if (!('fault' in read)) throw new Error('accepted');
    expect(say(bundleFaults[read.fault], 'en', { name: 'x.psiscope', detail: read.detail })).toContain(
      'x.psiscope is a damaged session file (it ends too early)',
    );
  });

  it('damaged anywhere, it is refused or says exactly the same', async () => {
    const drawn = drawnBundle();
    const good = await bytesOf(await writeBundle(drawn));
    const right = await told(drawn);
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    let refused = 0;
    const mutants = 1500;
    for (let n = 0; n < mutants; n++) {
      let bytes = good.slice();
      if (n % 5 === 4) {
        // a piece put elsewhere, or taken out
        const [from, to] = [random(good.length), random(good.length)].sort((a, b) => a - b) as [number, number];
        if (n % 2) bytes = Uint8Array.from([...good.subarray(0, from), ...good.subarray(to)]);
        else bytes.copyWithin(random(good.length), from, Math.min(to, from + 64));
      } else for (let left = 1 + (n % 3) * 8; left > 0; left--) bytes[random(bytes.length)]! ^= 1 << random(8);
      const read = await open(bytes);
      if ('fault' in read) refused++;
      else expect(await told(read.bundle), `mutant ${n}`).toEqual(right);
    }
    expect(refused).toBeGreaterThan(mutants * 0.8);
  });

  it('a file that cannot be read is a fault, not an exception', async () => {
    const gone = { size: 100, slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }) };
    expect(faultOf(await readBundle(gone as unknown as Blob))).toBe('damaged-session');
  });
});

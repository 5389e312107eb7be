import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf, searchFile, type Searched, type Wanted } from '../../src/analysis/search';
import { openScanner } from '../../src/intake/codec';
import { needleOf, seekIn } from '../../src/intake/needle';
import { contentOf, createPacker } from '../../src/intake/packed';
import { toBytes } from '../build/tar';

const inFile = (
  content: string | Uint8Array,
  wanted: Partial<Wanted>,
  spans?: { offset: Float64Array; size: Uint32Array },
): Promise<Searched> => {
  const blob = new Blob([toBytes(content) as BlobPart]);
  return searchFile(
    { artifact: 3, bytes: blob.size, content: blob, ...(spans ? { spans } : {}) },
    { text: '', regex: false, ...wanted },
    () => undefined,
  );
};
/** As intake keeps it: packed, and handed out in parts. */
async function inPacked(content: string, wanted: Partial<Wanted>): Promise<Searched> {
  const bytes = toBytes(content);
  const packer = (await createPacker())!;
  packer.begin();
  packer.add(bytes);
  packer.end(0);
  const kept = contentOf([], packer.finish(1));
  return searchFile(
    { artifact: 0, bytes: bytes.length, content: kept.part(0, 0)! },
    { text: '', regex: false, ...wanted },
    () => undefined,
    async (artifact, block) => kept.part(artifact, block),
  );
}
const utf16 = (text: string): Uint8Array =>
  new Uint8Array(Uint16Array.from(`\ufeff${text}`, (c) => c.charCodeAt(0)).buffer);
const marked = ({ hits }: Searched): string[] =>
  hits.map(({ line, at, length }) => `${line.slice(0, at)}[${line.slice(at, at + length)}]${line.slice(at + length)}`);

describe('search', () => {
  it('finds lines in either case, each once, with the place of the match', async () => {
    const found = await inFile('one\r\nTOKEN expired, token used\nthree\ntoken', { text: 'Token' });
    expect(marked(found)).toEqual(['[TOKEN] expired, token used', '[token]']);
    expect(found.hits.map(({ offset }) => offset)).toEqual([5, 37]);
    expect(found.count).toBe(2);
  });

  it.each([
    ['UTF-8', toBytes('appel reçu de l’ÉTÉ\nautre\n')],
    ['UTF-16', utf16('appel reçu de l’ÉTÉ\nautre\n')],
  ])('finds letters beyond ASCII: %s', async (_, bytes) => {
    expect(marked(await inFile(bytes, { text: 'été' }))).toEqual(['appel reçu de l’[ÉTÉ]']);
    expect(marked(await inFile(bytes, { text: 're.{1,2}u', regex: true }))).toEqual(['appel [reçu] de l’ÉTÉ']);
  });

  it('finds Windows-1252 text and shows it as written', async () => {
    const bytes = Uint8Array.from([...'caf'].map((c) => c.charCodeAt(0)).concat(0xe9, 10));
    expect(marked(await inFile(bytes, { text: 'café' }))).toEqual(['[café]']);
  });

  it('takes a regular expression a line at a time', async () => {
    const found = await inFile('a 401\nb 200\nc 403\n', { text: '^. 4\\d\\d$', regex: true });
    expect(marked(found)).toEqual(['[a 401]', '[c 403]']);
    expect(faultOf({ text: '(', regex: true })).toMatch(/Unterminated|Invalid/);
    expect(faultOf({ text: '(', regex: false })).toBeUndefined();
  });

  it('searches captures in their messages only', async () => {
    const spans = { offset: Float64Array.of(4, 20), size: Uint32Array.of(6, 6) };
    const found = await inFile('xINVITEINVITE....xxxINVITE', { text: 'invite' }, spans);
    expect(found.hits.map(({ offset }) => offset)).toEqual([20]);
  });

  it('masks secrets in what it shows, and finds the line all the same', async () => {
    const line = 'Authorization: Digest username="4142", response="0123456789abcdef0123456789abcdef"\n';
    const found = await inFile(line, { text: '89abcdef01' });
    expect(found.count).toBe(1);
    expect(found.hits[0]!.line).toContain('4142');
    expect(found.hits[0]!.line).not.toContain('89abcdef01');
  });

  it('leaves binary files alone and says so', async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, n) => (n * 7919) & 255);
    expect(await inFile(bytes, { text: 'a' })).toMatchObject({ count: 0, binary: true });
  });

  it('counts a line of many megabytes once, and finds what lies across pieces', async () => {
    const long = `${'x'.repeat(4 * 2 ** 20 - 3)}needle${'y'.repeat(5 * 2 ** 20)}needle\nneedle\n`;
    const found = await inFile(long, { text: 'needle' });
    expect(found.count).toBe(2);
    expect(found.hits[0]!.offset).toBe(4 * 2 ** 20 - 3);
    expect(found.hits[0]!.line.length).toBeLessThan(1000);
  });

  it('keeps 500 hits a file and counts on', async () => {
    const found = await inFile('hit\n'.repeat(1200), { text: 'hit' });
    expect([found.count, found.hits.length]).toEqual([1200, 500]);
  });

  it('agrees with a search line by line', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'B', 'é', ' ', '1'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 20 }),
        fc.constantFrom('a', 'ab', 'É', '1 '),
        async (lines, text) => {
          const expected = lines.filter((one) => one.toLowerCase().includes(text.toLowerCase())).length;
          const found = await inFile(lines.map((one) => `${one}\n`).join(''), { text });
          expect(found.count).toBe(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds the same in what is kept packed, however it lies over blocks and parts', async () => {
    const lines = Array.from(
      { length: 150_000 },
      (_, n) => `${n} ${'x'.repeat((n * 7919) % 80)} level=INFO rtt=${n % 977}`,
    );
    const log = lines.join('\n');
    for (const [text, regex] of [
      ['RTT=97', false],
      ['x', false],
      ['level=info rtt=5', false],
      ['^9\\d*1 .*rtt=11$', true],
      ['77 (?:x{3,9}|level)|rtt=976', true],
      ['^\\d+ x{7} ', true],
    ] as const) {
      const expected = lines.filter((line) =>
        regex ? new RegExp(text, 'i').test(line) : line.toLowerCase().includes(text.toLowerCase()),
      );
      for (const found of [await inPacked(log, { text, regex }), await inFile(log, { text, regex })]) {
        expect(found.count, text).toBe(expected.length);
        expect(found.hits.map(({ line }) => line)).toEqual(expected.slice(0, 500));
        for (const { offset, at, line } of found.hits.slice(-3))
          expect(log.slice(offset - at, offset - at + line.length)).toBe(line);
      }
    }
  }, 20_000);

  it('takes no match that goes on in the next line', async () => {
    for (const text of ['error\\s+timeout', '[^x]{3}t\\b.\\S']) {
      const found = await inFile('error\ntimeout\nlast error  timeout 1\n', { text, regex: true });
      expect(marked(found).map((line) => line.replace(/[[\]]/g, ''))).toEqual(['last error  timeout 1']);
    }
  });

  it('finds with and without WebAssembly the same places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 9 }),
        async (noise, wanted, from) => {
          const text = Uint8Array.from([...noise, ...wanted, ...noise]);
          const scanner = await openScanner();
          scanner.window.set(text);
          const needle = needleOf(wanted);
          for (const to of [text.length, text.length - noise.length - 1]) {
            expect(scanner.seek(needle, from, to)).toBe(seekIn(text, needle, from, to));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, createPacker, type Packed } from '../../src/intake/packed';

async function packed(files: readonly Uint8Array[], chunk = 1000): Promise<Packed> {
  const packer = (await createPacker())!;
  files.forEach((bytes, artifact) => {
    packer.begin();
    for (let at = 0; at < bytes.length; at += chunk) packer.add(bytes.subarray(at, at + chunk));
    packer.end(artifact);
  });
  return packer.finish(files.length + 1);
}
const sizeOf = ({ pages }: Packed): number => pages.reduce((sum, { length }) => sum + length, 0);
const encoder = new TextEncoder();
const log = encoder.encode(
  Array.from({ length: 20_000 }, (_, n) => `2026-11-12T08:00:00.${n} level=INFO msg="keepalive ${n * 7919}"\n`).join(
    '',
  ),
);
/** Bytes of few or many different values, with repeats near and far: what a codec has to get right. */
const tricky = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 70_000 }))
        .map(([byte, n]) => new Uint8Array(n).fill(byte)),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 400 }))
        .map(([unit, n]) => Uint8Array.from({ length: unit.length * n }, (_, at) => unit[at % unit.length]!)),
      fc.string({ maxLength: 400 }).map((text) => encoder.encode(text)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('files that are kept', () => {
  it('come back whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tricky, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 100_000 }),
        async (files, chunk) => {
          const content = contentOf([], await packed(files, chunk));
          for (const [artifact, bytes] of files.entries()) {
            expect(Buffer.from(await (await content.blob(artifact))!.arrayBuffer()).equals(bytes)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);

  it('are read from any place to any other, over blocks and past the end', async () => {
    const content = contentOf([], await packed([encoder.encode('before'), log]));
    for (const [from, length] of [
      [0, 10],
      [65_530, 20],
      [65_536, 65_536],
      [1, 300_000],
      [log.length - 5, 99],
      [log.length, 1],
    ] as const) {
      const bytes = (await content.bytes(1, from, length))!;
      expect(Buffer.from(bytes).equals(log.subarray(from, from + length)), `${length} from ${from}`).toBe(true);
    }
  });

  it('take less than a third where they are logs, and no more than they are otherwise', async () => {
    expect(sizeOf(await packed([log]))).toBeLessThan(log.length / 3);
    let state = 1;
    const noise = Uint8Array.from(
      { length: 200_000 },
      () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24,
    );
    expect(sizeOf(await packed([noise]))).toBeLessThanOrEqual(noise.length);
  });

  it('are told apart from those that are not here, and from one that was broken off', async () => {
    const packer = (await createPacker())!;
    packer.begin();
    packer.add(log);
    packer.begin();
    packer.add(encoder.encode('whole'));
    packer.end(2);
    const part = new Blob(['at rest']);
    const content = contentOf([part], packer.finish(3));
    expect([content.has(0), content.has(1), content.has(2)]).toEqual([true, false, true]);
    expect(await Promise.all([0, 1, 2].map(async (n) => (await content.blob(n))?.text()))).toEqual([
      'at rest',
      undefined,
      'whole',
    ]);
    expect(await content.bytes(1, 0, 5)).toBeUndefined();
  });
});

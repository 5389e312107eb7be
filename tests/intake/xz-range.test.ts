import { expect, it } from 'vitest';
import { openXzContent } from '../../src/intake/xz-range';
import { joined } from '../build/tar';
import { xz } from '../build/xz';

const text = Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`).join('');
const packed = xz(text, { blockSize: 30_000, check: 'crc32' });
const open = (bytes: Uint8Array) => openXzContent(new Blob([bytes as BlobPart]));

it('reads any part of an .xz file, and no block that does not hold it', async () => {
  const damaged = packed.slice();
  // the second block: parts of others are none the worse
  damaged[12 + 30_000 + 60] = 3;
  damaged.fill(3, 12 + 30_100, 12 + 30_200);
  const content = (await open(damaged))!;
  expect([content.size, content.blocks]).toEqual([text.length, Math.ceil(text.length / 30_000)]);
  for (const [from, to] of [
    [0, 10],
    [29_990, 30_000],
    [60_000, 60_001],
    [75_000, 125_000],
    [text.length - 5, text.length + 5],
    [500, 500],
  ] as const) {
    const parts: Uint8Array[] = [];
    for await (const part of content.range(from, to)) parts.push(part.slice());
    expect(new TextDecoder().decode(joined(...parts)), `${from}`).toBe(text.slice(from, to));
  }
});

it('gives nothing where the index is missing', async () => {
  expect(await open(packed.subarray(0, packed.length - 4))).toBe(undefined);
});

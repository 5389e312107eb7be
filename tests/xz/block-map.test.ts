import { describe, expect, it } from 'vitest';
import { covering, readBlockMap, type Read } from '../../src/xz/block-map';
import { joined } from '../build/tar';
import { xz } from '../build/xz';

const reader =
  (bytes: Uint8Array): Read =>
  (offset, length) =>
    Promise.resolve(bytes.slice(offset, offset + length));
const mapOf = (bytes: Uint8Array) => readBlockMap(bytes.length, reader(bytes));

describe('block map', () => {
  it('lists the blocks of all streams, past padding', async () => {
    const first = xz('0123456789', { blockSize: 4 });
    const packed = joined(first, new Uint8Array(8), xz('', { check: 'none' }), xz('abc', { check: 'crc32' }));
    const blocks = await mapOf(packed);
    expect(blocks?.map(({ start, content, check }) => [start, content, check])).toEqual([
      [0, 4, 4],
      [4, 4, 4],
      [8, 2, 4],
      [10, 3, 1],
    ]);
    // a stream header of 12 bytes; header, LZMA2 control, four bytes, end, check of a block
    expect(blocks!.slice(0, 2).map(({ offset, unpadded }) => [offset, unpadded])).toEqual([
      [12, 12 + 3 + 4 + 1 + 8],
      [40, 28],
    ]);
    expect(covering(blocks!, 3, 8).map(({ start }) => start)).toEqual([0, 4]);
    expect(covering(blocks!, 8, 9).map(({ start }) => start)).toEqual([8]);
    expect(covering(blocks!, 13, 20)).toEqual([]);
  });

  it('gives nothing where a byte around the blocks is wrong or missing', async () => {
    const packed = joined(xz('0123456789', { blockSize: 4 }), new Uint8Array(4));
    const [first, last] = [(await mapOf(packed))![0]!, (await mapOf(packed))!.at(-1)!];
    const blocksEnd = last.offset + last.unpadded + 2;
    for (let at = 0; at < packed.length; at++) {
      if (at >= first.offset && at < blocksEnd) continue;
      const turned = packed.slice();
      turned[at]! ^= 1;
      expect(await mapOf(turned), `byte ${at}`).toBe(undefined);
    }
    for (let length = 0; length < packed.length - 4; length++) {
      if (length > 0) expect(await mapOf(packed.subarray(0, length)), `${length} bytes`).toBe(undefined);
    }
    expect(await mapOf(packed.subarray(4))).toBe(undefined);
  });
});

/**
 * Index (the .xz file format 1.2.0, section 4): 00, how many records, for each block its size without padding and that
 * of its content, zeros up to a whole word, CRC32. It has to agree with the blocks that came before it.
 */
import { crc32 } from '../base/crc32';
import { readNumber } from './block-header';
import { fail, nextByte, offsetOf, take, type Input, type Steps } from './input';

/** The sizes of all blocks, as sums: a hostile stream may have millions. */
export interface BlockRecords {
  add(unpadded: number, content: number): void;
  readonly count: number;
  sameAs(other: BlockRecords): boolean;
  sums(): readonly number[];
}

export function blockRecords(): BlockRecords {
  const pair = new Float64Array(2);
  const bytes = new Uint8Array(pair.buffer);
  let count = 0;
  let unpaddedSum = 0;
  let contentSum = 0;
  let digest = 0;
  const sums = (): readonly number[] => [count, unpaddedSum, contentSum, digest];
  return {
    add(unpadded, content) {
      count++;
      unpaddedSum += unpadded;
      contentSum += content;
      pair[0] = unpadded;
      pair[1] = content;
      digest = crc32(bytes, digest);
    },
    get count() {
      return count;
    },
    sameAs: (other) => other.sums().every((sum, n) => sum === sums()[n]),
    sums,
  };
}

/** The first byte, 00, has been taken; `records` undefined where not all blocks were read. Gives the size of the whole index. */
export function* readIndex(input: Input, records: BlockRecords | undefined): Steps<number> {
  const begin = offsetOf(input) - 1;
  let crc = 0;
  const held = new Uint8Array(1024);
  let filled = 1;
  function* number(): Steps<number> {
    const offset = offsetOf(input);
    if (filled + 9 > held.length) {
      crc = crc32(held.subarray(0, filled), crc);
      filled = 0;
    }
    const from = filled;
    do {
      held[filled++] = yield* nextByte(input);
    } while (held[filled - 1]! >= 128 && filled - from < 9);
    const read = readNumber(held, from, filled);
    return read ? read.value : fail('corrupt-archive', offset, 'xz, index');
  }
  const count = yield* number();
  if (records && count !== records.count) fail('corrupt-archive', begin + 1, 'xz, index');
  const listed = blockRecords();
  for (let n = 0; n < count; n++) {
    const unpadded = yield* number();
    listed.add(unpadded, yield* number());
  }
  const listEnd = offsetOf(input);
  if (records && !listed.sameAs(records)) fail('corrupt-archive', begin, 'xz, index');
  const padding = yield* take(input, -(listEnd - begin) & 3);
  if (padding.some((byte) => byte !== 0)) fail('corrupt-archive', listEnd, 'xz, index');
  crc = crc32(padding, crc32(held.subarray(0, filled), crc));
  const offset = offsetOf(input);
  const written = yield* take(input, 4);
  if (new DataView(written.buffer).getUint32(0, true) !== crc) fail('corrupt-archive', offset, 'xz, index');
  return offset + 4 - begin;
}

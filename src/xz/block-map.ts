/**
 * Where the blocks of a file lie, read from its end: of each stream the footer, which says how long the index is, and
 * the index, which says how long the blocks are (the .xz file format 1.2.0, sections 2.1.2 and 4). So blocks may be
 * decoded side by side, or only those that are wanted, or those behind a damaged one.
 */
import { crc32 } from '../base/crc32';
import { readNumber } from './block-header';
import { readFlags } from './stream-flags';

export interface XzBlock {
  /** Of its header in the file; a multiple of four from the start of its stream. */
  readonly offset: number;
  /** Header, data and check, without the padding. */
  readonly unpadded: number;
  /** Where its content begins in that of all streams, and how long it is. */
  readonly start: number;
  readonly content: number;
  /** The kind of check that its stream has. */
  readonly check: number;
}

/** `length` bytes from `offset` on, fewer at the end of the file. */
export type Read = (offset: number, length: number) => Promise<Uint8Array>;

/** More is hostile, or not worth it. */
const maxIndex = 4 * 2 ** 20;
const maxBlocks = 200_000;
const headerBytes = 12;

interface Sizes {
  readonly unpadded: number;
  readonly content: number;
}

/** All blocks in order; undefined where the structure around them does not hold to the byte. */
export async function readBlockMap(size: number, read: Read): Promise<readonly XzBlock[] | undefined> {
  const streams: { offset: number; check: number; sizes: readonly Sizes[] }[] = [];
  let blocks = 0;
  let end = size;
  while (end > 0) {
    const footerEnd = await beforePadding(end, read);
    const footer = footerEnd < 2 * headerBytes ? undefined : await read(footerEnd - headerBytes, headerBytes);
    if (!footer || footer.length < headerBytes || footer[10] !== 0x59 || footer[11] !== 0x5a) return undefined;
    const tail = new DataView(footer.slice().buffer);
    if (tail.getUint32(0, true) !== crc32(footer.subarray(4, 10))) return undefined;
    const indexSize = (tail.getUint32(4, true) + 1) * 4;
    const [reserved, check] = [tail.getUint8(8), tail.getUint8(9)];
    const indexAt = footerEnd - headerBytes - indexSize;
    if (indexSize > maxIndex || indexAt < headerBytes) return undefined;
    const sizes = parseIndex(await read(indexAt, indexSize), indexSize);
    if (!sizes || (blocks += sizes.length) > maxBlocks) return undefined;
    const offset = indexAt - sizes.reduce((sum, { unpadded }) => sum + padded(unpadded), 0);
    if (offset < headerBytes) return undefined;
    const flags = readFlags(await read(offset - headerBytes, headerBytes));
    if (reserved !== 0 || flags !== check) return undefined;
    streams.push({ offset, check, sizes });
    end = offset - headerBytes;
  }
  let start = 0;
  return streams.reverse().flatMap(({ offset, check, sizes }) => {
    let at = offset;
    return sizes.map(({ unpadded, content }) => {
      const block = { offset: at, unpadded, start, content, check };
      at += padded(unpadded);
      start += content;
      return block;
    });
  });
}

/** The indexes of the blocks that hold content from `from` up to `to`. */
export function covering(blocks: readonly XzBlock[], from: number, to: number): readonly XzBlock[] {
  return blocks.filter(({ start, content }) => start < to && start + content > from);
}

export const padded = (size: number): number => Math.ceil(size / 4) * 4;

/** Zeros behind a stream, whole words of them. */
async function beforePadding(end: number, read: Read): Promise<number> {
  let at = end;
  for (;;) {
    const from = Math.max(0, at - 4096);
    const part = await read(from, at - from);
    if (part.length < at - from) return 0;
    let left = part.length;
    while (left > 0 && part[left - 1] === 0) left--;
    // the footer ends in «YZ», so its end is that of a word
    if (left > 0 || from === 0) return (end - from - left) % 4 === 0 ? from + left : 0;
    at = from;
  }
}

function parseIndex(bytes: Uint8Array, length: number): readonly Sizes[] | undefined {
  const end = length - 4;
  if (bytes.length < length || bytes[0] !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) return undefined;
  let at = 1;
  const number = (): number => {
    const read = readNumber(bytes, at, end);
    at = read?.end ?? end;
    return read?.value ?? NaN;
  };
  const count = number();
  // two bytes at least for each
  if (!(count <= (end - at) / 2)) return undefined;
  const sizes: Sizes[] = [];
  for (let n = 0; n < count; n++) {
    const unpadded = number();
    const content = number();
    if (!(unpadded >= 5 && unpadded < 2 ** 50 && content < 2 ** 50)) return undefined;
    sizes.push({ unpadded, content });
  }
  const zeros = bytes.subarray(at, end);
  return zeros.length < 4 && zeros.every((byte) => byte === 0) ? sizes : undefined;
}

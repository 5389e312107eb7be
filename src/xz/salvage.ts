/**
 * The next block or stream behind a fault, by its header: there is nothing else to go by where the index is damaged or
 * cut off. A header holds its own CRC32, and stands whole words from where its stream began.
 */
import { crc32 } from '../base/crc32';
import { readBlockHeader } from './block-header';
import { type Read } from './block-map';
import { readFlags } from './stream-flags';

export interface XzEntry {
  readonly offset: number;
  /** The kind of check; undefined where a stream begins, whose header tells it. */
  readonly check: number | undefined;
}

/** Four filters and two sizes written in the shortest way come to no more. */
const longestHeader = 128;
const windowBytes = 2 ** 20;

/** `from`: the first place to look at, whole words from where the stream began. `check`: that of the blocks there. */
export async function findEntry(
  size: number,
  read: Read,
  from: number,
  check: number | undefined,
): Promise<XzEntry | undefined> {
  for (let start = from; start < size; start += windowBytes) {
    const bytes = await read(start, Math.min(windowBytes + longestHeader, size - start));
    if (bytes.length === 0) return undefined;
    for (let at = 0; at < Math.min(windowBytes, bytes.length); at += 4) {
      if (bytes[at] === 0xfd && readFlags(bytes.subarray(at, at + 12)) !== undefined)
        return { offset: start + at, check: undefined };
      if (check !== undefined && isBlockHeader(bytes, at)) return { offset: start + at, check };
    }
  }
  return undefined;
}

function isBlockHeader(bytes: Uint8Array, at: number): boolean {
  const length = (bytes[at]! + 1) * 4;
  // the size, no unknown flags, and all of it here: that leaves few whose sum is worth taking
  if (length === 4 || length > longestHeader || (bytes[at + 1]! & 0x3c) !== 0 || at + length > bytes.length)
    return false;
  const header = bytes.subarray(at, at + length);
  const written = new DataView(header.buffer, header.byteOffset + length - 4, 4).getUint32(0, true);
  if (crc32(header.subarray(0, length - 4)) !== written) return false;
  try {
    readBlockHeader(header, 0);
    return true;
  } catch {
    return false;
  }
}

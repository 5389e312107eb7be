/**
 * Block header (the .xz file format 1.2.0, section 3.1): its size in words less one, flags, the sizes of the block where
 * they are known, one to four filters, padding of zeros, CRC32.
 *
 *   02 00 21 01 16 00 00 00 74 2F E5 A3   12 bytes, one filter: LZMA2 (21) with one byte: a dictionary of 8 MiB
 */
import { crc32 } from '../base/crc32';
import { isBcj, type FilterSpec } from './filters';
import { fail } from './input';

export interface BlockHeader {
  readonly bytes: number;
  /** Size of the LZMA2 data and of the content, undefined where the header does not tell. */
  readonly packed: number | undefined;
  readonly content: number | undefined;
  /** As written: the first one is undone last. LZMA2, the last one, is left out. */
  readonly filters: readonly FilterSpec[];
  readonly dictionary: number;
}

const lzma2 = 0x21;
const delta = 0x03;
const sizesFlags = { packed: 0x40, content: 0x80 };

/** `header` as a whole, its first byte included. Fails at a fault; `offset` is where it begins. */
export function readBlockHeader(header: Uint8Array, offset: number): BlockHeader {
  const end = header.length - 4;
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (crc32(header.subarray(0, end)) !== view.getUint32(end, true)) fail('corrupt-archive', offset, 'xz, block header');
  const flags = header[1]!;
  if (flags & 0x3c) fail('unsupported-archive', offset, 'xz, block header of a later version');
  let at = 2;
  const number = (): number => {
    const read = readNumber(header, at, end);
    if (!read) fail('corrupt-archive', offset + at, 'xz, block header');
    at = read.end;
    return read.value;
  };
  const packed = flags & sizesFlags.packed ? number() : undefined;
  const content = flags & sizesFlags.content ? number() : undefined;
  if (packed === 0) fail('corrupt-archive', offset, 'xz, block header');
  const filters: FilterSpec[] = [];
  let dictionary: number | undefined;
  for (let left = flags & 3; left >= 0; left--) {
    const start = at;
    const id = number();
    const size = number();
    if (size > end - at) fail('corrupt-archive', offset + start, 'xz, block header');
    const properties = header.subarray(at, at + size);
    at += size;
    if (id === lzma2 && left === 0) dictionary = dictionarySize(properties, offset + start);
    else if (id === delta && left > 0 && size === 1) filters.push({ id, distance: properties[0]! + 1, start: 0 });
    else if (isBcj(id) && left > 0 && (size === 0 || size === 4)) {
      const from = size === 0 ? 0 : view.getUint32(at - 4, true);
      if (from % bcjAlignment(id) !== 0) fail('unsupported-archive', offset + start, unknownFilter(id));
      filters.push({ id, distance: 0, start: from });
    } else fail('unsupported-archive', offset + start, unknownFilter(id));
  }
  if (header.subarray(at, end).some((byte) => byte !== 0))
    fail('unsupported-archive', offset + at, 'xz, block header of a later version');
  return { bytes: header.length, packed, content, filters, dictionary: dictionary! };
}

const unknownFilter = (id: number): string => `xz, filter ${id.toString(16).padStart(2, '0').toUpperCase()}`;

/** The least step of addresses that the filter's processor has. */
const bcjAlignment = (id: number): number => ({ 4: 1, 6: 16, 8: 2, 11: 2 })[id] ?? 4;

function dictionarySize(properties: Uint8Array, offset: number): number {
  const code = properties[0]!;
  if (properties.length !== 1 || code > 40) return fail('unsupported-archive', offset, unknownFilter(lzma2));
  return code === 40 ? 2 ** 32 - 1 : (2 | (code & 1)) * 2 ** ((code >> 1) + 11);
}

/**
 * A number of up to nine bytes, seven bits each, the lowest first (section 1.2); undefined where it does not end or is
 * not written the shortest way. Above 2^53 it is near enough: no size comes there.
 */
export function readNumber(bytes: Uint8Array, from: number, end: number): { value: number; end: number } | undefined {
  let value = 0;
  for (let n = 0; n < 9 && from + n < end; n++) {
    const byte = bytes[from + n]!;
    value += (byte & 127) * 2 ** (7 * n);
    if (byte < 128) return n > 0 && byte === 0 ? undefined : { value, end: from + n + 1 };
  }
  return undefined;
}

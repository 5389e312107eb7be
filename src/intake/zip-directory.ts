/**
 * The central directory of a zip (APPNOTE 4.3.12–4.3.16), read from the end of the file:
 *
 *   entries  PK\1\2 … 10 method 16 crc 20 packed 24 size 28 name 30 extra 32 comment 38 attributes 42 local header
 *   zip64    PK\6\6 … 48 offset of the entries; found through its locator PK\6\7
 *   end      PK\5\6 4 disk 10 count 12 bytes 16 offset 20 comment
 */
import { crc32 } from '../base/crc32';
import { ascii, hasBytes } from './sniffing';
import { latin1 } from './tar-header';
import type { Member } from './containers/container';

export const zipSignature = {
  local: ascii('PK\x03\x04'),
  entry: ascii('PK\x01\x02'),
  end: ascii('PK\x05\x06'),
  end64: ascii('PK\x06\x06'),
  locator64: ascii('PK\x06\x07'),
  descriptor: ascii('PK\x07\x08'),
} as const;

export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Unix mode from the high half of the external attributes; 0 where none. */
  readonly mode: number;
  /** Offset of the local header in the file. */
  readonly offset: number;
  readonly zip64: boolean;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where the directory lies; members end before it. */
  readonly start: number;
  /** What is wrong with it; the entries before that are given. */
  readonly fault?: { readonly offset: number; readonly detail: string };
}

type Read = (offset: number, length: number) => Promise<Uint8Array>;

const endSize = 22;
const maxDirectory = 64 * 2 ** 20;

/** Undefined where the file has no end record: it is cut, or no zip. */
export async function readDirectory(read: Read, size: number, maxEntries: number): Promise<ZipDirectory | undefined> {
  const tailStart = Math.max(0, size - endSize - 65_535);
  const tail = (await read(tailStart, size - tailStart)).slice();
  const at = findEnd(tail);
  if (at < 0) return undefined;
  const end = new DataView(tail.buffer, at, endSize);
  let length = end.getUint32(12, true);
  let start = end.getUint32(16, true);
  let count = end.getUint16(10, true);
  let behind = tailStart + at;
  if (end.getUint16(4, true) !== end.getUint16(6, true)) {
    return { entries: [], start: size, fault: { offset: behind, detail: 'zip, one of several volumes' } };
  }
  if (start === 0xffffffff || length === 0xffffffff || count === 0xffff) {
    const far = await readEnd64(read, tail, at, tailStart);
    if (far) ({ length, start, count, behind } = far);
  }
  if (length > maxDirectory)
    return { entries: [], start: size, fault: { offset: behind, detail: 'zip, directory too large' } };
  // bytes before the archive (a self-extracting one) shift every offset
  const shift = behind - length - start;
  const directoryStart = start + shift;
  if (directoryStart < 0)
    return { entries: [], start: size, fault: { offset: behind, detail: 'zip, place of the directory' } };
  const bytes = (await read(directoryStart, length)).slice();
  // an archive whose directory is not right before its end record: as the offset says
  if (shift > 0 && !hasBytes(bytes, zipSignature.entry)) {
    const other = (await read(start, length)).slice();
    if (hasBytes(other, zipSignature.entry)) return { start, ...readEntries(other, start, 0, count, maxEntries) };
  }
  return { start: directoryStart, ...readEntries(bytes, directoryStart, shift, count, maxEntries) };
}

/** The last end record whose comment fits what follows; else the last one at all. */
function findEnd(tail: Uint8Array): number {
  let last = -1;
  for (let at = tail.length - endSize; at >= 0; at--) {
    if (!hasBytes(tail, zipSignature.end, at)) continue;
    if (at + endSize + tail[at + 20]! + tail[at + 21]! * 256 === tail.length) return at;
    if (last < 0) last = at;
  }
  return last;
}

async function readEnd64(
  read: Read,
  tail: Uint8Array,
  at: number,
  tailStart: number,
): Promise<{ length: number; start: number; count: number; behind: number } | undefined> {
  if (at < 20 || !hasBytes(tail, zipSignature.locator64, at - 20)) return undefined;
  const where = Number(new DataView(tail.buffer, at - 20, 20).getBigUint64(8, true));
  if (!Number.isSafeInteger(where)) return undefined;
  // the record stands right before its locator; the offset is wrong where bytes precede the archive
  for (const place of [where, tailStart + at - 20 - 56]) {
    if (place < 0) continue;
    const record = (await read(place, 56)).slice();
    if (record.length < 56 || !hasBytes(record, zipSignature.end64)) continue;
    const view = new DataView(record.buffer);
    return {
      count: Number(view.getBigUint64(32, true)),
      length: Number(view.getBigUint64(40, true)),
      start: Number(view.getBigUint64(48, true)),
      behind: place,
    };
  }
  return undefined;
}

function readEntries(
  bytes: Uint8Array,
  start: number,
  shift: number,
  count: number,
  maxEntries: number,
): Pick<ZipDirectory, 'entries' | 'fault'> {
  const entries: ZipEntry[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at + 46 <= bytes.length && hasBytes(bytes, zipSignature.entry, at) && entries.length <= maxEntries) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) break;
    const raw = bytes.subarray(at + 46, nameEnd);
    const extra = readExtra(bytes.subarray(nameEnd, extraEnd));
    const sizes = wide(extra, [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ]);
    const flags = view.getUint16(at + 8, true);
    entries.push({
      name: zipName(raw, flags, extra),
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: sizes.values[0]!,
      packed: sizes.values[1]!,
      offset: sizes.values[2]! + shift,
      mode: view.getUint16(at + 40, true),
      zip64: sizes.zip64,
    });
    at = next;
  }
  const broken = entries.length < count % 65_536 && entries.length <= maxEntries;
  return broken ? { entries, fault: { offset: start + at, detail: 'zip, directory' } } : { entries };
}

export type ZipExtra = ReadonlyMap<number, Uint8Array>;

export function readExtra(bytes: Uint8Array): ZipExtra {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes[at + 2]! + bytes[at + 3]! * 256;
    const id = bytes[at]! + bytes[at + 1]! * 256;
    if (!fields.has(id)) fields.set(id, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return fields;
}

/** zip64 sizes stand in extra field 1, only those that are all ones in the header, in its order. */
export function wide(extra: ZipExtra, values: readonly number[]): { values: number[]; zip64: boolean } {
  const field = extra.get(1);
  let at = 0;
  return {
    zip64: field !== undefined,
    values: values.map((value) => {
      if (value !== 0xffffffff || !field || at + 8 > field.length) return value;
      const far = Number(new DataView(field.buffer, field.byteOffset + at, 8).getBigUint64(0, true));
      at += 8;
      return far;
    }),
  };
}

/** The upper half of code page 437, in which zips without a flag write their names. */
const page437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function zipName(raw: Uint8Array, flags: number, extra: ZipExtra): string {
  // Info-ZIP's Unicode path: version, CRC of the plain name, UTF-8
  const unicode = extra.get(0x7075);
  if (unicode && unicode.length > 5 && unicode[0] === 1) {
    const crc = new DataView(unicode.buffer, unicode.byteOffset, 5).getUint32(1, true);
    if (crc === crc32(raw)) return new TextDecoder().decode(unicode.subarray(5));
  }
  if (flags & 0x800) return utf8.decode(raw);
  try {
    // many writers forget the flag
    return strictUtf8.decode(raw);
  } catch {
    return latin1(raw).replace(/[\x80-\xff]/g, (byte) => page437[byte.charCodeAt(0) - 128]!);
  }
}

const methods: Readonly<Record<number, string>> = {
  1: 'shrink',
  2: 'reduce',
  3: 'reduce',
  4: 'reduce',
  5: 'reduce',
  6: 'implode',
  9: 'deflate64',
  10: 'DCL implode',
  12: 'bzip2',
  14: 'LZMA',
  18: 'IBM TERSE',
  19: 'LZ77',
  20: 'zstd',
  93: 'zstd',
  94: 'MP3',
  95: 'xz',
  96: 'JPEG',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES',
};

/** Why a member cannot be read; undefined where it can. */
export function faultOf(entry: Pick<ZipEntry, 'flags' | 'method'>, header = true): Member['fault'] {
  if (!header) return { code: 'corrupt-archive', detail: 'zip, no local header' };
  if (entry.flags & 1 || entry.method === 99) return { code: 'encrypted-archive', detail: 'zip' };
  if (entry.method === 0 || entry.method === 8) return undefined;
  return { code: 'unsupported-archive', detail: `zip, ${methods[entry.method] ?? `method ${entry.method}`}` };
}

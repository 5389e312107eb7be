/**
 * One 512-byte header block of a tar, POSIX.1-1988 ustar with the fields that v7, GNU tar and star put elsewhere:
 *
 *   0 name[100] 100 mode[8] 108 uid[8] 116 gid[8] 124 size[12] 136 mtime[12] 148 checksum[8] 156 type[1]
 *   157 linkname[100] 257 "ustar\0" "00" | "ustar  \0" … 345 prefix[155]
 *   GNU sparse ('S'): 386 4 × (offset[12] length[12]) 482 more[1] 483 real size[12]
 */
import { hasBytes, ascii } from './sniffing';

export const blockSize = 512;

export interface TarHeader {
  readonly name: string;
  readonly target: string;
  /** NaN where it cannot be read, or is negative. */
  readonly size: number;
  readonly type: string;
  readonly ustar: boolean;
}

/** Undefined where the checksum does not hold. Old writers summed signed bytes; both sums are accepted. */
export function readHeader(block: Uint8Array): TarHeader | undefined {
  if (block.length < blockSize || !checksumHolds(block)) return undefined;
  const ustar = hasBytes(block, ascii('ustar'), 257);
  const posix = ustar && block[262] === 0;
  // star keeps times in the last 24 bytes of the prefix and signs with "tar\0"
  const star = posix && hasBytes(block, ascii('tar\0'), 508);
  const prefix = posix ? label(block.subarray(345, star ? 345 + 131 : 500)) : '';
  const name = label(block.subarray(0, 100));
  return {
    name: prefix ? `${prefix}/${name}` : name,
    target: label(block.subarray(157, 257)),
    size: number(block.subarray(124, 136)),
    type: String.fromCharCode(block[156]!),
    ustar,
  };
}

function checksumHolds(block: Uint8Array): boolean {
  const stored = number(block.subarray(148, 156));
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < blockSize; at++) {
    const byte = at >= 148 && at < 156 ? 32 : block[at]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  return stored === unsigned || stored === signed;
}

/** Octal in ASCII, padded by spaces or NULs on either side; or base-256 where the top bit is set (GNU, star). */
export function number(field: Uint8Array): number {
  const first = field[0]!;
  if (first & 0x80) {
    if (first === 0xff) return NaN;
    let value = first & 0x7f;
    for (const byte of field.subarray(1)) value = value * 256 + byte;
    return value;
  }
  const digits = latin1(field).replace(/\0.*$/s, '').trim();
  if (digits === '') return 0;
  return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}

export const isZero = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to the first NUL. UTF-8 where it is that, else byte by byte as Latin-1. */
export function label(field: Uint8Array): string {
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1(bytes);
  }
}

export const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
};

/**
 * Records of a pax extended header, `<length> <key>=<value>\n` in UTF-8, the length counting itself. Undefined where the
 * lengths do not fit; the last of equal keys wins, `GNU.sparse.offset` and `numbytes` are kept in order as one map.
 */
export function readPax(bytes: Uint8Array): Map<string, string> | undefined {
  const records = new Map<string, string>();
  const map: string[] = [];
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const space = bytes.indexOf(32, at);
    if (space < 0 || space - at > 10) return undefined;
    const length = Number(latin1(bytes.subarray(at, space)));
    if (!Number.isInteger(length) || length < space - at + 3 || at + length > bytes.length) return undefined;
    if (bytes[at + length - 1] !== 10) return undefined;
    const record = bytes.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(61);
    if (equals < 1) return undefined;
    const key = label(record.subarray(0, equals));
    const value = label(record.subarray(equals + 1));
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') map.push(value);
    else records.set(key, value);
    at += length;
  }
  if (map.length > 0) records.set('GNU.sparse.map', map.join(','));
  return records;
}

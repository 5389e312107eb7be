/**
 * Writes .xz streams whose LZMA2 data is stored, not compressed: stream header, blocks, index, footer, with a CRC32,
 * CRC64 or no check. Enough for every structure around the data, without a native tool.
 */
import { crc32 } from '../../src/base/crc32';
import { joined, toBytes } from './tar';

export type XzCheck = 'none' | 'crc32' | 'crc64';
const checkIds = { none: 0, crc32: 1, crc64: 4 } as const;

export interface XzOptions {
  readonly check?: XzCheck;
  /** Content bytes per block. */
  readonly blockSize?: number;
}

export function xz(
  content: Uint8Array | string,
  { check = 'crc64', blockSize = Infinity }: XzOptions = {},
): Uint8Array {
  const bytes = toBytes(content);
  const flags = new Uint8Array([0, checkIds[check]]);
  const header = joined(new Uint8Array([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), flags, number32(crc32(flags)));
  const blocks: Uint8Array[] = [];
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(blockSize, bytes.length)) {
    const part = bytes.subarray(at, at + blockSize);
    const { block, unpadded } = xzBlock(part, check);
    blocks.push(block);
    records.push(joined(vli(unpadded), vli(part.length)));
  }
  const list = padded(joined(new Uint8Array([0]), vli(records.length), ...records));
  const index = joined(list, number32(crc32(list)));
  const tail = joined(number32(index.length / 4 - 1), flags);
  return joined(header, ...blocks, index, number32(crc32(tail)), tail, 'YZ');
}

function xzBlock(part: Uint8Array, check: XzCheck): { block: Uint8Array; unpadded: number } {
  // header size 12, one filter, LZMA2 with a dictionary of 4 KiB
  const fields = new Uint8Array([2, 0, 0x21, 1, 0, 0, 0, 0]);
  const header = joined(fields, number32(crc32(fields)));
  const data = stored(part);
  const sum = check === 'crc32' ? number32(crc32(part)) : check === 'crc64' ? crc64(part) : new Uint8Array(0);
  return { block: joined(header, padded(data), sum), unpadded: header.length + data.length + sum.length };
}

/** LZMA2 chunks without compression: control 1 resets the dictionary, 2 does not. */
function stored(part: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < part.length; at += 65_536) {
    const piece = part.subarray(at, at + 65_536);
    const last = piece.length - 1;
    chunks.push(new Uint8Array([at === 0 ? 1 : 2, last >> 8, last & 255]), piece);
  }
  return joined(...chunks, new Uint8Array([0]));
}

const padded = (bytes: Uint8Array): Uint8Array => joined(bytes, new Uint8Array(-bytes.length & 3));

function number32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function vli(value: number): Uint8Array {
  const bytes: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) | 128);
  return new Uint8Array([...bytes, left]);
}

/** CRC-64 of ECMA-182, reflected, as .xz uses it. */
function crc64(bytes: Uint8Array): Uint8Array {
  let crc = 0xffffffffffffffffn;
  for (const byte of bytes) crc = crc64Table[Number((crc ^ BigInt(byte)) & 255n)]! ^ (crc >> 8n);
  const result = new Uint8Array(8);
  new DataView(result.buffer).setBigUint64(0, crc ^ 0xffffffffffffffffn, true);
  return result;
}
const crc64Table = Array.from({ length: 256 }, (_, n) => {
  let value = BigInt(n);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ 0xc96c5795d7870f42n : value >> 1n;
  return value;
});

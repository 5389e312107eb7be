/** Draws gzip streams: one member or several, with header fields, padding, rubbish behind, faults. */
import { gzipSync } from 'node:zlib';
import { joined, toBytes } from './tar';

export const gzip = (content: Uint8Array | string): Uint8Array => new Uint8Array(gzipSync(toBytes(content)));

/** One member whose header has a name, a comment, an extra field and a header checksum of no meaning. */
export function gzipWithFields(content: string): Uint8Array {
  const plain = gzip(content);
  const header = plain.slice(0, 10);
  header[3] = 2 | 4 | 8 | 16;
  return joined(
    header,
    new Uint8Array([3, 0, 1, 2, 3]),
    'name.log\0',
    'a comment\0',
    new Uint8Array(2),
    plain.subarray(10),
  );
}

/** A byte of the trailer turned: 8 = CRC32, 4 = size. */
export function withDamage(bytes: Uint8Array, fromEnd: number): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - fromEnd]! ^= 1;
  return copy;
}

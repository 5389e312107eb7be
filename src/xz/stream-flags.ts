import { crc32 } from '../base/crc32';

export const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] as const;

/** The kind of check of a stream header that holds (the .xz file format 1.2.0, section 2.1.1); undefined of any other. */
export function readFlags(header: Uint8Array): number | undefined {
  if (header.length < 12 || magic.some((byte, n) => header[n] !== byte)) return undefined;
  const crc = new DataView(header.buffer, header.byteOffset, 12).getUint32(8, true);
  const [reserved, kind] = [header[6]!, header[7]!];
  return crc === crc32(header.subarray(6, 8)) && reserved === 0 && kind < 16 ? kind : undefined;
}

/** CRC-32 of ISO 3309 (the one of zip, gzip and Ethernet), four bytes a step. */
const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
const [t0, t1, t2, t3] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
for (let value = 0; value < 256; value++) {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  t0[value] = crc;
}
for (let value = 0; value < 256; value++) {
  for (let step = 1; step < 4; step++) {
    const before = tables[step - 1]![value]!;
    tables[step]![value] = (before >>> 8) ^ t0[before & 255]!;
  }
}

/** Of bytes `from`..`to`; `start` = the CRC of what stands before them. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length, start = 0): number {
  let crc = ~start;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc = t3[crc & 255]! ^ t2[(crc >>> 8) & 255]! ^ t1[(crc >>> 16) & 255]! ^ t0[crc >>> 24]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

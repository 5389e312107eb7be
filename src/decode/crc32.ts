/** CRC-32 of ISO 3309 (the one of zip, gzip and Ethernet), eight bytes a step. */
const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
const t0 = tables[0]!;
const t1 = tables[1]!;
const t2 = tables[2]!;
const t3 = tables[3]!;
const t4 = tables[4]!;
const t5 = tables[5]!;
const t6 = tables[6]!;
const t7 = tables[7]!;
for (let value = 0; value < 256; value++) {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  t0[value] = crc;
}
for (let value = 0; value < 256; value++) {
  for (let step = 1; step < 8; step++) {
    const before = tables[step - 1]![value]!;
    tables[step]![value] = (before >>> 8) ^ t0[before & 255]!;
  }
}

/** Of bytes `from`..`to`; `start` = the CRC of what stands before them. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length, start = 0): number {
  let crc = ~start;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    crc =
      t7[crc & 255]! ^
      t6[(crc >>> 8) & 255]! ^
      t5[(crc >>> 16) & 255]! ^
      t4[crc >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < to; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]!) & 255]!;
  return ~crc >>> 0;
}

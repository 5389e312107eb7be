import { viewOf } from './words';

/** CRC-32 of RFC 1952 §8 (polynomial EDB88320, reflected), eight bytes a step. */
const tables: readonly Uint32Array[] = (() => {
  const list = Array.from({ length: 8 }, () => new Uint32Array(256));
  for (let n = 0; n < 256; n++) {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    list[0]![n] = value;
  }
  for (let n = 0; n < 256; n++) {
    let value = list[0]![n]!;
    for (let k = 1; k < 8; k++) list[k]![n] = value = list[0]![value & 255]! ^ (value >>> 8);
  }
  return list;
})();
const [t0, t1, t2, t3, t4, t5, t6, t7] = tables as readonly [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];

/** Of bytes `from`..`to`; `before` = the CRC of the bytes that came first; the result is unsigned. */
export function crc32(bytes: Uint8Array, before = 0, from = 0, to = bytes.length): number {
  let crc = ~before;
  let at = from;
  const view = viewOf(bytes);
  for (; at + 8 <= to; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      t7[low & 255]! ^
      t6[(low >>> 8) & 255]! ^
      t5[(low >>> 16) & 255]! ^
      t4[low >>> 24]! ^
      t3[high & 255]! ^
      t2[(high >>> 8) & 255]! ^
      t1[(high >>> 16) & 255]! ^
      t0[high >>> 24]!;
  }
  for (; at < to; at++) crc = t0[(crc ^ bytes[at]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

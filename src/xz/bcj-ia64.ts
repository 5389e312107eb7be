/**
 * Branches of Itanium (the .xz file format 1.2.0, section 5.3.2): bundles of 16 bytes with a template of 5 bits and three
 * slots of 41 bits; `br.call` holds 20 bits and a sign, counted in bundles.
 */
import type { Undo } from './words';

/** Which slots of a template may hold a branch, a bit each. */
const branchSlots = [
  ...new Array<number>(16).fill(0),
  ...[4, 4, 6, 6, 0, 0, 7, 7],
  ...[4, 4, 0, 0, 4, 4, 0, 0],
] as const;

export const undoIa64: Undo = (bytes, from, to, address) => {
  let at = from;
  for (; at + 16 <= to; at += 16) {
    const slots = branchSlots[bytes[at]! & 31]!;
    for (let slot = 0; slot < 3; slot++) {
      if ((slots >> slot) & 1) undoSlot(bytes, at, 5 + 41 * slot, (address + at - from) >>> 0);
    }
  }
  return at;
};

function undoSlot(bytes: Uint8Array, bundle: number, bit: number, address: number): void {
  const at = bundle + (bit >> 3);
  const shift = BigInt(bit & 7);
  let word = 0n;
  for (let n = 5; n >= 0; n--) word = (word << 8n) | BigInt(bytes[at + n]!);
  const slot = word >> shift;
  if (((slot >> 37n) & 15n) !== 5n || ((slot >> 9n) & 7n) !== 0n) return;
  const target = Number((slot >> 13n) & 0xfffffn) | (Number((slot >> 36n) & 1n) << 20);
  const relative = ((target << 4) - address) >>> 4;
  const undone =
    (slot & ~(0x8fffffn << 13n)) | (BigInt(relative & 0xfffff) << 13n) | (BigInt(relative & 0x100000) << 16n);
  word = (word & ((1n << shift) - 1n)) | (undone << shift);
  for (let n = 0; n < 6; n++) {
    bytes[at + n] = Number(word & 255n);
    word >>= 8n;
  }
}

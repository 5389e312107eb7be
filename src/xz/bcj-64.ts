/** Branches of ARM64 and RISC-V (the .xz file format 1.2.0, section 5.3.2). */
import { readBig, readLittle, writeLittle, type Undo } from './words';

/** `bl` (26 bits of words) and `adrp` (21 bits of pages, converted within ±512 MiB alone). */
export function undoArm64(bytes: Uint8Array, at: number, address: number): void {
  const word = readLittle(bytes, at);
  if (word >>> 26 === 0x25) {
    writeLittle(bytes, at, 0x94000000 | ((word - (address >>> 2)) & 0x03ffffff));
  } else if ((word & 0x9f000000) >>> 0 === 0x90000000) {
    const page = ((word >>> 29) & 3) | ((word >>> 3) & 0x1ffffc);
    if ((page + 0x20000) & 0x1c0000) return;
    const relative = page - (address >>> 12);
    writeLittle(
      bytes,
      at,
      (word & 0x9000001f) | ((relative & 3) << 29) | ((relative & 0x3fffc) << 3) | (-(relative & 0x20000) & 0xe00000),
    );
  }
}

/**
 * `jal` to ra or t0, and pairs of `auipc` and the instruction that uses its register. The encoder wrote a pair's target
 * as a big-endian word behind an `auipc x2` that holds the second instruction; a pair that looks like this already was
 * turned over, which is undone here.
 */
export const undoRiscV: Undo = (bytes, from, to, address) => {
  let at = from;
  for (; at + 8 <= to; at += 2) {
    const first = bytes[at]!;
    if (first === 0xef) {
      const second = bytes[at + 1]!;
      // rd is x1 or x5
      if (second & 0x0d) continue;
      const target = ((second & 0xf0) << 13) | (bytes[at + 2]! << 9) | (bytes[at + 3]! << 1);
      const relative = target - (address + at - from);
      bytes[at + 1] = (second & 0x0f) | ((relative >>> 8) & 0xf0);
      bytes[at + 2] = ((relative >>> 16) & 0x0f) | ((relative >>> 7) & 0x10) | ((relative << 4) & 0xe0);
      bytes[at + 3] = ((relative >>> 4) & 0x7f) | ((relative >>> 13) & 0x80);
      at += 2;
    } else if ((first & 0x7f) === 0x17) {
      const word = readLittle(bytes, at);
      if (word & 0xe80) {
        // rd is neither x0 nor x2: only a true pair was turned over
        const user = readLittle(bytes, at + 4);
        if ((((word << 8) ^ (user - 3)) & 0xf8003) !== 0) {
          at += 4;
          continue;
        }
        writeLittle(bytes, at, 0x17 | (2 << 7) | (user << 12));
        writeLittle(bytes, at + 4, (word & 0xfffff000) + (user >>> 20));
      } else {
        const register = word >>> 27;
        if (((word - 0x3117) << 18) >>> 0 >= (register & 0x1d)) {
          at += 2;
          continue;
        }
        const relative = readBig(bytes, at + 4) - (address + at - from);
        writeLittle(bytes, at, 0x17 | (register << 7) | ((relative + 0x800) & 0xfffff000));
        writeLittle(bytes, at + 4, (word >>> 12) | (relative << 20));
      }
      at += 6;
    }
  }
  return at;
};

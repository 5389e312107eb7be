/**
 * Branches of x86 (the .xz file format 1.2.0, section 5.3.2): `call` E8 and `jmp` E9 with 32 bits, converted where the
 * highest byte is 00 or FF and no other E8 or E9 nearby makes it doubtful where the instruction begins.
 */
import type { Undo } from './words';

const isSign = (byte: number): boolean => byte === 0 || byte === 0xff;
/** For which opcodes seen among the three bytes before (a bit each, the nearest lowest) the place is believed. */
const believed = [true, true, true, false, true, false, false, false] as const;
/** How many bytes back the farthest of them is. */
const depth = [0, 1, 2, 2, 3, 3, 3, 3] as const;

export function undoX86(): Undo {
  /** Opcodes in the last bytes; bit 4 of it: the operand of one of them would end in a sign byte. */
  let seen = 0;
  /** Bytes since the last opcode, at the start of the next call. */
  let since = 5;
  return (bytes, from, to, address) => {
    let at = from;
    let last = from - since;
    for (; at + 5 <= to; at++) {
      if ((bytes[at]! & 0xfe) !== 0xe8) continue;
      const gap = at - last;
      last = at;
      if (gap > 5) seen = 0;
      else for (let n = 0; n < gap; n++) seen = (seen & 0x77) << 1;
      const top = bytes[at + 4]!;
      if (isSign(top) && believed[(seen >> 1) & 7] && seen >> 1 < 0x10) {
        undoTarget(bytes, at, (address + at - from + 5) | 0, seen);
        seen = 0;
        at += 4;
      } else {
        seen |= isSign(top) ? 0x11 : 1;
      }
    }
    since = Math.min(at - last, 6);
    return at;
  };
}

function undoTarget(bytes: Uint8Array, at: number, next: number, seen: number): void {
  let target = bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16) | (bytes[at + 4]! << 24);
  let relative = target - next;
  if (seen !== 0) {
    const shift = 24 - depth[seen >> 1]! * 8;
    while (isSign((relative >>> shift) & 255)) {
      target = relative ^ (2 ** (shift + 8) - 1);
      relative = target - next;
    }
  }
  bytes[at + 1] = relative;
  bytes[at + 2] = relative >>> 8;
  bytes[at + 3] = relative >>> 16;
  bytes[at + 4] = (relative >>> 24) & 1 ? 0xff : 0;
}

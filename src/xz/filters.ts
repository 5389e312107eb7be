/**
 * The filters that stand before LZMA2 (the .xz file format 1.2.0, section 5.3), undone: delta, and those that turned the
 * relative targets of a processor's branches into absolute ones («BCJ»). A filter works in place and leaves the last
 * bytes until it knows what follows them.
 */
import { undoArm64, undoRiscV } from './bcj-64';
import { undoIa64 } from './bcj-ia64';
import { undoX86 } from './bcj-x86';
import { readBig, writeBig, type Undo } from './words';

export interface FilterSpec {
  readonly id: number;
  /** Of a delta filter, 1–256. */
  readonly distance: number;
  /** Of the others: the address of the first byte. */
  readonly start: number;
}

const makers: Readonly<Record<number, () => Undo>> = {
  4: undoX86,
  5: () => words(undoPowerPc),
  6: () => undoIa64,
  7: () => words(undoArm),
  8: () => undoArmThumb,
  9: () => words(undoSparc),
  10: () => words(undoArm64),
  11: () => undoRiscV,
};
export const isBcj = (id: number): boolean => id in makers;

/** One block's filters, the last written one first. */
export interface FilterChain {
  /** Undoes `bytes`, whose first `done` … `length` are new since; gives how many from the start are ready. */
  run(bytes: Uint8Array, length: number, last: boolean): number;
  /** The ready ones were taken: what was at `count` is now at 0. */
  moved(count: number): void;
}

export function filterChain(specs: readonly FilterSpec[]): FilterChain {
  const stages = [...specs].reverse().map(({ id, distance, start }) => ({
    undo: id === 3 ? undoDelta(distance) : makers[id]!(),
    address: start,
    done: 0,
  }));
  return {
    run(bytes, length, last) {
      let ready = length;
      for (const stage of stages) {
        let end = stage.undo(bytes, stage.done, ready, stage.address);
        stage.address = (stage.address + end - stage.done) >>> 0;
        // at the end of the block the rest is no branch
        if (last) end = ready;
        stage.done = end;
        ready = end;
      }
      return ready;
    },
    moved(count) {
      for (const stage of stages) stage.done -= count;
    },
  };
}

function undoDelta(distance: number): Undo {
  const history = new Uint8Array(256);
  let place = 0;
  return (bytes, from, to) => {
    for (let at = from; at < to; at++) {
      const value = (bytes[at]! + history[(place - distance) & 255]!) & 255;
      bytes[at] = history[place] = value;
      place = (place + 1) & 255;
    }
    return to;
  };
}

/** For processors whose instructions are words of four bytes. */
function words(undo: (bytes: Uint8Array, at: number, address: number) => void): Undo {
  return (bytes, from, to, address) => {
    let at = from;
    for (; at + 4 <= to; at += 4) undo(bytes, at, (address + at - from) | 0);
    return at;
  };
}

/** `bl`: opcode 18, link bit, no absolute bit; 24 bits of words. */
function undoPowerPc(bytes: Uint8Array, at: number, address: number): void {
  const word = readBig(bytes, at);
  if ((word & 0xfc000003) >>> 0 !== 0x48000001) return;
  writeBig(bytes, at, 0x48000001 | (((word & 0x03fffffc) - address) & 0x03fffffc));
}

/** `bl` with the condition «always»: EB in the highest byte; counts words from two instructions on. */
function undoArm(bytes: Uint8Array, at: number, address: number): void {
  if (bytes[at + 3] !== 0xeb) return;
  const target = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)) << 2;
  const relative = (target - address - 8) >>> 2;
  bytes[at] = relative;
  bytes[at + 1] = relative >>> 8;
  bytes[at + 2] = relative >>> 16;
}

/** `call` whose 30 bits of words reach no farther than 2^22 up or down. */
function undoSparc(bytes: Uint8Array, at: number, address: number): void {
  const word = readBig(bytes, at);
  const top = word >>> 22;
  if (top !== 0x100 && top !== 0x1ff) return;
  const relative = ((word << 2) - address) >>> 2;
  const sign = -((relative >>> 22) & 1);
  writeBig(bytes, at, ((sign << 22) & 0x3fffffff) | (relative & 0x3fffff) | 0x40000000);
}

/** `bl` as a pair of half words: 11 high bits after F0, 11 low bits after F8. */
const undoArmThumb: Undo = (bytes, from, to, address) => {
  let at = from;
  for (; at + 4 <= to; at += 2) {
    if ((bytes[at + 1]! & 0xf8) !== 0xf0 || (bytes[at + 3]! & 0xf8) !== 0xf8) continue;
    const target =
      (((bytes[at + 1]! & 7) << 19) | (bytes[at]! << 11) | ((bytes[at + 3]! & 7) << 8) | bytes[at + 2]!) << 1;
    const relative = (target - (address + at - from) - 4) >>> 1;
    bytes[at + 1] = 0xf0 | ((relative >>> 19) & 7);
    bytes[at] = relative >>> 11;
    bytes[at + 3] = 0xf8 | ((relative >>> 8) & 7);
    bytes[at + 2] = relative;
    at += 2;
  }
  return at;
};

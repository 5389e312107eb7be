/**
 * The codec that keeps unpacked files in memory, as AssemblyScript: blocks of at most 64 KiB, each for itself, so any row
 * of a log is read by unpacking one block. Made for text of logs and for speed in both directions, not for the smallest
 * size; what it packs never leaves the program, so nothing else must be able to read it.
 *
 *   u32 letters, u32 bytes, of literals, tokens and high bytes | literals | tokens | high bytes | low bytes | lengths
 *
 * A token is the count of literals × 16 + length of the match − 4, 15 = more follows among the lengths, in bytes of up to
 * 255; the distance of the match is a low byte and a high byte. The last token has literals only. The first three are
 * Huffman-coded, at most 11 bits a letter: 128 bytes of code lengths (4 bits each), then the bits, least first; they stand
 * as they are where their bytes are 0.
 */
import { layout } from './layout.mjs';
import { seekSource } from './seek-source.mjs';

export const codecSource = () => `
const INPUT: usize = ${layout.input};
const OUTPUT: usize = ${layout.output};
const TABLE: usize = ${layout.table};
const LITERALS: usize = ${layout.literals};
const TOKENS: usize = ${layout.tokens};
const HIGHS: usize = ${layout.highs};
const LOWS: usize = ${layout.lows};
const EXTRAS: usize = ${layout.extras};
const PREVIOUS: usize = ${layout.previous};
const COUNTS: usize = ${layout.counts};
const LENGTHS: usize = ${layout.lengths};
const CODES: usize = ${layout.codes};
const ORDER: usize = ${layout.order};
const DECODE: usize = ${layout.decode};
const HASH_BITS: u64 = 14;
const MAX_BITS: u32 = 11;
/** Places with like bytes that are compared. */
const DEPTH: u32 = 4;
/** A match of this length is good enough. */
const LONG: u32 = 32;

// @ts-ignore
@inline function slotOf(at: usize): usize {
  return TABLE + (<usize>(((load<u64>(at) << 24) * 889523592379) >> (64 - HASH_BITS)) << 1);
}

/** Places with like bytes are chained by their distance from the start of the block; 0 = no more. */
// @ts-ignore
@inline function note(at: usize): void {
  const slot = slotOf(at);
  store<u16>(PREVIOUS + ((at - INPUT) << 1), load<u16>(slot));
  store<u16>(slot, <u16>(at - INPUT));
}

/** Where the match begins that \`longest\` found. */
let found: usize = 0;

/** The length of the longest match of what stands at \`at\`, 3 where there is none of four bytes. */
function longest(at: usize, end: usize): u32 {
  let place = <usize>load<u16>(slotOf(at));
  let best: u32 = 3;
  for (let depth = DEPTH; place != 0 && depth > 0; depth--) {
    const from = INPUT + place;
    if (load<u8>(from + best) == load<u8>(at + best) && load<u32>(from) == load<u32>(at)) {
      const length = alike(at, from, end);
      if (length > best) {
        best = length;
        found = from;
        if (best >= LONG) break;
      }
    }
    place = <usize>load<u16>(PREVIOUS + (place << 1));
  }
  return best;
}

// @ts-ignore
@inline function alike(at: usize, from: usize, end: usize): u32 {
  let stop = at + 4;
  from += 4;
  while (stop + 8 <= end) {
    const differs = load<u64>(stop) ^ load<u64>(from);
    if (differs != 0) return <u32>(stop + <usize>(ctz(differs) >> 3) - at);
    stop += 8;
    from += 8;
  }
  while (stop < end && load<u8>(stop) == load<u8>(from)) {
    stop++;
    from++;
  }
  return <u32>(stop - at);
}

// @ts-ignore
@inline function more(to: usize, length: u32): usize {
  while (length >= 255) {
    store<u8>(to++, 255);
    length -= 255;
  }
  store<u8>(to++, length);
  return to;
}

/** Copies in steps of eight bytes, up to seven too many. */
// @ts-ignore
@inline function wild(to: usize, from: usize, end: usize): void {
  do {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  } while (to < end);
}

/** Packs \`size\` bytes of the input into the output; gives how many came out. */
export function pack(size: u32): u32 {
  memory.fill(TABLE, 0, 2 << <usize>HASH_BITS);
  const end = INPUT + size;
  let at = INPUT + 1;
  let anchor = INPUT;
  let literals = LITERALS;
  let tokens = TOKENS;
  let highs = HIGHS;
  let lows = LOWS;
  let extras = EXTRAS;
  const last = size > 16 ? end - 12 : INPUT;
  while (at <= last) {
    const length = longest(at, end);
    note(at);
    if (length == 3) {
      at += 1 + ((at - anchor) >> 6);
      continue;
    }
    let from = found;
    const stop = at + length;
    // one place inside the match is enough for the next like it to be found
    if (stop <= last) note(stop - 2);
    while (at > anchor && from > INPUT && load<u8>(at - 1) == load<u8>(from - 1)) {
      at--;
      from--;
    }
    const run = <u32>(at - anchor);
    const match = <u32>(stop - at) - 4;
    store<u8>(tokens++, (min<u32>(run, 15) << 4) | min<u32>(match, 15));
    if (run > 0) wild(literals, anchor, literals + run);
    literals += run;
    if (run >= 15) extras = more(extras, run - 15);
    const distance = <u32>(at - from);
    store<u8>(lows++, <u8>distance);
    store<u8>(highs++, <u8>(distance >> 8));
    if (match >= 15) extras = more(extras, match - 15);
    at = stop;
    anchor = stop;
  }
  const run = <u32>(end - anchor);
  store<u8>(tokens++, min<u32>(run, 15) << 4);
  if (run >= 15) extras = more(extras, run - 15);
  memory.copy(literals, anchor, run);
  literals += run;

  let out = OUTPUT + 24;
  out = put(0, LITERALS, <u32>(literals - LITERALS), out);
  out = put(1, TOKENS, <u32>(tokens - TOKENS), out);
  out = put(2, HIGHS, <u32>(highs - HIGHS), out);
  memory.copy(out, LOWS, lows - LOWS);
  out += lows - LOWS;
  memory.copy(out, EXTRAS, extras - EXTRAS);
  return <u32>(out + (extras - EXTRAS) - OUTPUT);
}

/** Codes the letters of one kind and notes in the head how many they are and how many bytes they take. */
function put(kind: usize, from: usize, count: u32, to: usize): usize {
  const coded = encode(from, count, to);
  store<u32>(OUTPUT + (kind << 3), count);
  store<u32>(OUTPUT + (kind << 3) + 4, coded);
  if (coded != 0) return to + coded;
  memory.copy(to, from, count);
  return to + count;
}

/** Code lengths of the letters counted, none above MAX_BITS; false where there are fewer than two letters. */
function measure(): bool {
  let n: u32 = 0;
  for (let letter: u32 = 0; letter < 256; letter++) {
    store<u8>(LENGTHS + letter, 0);
    const count = load<u32>(COUNTS + (letter << 2));
    if (count == 0) continue;
    let place = n++;
    while (place > 0) {
      const before = load<u32>(ORDER + ((place - 1) << 3));
      if (before <= count) break;
      store<u64>(ORDER + (place << 3), load<u64>(ORDER + ((place - 1) << 3)));
      place--;
    }
    store<u32>(ORDER + (place << 3), count);
    store<u32>(ORDER + (place << 3) + 4, letter);
  }
  if (n < 2) return false;
  // Moffat and Katajainen: lengths of an optimal code in place, over counts in ascending order
  // @ts-ignore
  const A = ORDER + 2048;
  for (let i: u32 = 0; i < n; i++) store<u32>(A + (i << 2), load<u32>(ORDER + (i << 3)));
  store<u32>(A, load<u32>(A) + load<u32>(A + 4));
  let root: u32 = 0;
  let leaf: u32 = 2;
  for (let next: u32 = 1; next < n - 1; next++) {
    let sum: u32;
    if (leaf >= n || load<u32>(A + (root << 2)) < load<u32>(A + (leaf << 2))) {
      sum = load<u32>(A + (root << 2));
      store<u32>(A + (root++ << 2), next);
    } else sum = load<u32>(A + (leaf++ << 2));
    if (leaf >= n || (root < next && load<u32>(A + (root << 2)) < load<u32>(A + (leaf << 2)))) {
      sum += load<u32>(A + (root << 2));
      store<u32>(A + (root++ << 2), next);
    } else sum += load<u32>(A + (leaf++ << 2));
    store<u32>(A + (next << 2), sum);
  }
  store<u32>(A + ((n - 2) << 2), 0);
  for (let next: i32 = <i32>n - 3; next >= 0; next--) {
    store<u32>(A + (next << 2), load<u32>(A + (load<u32>(A + (next << 2)) << 2)) + 1);
  }
  let free: i32 = 1;
  let used: i32 = 0;
  let depth: u32 = 0;
  let inner: i32 = <i32>n - 2;
  let place: i32 = <i32>n - 1;
  while (free > 0) {
    while (inner >= 0 && load<u32>(A + (inner << 2)) == depth) {
      used++;
      inner--;
    }
    while (free > used) {
      store<u32>(A + (place-- << 2), depth);
      free--;
    }
    free = 2 * used;
    depth++;
    used = 0;
  }
  // longer ones are cut; what that overdraws is paid by letters that are shorter, the rarest of them first
  let overdrawn: i32 = -(1 << MAX_BITS);
  for (let i: u32 = 0; i < n; i++) {
    let length = load<u32>(A + (i << 2));
    if (length > MAX_BITS) length = MAX_BITS;
    store<u32>(A + (i << 2), length);
    overdrawn += 1 << (MAX_BITS - length);
  }
  for (let i: u32 = 0; overdrawn > 0; i = i + 1 < n ? i + 1 : 0) {
    const length = load<u32>(A + (i << 2));
    if (length == MAX_BITS) continue;
    store<u32>(A + (i << 2), length + 1);
    overdrawn -= 1 << (MAX_BITS - length - 1);
  }
  for (let i: u32 = 0; i < n; i++) {
    store<u8>(LENGTHS + load<u32>(ORDER + (i << 3) + 4), load<u32>(A + (i << 2)));
  }
  return true;
}

/** Codes in canonical order, their bits turned round: u16 a letter. */
function assign(): void {
  let next: u32 = 0;
  for (let length: u32 = 1; length <= MAX_BITS; length++) {
    for (let letter: u32 = 0; letter < 256; letter++) {
      if (load<u8>(LENGTHS + letter) != length) continue;
      let turned: u32 = 0;
      for (let bit: u32 = 0; bit < length; bit++) turned |= ((next >> bit) & 1) << (length - 1 - bit);
      store<u16>(CODES + (letter << 1), <u16>turned);
      next++;
    }
    next <<= 1;
  }
}

/** Codes letters; 0 where that is no gain. */
function encode(from: usize, count: u32, to: usize): u32 {
  if (count < 256) return 0;
  memory.fill(COUNTS, 0, 1024);
  for (let at = from; at < from + count; at++) {
    const counter = COUNTS + (<usize>load<u8>(at) << 2);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  if (!measure()) return 0;
  let bits: u32 = 0;
  for (let letter: u32 = 0; letter < 256; letter++) bits += load<u32>(COUNTS + (letter << 2)) * <u32>load<u8>(LENGTHS + letter);
  const size: u32 = 128 + ((bits + 7) >> 3);
  if (size + (count >> 6) >= count) return 0;
  assign();
  for (let letter: u32 = 0; letter < 256; letter += 2) {
    store<u8>(to + (letter >> 1), load<u8>(LENGTHS + letter) | (load<u8>(LENGTHS + letter + 1) << 4));
  }
  let out = to + 128;
  let held: u64 = 0;
  let filled: u64 = 0;
  for (let at = from; at < from + count; at++) {
    const letter = <usize>load<u8>(at);
    held |= <u64>load<u16>(CODES + (letter << 1)) << filled;
    filled += <u64>load<u8>(LENGTHS + letter);
    if (filled >= 32) {
      store<u32>(out, <u32>held);
      out += 4;
      held >>= 32;
      filled -= 32;
    }
  }
  store<u64>(out, held);
  return size;
}

function decode(count: u32, from: usize, to: usize): void {
  for (let letter: u32 = 0; letter < 256; letter += 2) {
    const two = load<u8>(from + (letter >> 1));
    store<u8>(LENGTHS + letter, two & 15);
    store<u8>(LENGTHS + letter + 1, two >> 4);
  }
  assign();
  for (let letter: u32 = 0; letter < 256; letter++) {
    const length = <u32>load<u8>(LENGTHS + letter);
    if (length == 0) continue;
    const entry = <u16>((length << 8) | letter);
    for (let code = <u32>load<u16>(CODES + (letter << 1)); code < 1 << MAX_BITS; code += 1 << length) {
      store<u16>(DECODE + (code << 1), entry);
    }
  }
  let at = from + 128;
  const end = to + count;
  let held: u64 = 0;
  let filled: u64 = 0;
  const mask: u64 = (1 << MAX_BITS) - 1;
  while (to < end) {
    held |= load<u64>(at) << filled;
    at += <usize>((63 - filled) >> 3);
    filled |= 56;
    // five letters take at most 55 bits
    for (let n = 0; n < 5; n++) {
      const entry = <u64>load<u16>(DECODE + <usize>((held & mask) << 1));
      store<u8>(to++, <u8>entry);
      held >>= entry >> 8;
      filled -= entry >> 8;
    }
  }
}

/** Where the letters of one kind stand as they are; \`behind\` is then where the next kind begins. */
let behind: usize = 0;
function letters(kind: usize, from: usize, room: usize): usize {
  const count = load<u32>(INPUT + (kind << 3));
  const coded = load<u32>(INPUT + (kind << 3) + 4);
  behind = from + (coded == 0 ? count : coded);
  if (coded == 0) return from;
  decode(count, from, room);
  return room;
}

/** Unpacks what stands in the input to where \`size\` bytes must come out; up to seven bytes behind them are lost. */
export function unpack(size: u32, to: usize): void {
  let literals = letters(0, INPUT + 24, LITERALS);
  let tokens = letters(1, behind, TOKENS);
  let highs = letters(2, behind, HIGHS);
  let lows = behind;
  let extras = lows + load<u32>(INPUT + 16);
  const end = to + size;
  for (;;) {
    const token = <u32>load<u8>(tokens++);
    let run = token >> 4;
    if (run == 15) {
      let byte: u32;
      do {
        byte = load<u8>(extras++);
        run += byte;
      } while (byte == 255);
    }
    if (run > 0) wild(to, literals, to + run);
    to += run;
    literals += run;
    if (to >= end) break;
    const distance = (<usize>load<u8>(highs++) << 8) | <usize>load<u8>(lows++);
    let length = token & 15;
    if (length == 15) {
      let byte: u32;
      do {
        byte = load<u8>(extras++);
        length += byte;
      } while (byte == 255);
    }
    length += 4;
    const stop = to + length;
    if (distance >= 8) wild(to, to - distance, stop);
    else for (let next = to; next < stop; next++) store<u8>(next, load<u8>(next - distance));
    to = stop;
  }
}
${seekSource(layout.needle, layout.folds)}
`;

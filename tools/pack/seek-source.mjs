/**
 * Finds a text in bytes, letters of ASCII being alike in either case: eight places at a time are asked whether two bytes
 * of the needle that stand side by side stand there; only where they do, all of it is compared.
 */
export const seekSource = (needle, folds) => `
const NEEDLE: usize = ${needle};
const FOLDS: usize = ${folds};
const ONES: u64 = 0x0101010101010101;
const HIGH: u64 = 0x8080808080808080;

// @ts-ignore
@inline function zeros(bytes: u64): u64 {
  return (bytes - ONES) & ~bytes & HIGH;
}

/**
 * The first place from \`at\` on where the needle of \`size\` bytes stands as a whole before \`end\`, else \`end\`. The bytes
 * \`pair\` and \`pair\` + 1 of it are looked for first; behind a needle of one byte stands one that any byte is like.
 */
export function seek(at: usize, end: usize, size: usize, pair: usize): usize {
  if (at + size > end) return end;
  const last = end - size;
  const fold = <u64>load<u8>(FOLDS + pair) * ONES;
  const foldNext = <u64>load<u8>(FOLDS + pair + 1) * ONES;
  const byte = <u64>load<u8>(NEEDLE + pair) * ONES;
  const byteNext = <u64>load<u8>(NEEDLE + pair + 1) * ONES;
  for (; at <= last; at += 8) {
    let found = zeros(((load<u64>(at + pair) | fold) ^ byte) | ((load<u64>(at + pair + 1) | foldNext) ^ byteNext));
    while (found != 0) {
      const start = at + <usize>(ctz(found) >> 3);
      if (start > last) return end;
      let same: usize = 0;
      while (same < size && (load<u8>(start + same) | load<u8>(FOLDS + same)) == load<u8>(NEEDLE + same)) same++;
      if (same == size) return start;
      found &= found - 1;
    }
  }
  return end;
}

/** How many lines from \`at\` on hold the needle. */
export function count(at: usize, end: usize, size: usize, pair: usize): u32 {
  let lines: u32 = 0;
  for (at = seek(at, end, size, pair); at < end; at = seek(at, end, size, pair)) {
    lines++;
    at += size;
    while (at < end && load<u8>(at) != 10) at++;
    at = min(at + 1, end);
  }
  return lines;
}
`;

/**
 * SHA-256 (FIPS 180-4) over whole blocks of 64 bytes, as AssemblyScript: all rounds written out, so state and schedule stay
 * in locals and trade places by their names.
 */

/** The first 32 bits of the fractional part of a root of each of the first primes. */
function fractions(count, root) {
  const found = [];
  for (let candidate = 2; found.length < count; candidate++) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) prime = false;
    if (!prime) continue;
    // exact: the integer root of candidate × 2^(32 × root)
    const target = BigInt(candidate) << BigInt(32 * root);
    let low = 0n;
    let high = 1n << 48n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** BigInt(root) <= target) low = middle;
      else high = middle;
    }
    found.push(Number(low & 0xffffffffn));
  }
  return found;
}

export function sha256Source(state) {
  const constants = fractions(64, 3);
  const start = fractions(8, 2);
  const names = [...'abcdefgh'];
  const rounds = constants.map((constant, round) => {
    const [a, b, c, d, e, f, g, h] = names.map((_, n) => names[(n + 64 - round) % 8]);
    const w = (back) => `w${(round + back) % 16}`;
    const next = `${w(0)} += (rotr(${w(1)}, 7) ^ rotr(${w(1)}, 18) ^ (${w(1)} >> 3)) + ${w(9)} +
      (rotr(${w(14)}, 17) ^ rotr(${w(14)}, 19) ^ (${w(14)} >> 10));`;
    return `${round < 16 ? '' : next}
    ${h} += (rotr(${e}, 6) ^ rotr(${e}, 11) ^ rotr(${e}, 25)) + (${g} ^ (${e} & (${f} ^ ${g}))) + ${constant} + ${w(0)};
    ${d} += ${h};
    ${h} += (rotr(${a}, 2) ^ rotr(${a}, 13) ^ rotr(${a}, 22)) + ((${a} & ${b}) | (${c} & (${a} | ${b})));`;
  });
  const words = [...Array(16).keys()];
  return `
export function hashStart(): void {
  ${start.map((word, n) => `store<u32>(${state + 4 * n}, ${word});`).join('\n  ')}
}

export function hash256(from: usize, to: usize): void {
  ${names.map((name, n) => `let ${name}0 = load<u32>(${state + 4 * n});`).join('\n  ')}
  for (; from < to; from += 64) {
    ${words.map((n) => `let w${n} = bswap(load<u32>(from, ${4 * n}));`).join('\n    ')}
    ${names.map((name) => `let ${name} = ${name}0;`).join('\n    ')}
    ${rounds.join('\n')}
    ${names.map((name) => `${name}0 += ${name};`).join('\n    ')}
  }
  ${names.map((name, n) => `store<u32>(${state + 4 * n}, ${name}0);`).join('\n  ')}
}
`;
}

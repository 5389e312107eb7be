/**
 * Writes the AssemblyScript of the xz engine: the LZMA decoder for one LZMA2 chunk as one function whose every variable
 * is a local (the language has no macros, and calls or memory would cost a third of the speed), and the two CRCs.
 *
 * LZMA after its public specification: a range coder of 32 bits, probabilities of 11 bits that move by 1/32, 12 states,
 * four last distances. Two forms of a binary tree: branchless with both children's probabilities loaded before the bit
 * is known (what random bits want), or with branches (what JavaScript made from WebAssembly wants).
 *
 * The shape follows what V8 makes of it. A comparison that two `select`s share becomes a flag in a register, tested
 * twice; written in three ways it is three times a comparison with a conditional move, one step after `bound`. What is
 * only used behind a branch is computed behind it, so its operands lie on the stack meanwhile: a store before the
 * branch brings it forward.
 */
import { layout, lengthCoder, probabilities as offset } from './layout.mjs';

const at = layout.probabilities;
const literalCount = 0x300 << 4;

const normalise = `if (range < 0x1000000) { range <<= 8; code = (code << 8) | WORD_load8(src); src++; }`;

/** One bit that decides where to go on. `place` is relative to the probabilities, in bytes. */
const branch = (place, whenZero, whenOne) => `
  address = ${place};
  p = WORD_load16(address, ${at});
  ${normalise}
  bound = (range >>> 11) * p;
  if (code < bound) {
    range = bound;
    WORD_store16(address, p + ((2048 - p) >>> 5), ${at});
    ${whenZero}
  } else {
    range -= bound;
    code -= bound;
    WORD_store16(address, p - (p >>> 5), ${at});
    ${whenOne}
  }`;

/**
 * Decodes a bit with probability `p`; `mask` is all ones for 0 and nothing for 1. `store` gets the new probability;
 * `choose`: the next `p` is the one of `pZero` and `pOne` that the bit says.
 */
const masked = (store, choose = false) => `
  ${normalise}
  bound = (range >>> 11) * p;
  under = code - bound;
  rest = range - bound;
  range = select<i64>(bound, rest, <u32>code < <u32>bound);
  mask = under >> 63;
  ${store('p - ((p + (mask & -2017)) >> 5)')}
  ${choose ? `p = select<i64>(pZero, pOne, code < bound); i64.store16(${layout.scratch}, p);` : ''}
  code = select<i64>(code, under, <u64>code < <u64>bound);`;

const words = (count) =>
  Array.from({ length: count }, (_, n) => `store<u64>(dst, load<u64>(from, ${8 * n}, 1), ${8 * n}, 1);`).join(' ') +
  `dst += ${8 * count}; from += ${8 * count};`;

/** From `from` to `dst` up to `end`, both in this lap; may write up to 16 bytes behind. */
const copyWords = `
      if (rep0 >= 15) {
        ${words(2)}
        while (dst < end) { ${words(2)} }
      } else if (rep0 >= 7) {
        do { ${words(1)} } while (dst < end);
      } else {
        // nearer than a word: eight bytes one by one, then words from as many whole distances behind
        ${Array.from({ length: 8 }, (_, n) => `store<u8>(dst, load<u8>(from, ${n}), ${n});`).join(' ')}
        from = dst + 8 - (rep0 + 1) * (8 / (rep0 + 1) + u32(8 % (rep0 + 1) != 0));
        dst += 8;
        while (dst < end) { ${words(1)} }
      }
      dst = end;`;
/** The same where all of it lies in the lap before, which is far enough behind. */
const copyWordsFar = `if (rep0 + 1 - (dst - start) >= length) {
        from += lap;
        do { ${words(2)} } while (dst < end);
        dst = end;
      } else`;
/** JavaScript has no words at any address. */
const copyBytes = `
      do { store<u8>(dst, load<u8>(from)); dst++; from++; } while (dst < end);`;

const children = `pZero = i64.load16_u(address, ${at}); pOne = i64.load16_u(address, ${at} + 2);`;

const reverseBit = (base, bit) => `
      p = i64.load16_u(${base} + node, ${at});
      ${masked((value) => `i64.store16(${base} + node, ${value}, ${at});`)}
      node = 2 * node + 2 + 2 * <u32>mask;
      rep0 += (1 + <u32>mask) << ${bit};`;

const branchless = {
  copy: copyWords,
  copyFar: copyWordsFar,
  /** A tree of `bits` levels from the highest bit; `node` ends as twice (1 << bits | value). */
  tree: (base, bits) => `
    tree = ${base};
    own = tree + 2;
    p = i64.load16_u(own, ${at});
    ${Array.from({ length: bits }, (_, level) => {
      const last = level === bits - 1;
      return `
      address = (own << 1) - tree;
      ${last ? '' : children}
      ${masked((value) => `i64.store16(own, ${value}, ${at});`, !last)}
      own = address + ((<u32>mask) << 1) + 2;`;
    }).join('')}
    node = own - tree;`,

  /**
   * The same with a guess, the byte at the last distance: as long as it holds, other trees are used, and all their
   * probabilities are known before. Where it ceases to hold cannot be known: that is a branch.
   */
  guided: (base) => `
    tree = ${base};
    node = 2;
    guess |= 0x100;
    do {${Array.from(
      { length: 8 },
      (_, level) => `
      turn = guess >>> ${7 - level} << 1;
      own = tree + 0x200 + ((turn & 2) << 8) + node;
      p = i64.load16_u(own, ${at});
      ${masked((value) => `i64.store16(own, ${value}, ${at});`)}
      node = 2 * node + 2 + 2 * <u32>mask;
      ${level === 7 ? 'break;' : 'if (node != turn) break; node = turn;'}`,
    ).join('')}
    } while (true);
    if (node < 0x200) {
      own = tree + node;
      p = i64.load16_u(own, ${at});
      do {
        address = (own << 1) - tree;
        ${children}
        ${masked((value) => `i64.store16(own, ${value}, ${at});`, true)}
        own = address + ((<u32>mask) << 1) + 2;
        node = own - tree;
      } while (node < 0x200);
    }`,

  /** From the lowest bit, `count` levels; adds to `rep0`. */
  reverse: (base, count) => `
    tree = ${base};
    node = 2;
    for (let bit: u32 = 0; bit < ${count}; bit++) {
      ${reverseBit('tree', 'bit')}
    }`,
  align: (base) => `
    node = 2;
    ${[0, 1, 2, 3].map((bit) => reverseBit(base, bit)).join('')}`,

  direct: (count) => `
    for (let bit: u32 = ${count}; bit != 0; bit--) {
      ${normalise}
      range >>>= 1;
      under = code - range;
      code = select<i64>(code, under, <u32>code < <u32>range);
      rep0 = (rep0 << 1) + 1 + <u32>(under >> 63);
    }`,

  /** All but the last four bits of a distance are known: what will be copied may be far from the processor. */
  touch: `
    address = dst - rep0 - 8;
    address = select<u32>(address, address + lap, dst - start > rep0);
    touched += load<u8>(select<u32>(address, dst, address < dst + lap));`,
};

const branchy = {
  copy: copyBytes,
  copyFar: '',
  tree: (base, bits) => `
    tree = ${base};
    node = 1;
    ${Array.from({ length: bits }, () => branch('tree + 2 * node', 'node = 2 * node;', 'node = 2 * node + 1;')).join('')}
    node <<= 1;`,
  guided: (base) => `
    tree = ${base};
    node = 1;
    side = 0x100;
    do {
      guess <<= 1;
      turn = guess & side;
      ${branch('tree + 2 * (side + turn + node)', 'node = 2 * node; side ^= turn;', 'node = 2 * node + 1; side = turn;')}
    } while (node < 0x100);
    node <<= 1;`,
  reverse: (base, count) => `
    tree = ${base};
    node = 1;
    for (let bit: u32 = 0; bit < ${count}; bit++) {
      ${branch('tree + 2 * node', 'node = 2 * node;', 'node = 2 * node + 1; rep0 += 1 << bit;')}
    }`,
  align: (base) => branchy.reverse(base, 4),
  direct: (count) => `
    for (let bit: u32 = ${count}; bit != 0; bit--) {
      ${normalise}
      range >>>= 1;
      if (code < range) rep0 = rep0 << 1;
      else { code -= range; rep0 = (rep0 << 1) + 1; }
    }`,
  touch: '',
};

/** Lengths repeat so much that branches guess them better. */
const length = (coder) => {
  const place = offset[coder];
  return branch(
    place + lengthCoder.choice,
    `${branchy.tree(`${place + lengthCoder.low} + (position << 3)`, 3)} length = (node >>> 1) - 8 + 2;`,
    branch(
      place + lengthCoder.choice2,
      `${branchy.tree(`${place + lengthCoder.middle} + (position << 3)`, 3)} length = (node >>> 1) - 8 + 10;`,
      `${branchy.tree(place + lengthCoder.high, 8)} length = (node >>> 1) - 256 + 18;`,
    ),
  );
};

/** The byte at the last distance, from the end of the lap before where it lies behind the start of this one. */
const guessByte = `
  from = dst - rep0 - 1;
  if (dst - start <= rep0) from += lap;
  guess = load<u8>(from);`;

/** The coder's first five bytes. */
const firstBytes = `
  if (src + 5 > srcEnd) result = 1;
  else if (load<u8>(src) != 0) result = 2;
  else {
    code = <WORD>bswap(load<u32>(src, 1, 1));
    src += 5;
    if (code >= range) result = 2;
  }`;

/** At the end of a chunk nothing of the coder's number is left. */
const lastBytes = `
  if (result == 0) {
    ${normalise}
    if (src != srcEnd || code != 0) result = src > srcEnd ? 1 : 2;
  }`;

const entryOfChunks = `
/**
 * One LZMA chunk: input from src to srcEnd, output from dst to dstEnd, which must be free up to 16 bytes behind.
 * start = where this lap of the window begins; lap = what to add to an address before it, 0 where nothing lies before;
 * dictionary in bytes; lc, lp, pb. Returns 0 = whole, 1 = input too short, 2 = fault. Output up to there is good.
 */
export function decode(
  src: u32, srcEnd: u32, dst: u32, dstEnd: u32, start: u32, lap: u32, dictionary: u32, lc: u32, lp: u32, pb: u32,
): i32 {
  const highMask = ((1 << lc) - 1) << (8 - lc);
  return run(src, srcEnd, dst, dstEnd, start, lap, dictionary, highMask, 6 << lc, (1 << lp) - 1, 0x600 << lc, (1 << pb) - 1);
}`;

const entryOfParts = `
/** The same for a part of LZMA alone; 3 = its end marker. The range coder lies in memory from call to call. */
export function decodePart(
  src: u32, srcEnd: u32, srcStop: u32, dst: u32, dstEnd: u32, dstStop: u32,
  start: u32, lap: u32, dictionary: u32, lc: u32, lp: u32, pb: u32,
): i32 {
  const highMask = ((1 << lc) - 1) << (8 - lc);
  return runPart(src, srcEnd, dst, dstEnd, start, lap, dictionary, highMask, 6 << lc, (1 << lp) - 1, 0x600 << lc, (1 << pb) - 1, srcStop, dstStop);
}`;

/**
 * `chunk`: a whole LZMA2 chunk at a call. Else a part of LZMA alone: input and output have stops besides their ends, behind
 * which a symbol may reach; the range coder goes on with the next call, and a marker may end it.
 */
const decoder = (form, chunk) => `
${chunk ? entryOfChunks : entryOfParts}

/** Masks come as parameters: computed in here, they would be computed again at every symbol. */
function ${chunk ? 'run' : 'runPart'}(
  src: u32, srcEnd: u32, dst: u32, dstEnd: u32, start: u32, lap: u32, dictionary: u32,
  highMask: u32, highStep: u32, lowMask: u32, lowStep: u32, positionMask: u32,${chunk ? '' : ' srcStop: u32, dstStop: u32,'}
): i32 {
  let state: u32 = load<u32>(${layout.state});
  let rep0: u32 = load<u32>(${layout.state + 4});
  let rep1: u32 = load<u32>(${layout.state + 8});
  let rep2: u32 = load<u32>(${layout.state + 12});
  let rep3: u32 = load<u32>(${layout.state + 16});
  let p: WORD = 0, bound: WORD = 0, rest: WORD = 0, under: WORD = 0, mask: WORD = 0, pZero: WORD = 0, pOne: WORD = 0;
  let range: WORD = ${chunk ? '0xffffffff' : `<WORD>load<u32>(${layout.range})`};
  let code: WORD = ${chunk ? '0' : `<WORD>load<u32>(${layout.code})`};
  let address: u32 = 0, own: u32 = 0, touched: u32 = 0;
  let position: u32 = 0, tree: u32 = 0, node: u32 = 0, guess: u32 = 0, side: u32 = 0, turn: u32 = 0;
  let length: u32 = 0, slot: u32 = 0, from: u32 = 0, end: u32 = 0;
  let previous: u32 = load<u8>(dst - 1);
  let result: i32 = 0;

  ${chunk ? firstBytes : ''}
  if (result == 0) while (${chunk ? 'dst < dstEnd' : 'dst < dstStop && src < srcStop'}) {
    position = (dst & positionMask) << 1;
    ${branch(
      `${offset.isMatch} + (state << 5) + position`,
      `
      tree = ${layout.literals - at} + lowStep * (dst & lowMask) + highStep * (previous & highMask);
      if (state < 7) {
        ${form.tree('tree', 8)}
        state = <u32>max<i32>(<i32>state - 3, 0);
      } else {
        ${guessByte}
        ${form.guided('tree')}
        state -= 3 + 3 * u32(state > 9);
      }
      if (src > srcEnd) { result = 1; break; }
      previous = node >>> 1;
      store<u8>(dst, previous);
      dst++;
      continue;`,
      '',
    )}
    ${branch(
      `${offset.isRep} + (state << 1)`,
      `
      rep3 = rep2; rep2 = rep1; rep1 = rep0;
      state = 7 + 3 * u32(state > 6);
      ${length('matchLength')}
      slot = length < 5 ? length - 2 : 3;
      ${form.tree(`${offset.slots} + (slot << 7)`, 6)}
      slot = (node >>> 1) - 64;
      if (slot < 4) rep0 = slot;
      else {
        rep0 = 2 + (slot & 1);
        if (slot < 14) {
          rep0 <<= (slot >>> 1) - 1;
          ${form.reverse(`${offset.special} - 2 + 2 * (rep0 - slot)`, '(slot >>> 1) - 1')}
        } else {
          ${form.direct('(slot >>> 1) - 5')}
          rep0 <<= 4;
          ${form.touch}
          ${form.align(offset.align)}
        }
        if (rep0 >= dictionary) { result = src > srcEnd ? 1 : ${chunk ? '2' : 'rep0 == 0xffffffff ? 3 : 2'}; break; }
      }`,
      `
      ${branch(
        `${offset.isRep0} + (state << 1)`,
        branch(
          `${offset.isLongRep} + (state << 5) + position`,
          `
          if (src > srcEnd) { result = 1; break; }
          from = dst - rep0 - 1;
          if (dst - start <= rep0) {
            if (lap == 0) { result = 2; break; }
            from += lap;
          }
          state = 9 + 2 * u32(state > 6);
          previous = load<u8>(from);
          store<u8>(dst, previous);
          dst++;
          continue;`,
          '',
        ),
        branch(
          `${offset.isRep1} + (state << 1)`,
          `from = rep1;`,
          `${branch(`${offset.isRep2} + (state << 1)`, 'from = rep2;', 'from = rep3; rep3 = rep2;')} rep2 = rep1;`,
        ) + 'rep1 = rep0; rep0 = from;',
      )}
      state = 8 + 3 * u32(state > 6);
      ${length('repLength')}`,
    )}
    if (src > srcEnd) { result = 1; break; }
    end = dst + length;
    // dst reaches dstEnd then, which ends the loop
    if (end > dstEnd) { end = dstEnd; result = 2; }
    from = dst - rep0 - 1;
    if (dst - start <= rep0) {
      if (lap == 0) { result = 2; break; }
      ${form.copyFar}
      // the end of the lap before, then the start of this one; addresses below \`start\` may be below nought
      for (let left = rep0 + 1 - (dst - start); left != 0 && dst < end; left--) {
        store<u8>(dst, load<u8>(from + lap));
        dst++; from++;
      }
      while (dst < end) { store<u8>(dst, load<u8>(from)); dst++; from++; }
    } else {
      ${form.copy}
    }
    previous = load<u8>(dst - 1);
  }
  ${chunk ? lastBytes : `store<u32>(${layout.range}, <u32>range); store<u32>(${layout.code}, <u32>code);`}
  store<u32>(${layout.state}, state);
  store<u32>(${layout.state + 4}, rep0);
  store<u32>(${layout.state + 8}, rep1);
  store<u32>(${layout.state + 12}, rep2);
  store<u32>(${layout.state + 16}, rep3);
  store<u32>(${layout.endInput}, src < srcEnd ? src : srcEnd);
  store<u32>(${layout.endOutput}, dst);
  store<u32>(${layout.scratch}, touched);
  return result;
}
`;

const resetting = `
/** State and probabilities as at the start. */
export function reset(): void {
  for (let n: u32 = 0; n < 20; n += 4) store<u32>(n, 0, ${layout.state});
  for (let n: u32 = 0; n < ${literalCount} + ${(layout.literals - at) / 2}; n++) store<u16>(2 * n, 1024, ${at});
}`;

/** Bytes of a lane. Three lanes are summed side by side, since one waits for its own table look-ups. */
const lane = 4096;

/** `type` u32 or u64: the reflected CRC with its polynomial, eight bytes a step. */
function crc(name, type, polynomial, table, laneTable) {
  const size = type === 'u64' ? 8 : 4;
  const step = (sum, place, index) =>
    type === 'u64'
      ? `
      a${index} = ${sum} ^ load<u64>(${place}, 0, 1);
      ${sum} = ${Array.from({ length: 8 }, (_, n) => `load<u64>(<u32>((a${index} >>> ${8 * n}) & 255) << 3, ${table + (7 - n) * 2048})`).join(' ^ ')};`
      : `
      a${index} = ${sum} ^ load<u32>(${place}, 0, 1);
      b${index} = load<u32>(${place}, 4, 1);
      ${sum} = ${Array.from({ length: 4 }, (_, n) => `load<u32>(((a${index} >>> ${8 * n}) & 255) << 2, ${table + (7 - n) * 1024}) ^ load<u32>(((b${index} >>> ${8 * n}) & 255) << 2, ${table + (3 - n) * 1024})`).join(' ^ ')};`;
  const shifted = (sum) =>
    Array.from(
      { length: size },
      (_, n) => `load<${type}>(<u32>((${sum} >>> ${8 * n}) & 255) * ${size}, ${laneTable + n * 256 * size})`,
    ).join(' ^ ');
  return `
export function ${name}(from: u32, end: u32): void {
  let s0: ${type} = ~load<${type}>(${layout.check}), s1: ${type} = 0, s2: ${type} = 0;
  let a0: ${type} = 0, a1: ${type} = 0, a2: ${type} = 0, b0: ${type} = 0, b1: ${type} = 0, b2: ${type} = 0;
  let stop: u32 = 0;
  while (end - from >= ${3 * lane}) {
    s1 = 0; s2 = 0;
    stop = from + ${lane};
    while (from < stop) {
      ${step('s0', 'from', 0)}
      ${step('s1', `from + ${lane}`, 1)}
      ${step('s2', `from + ${2 * lane}`, 2)}
      from += 8;
    }
    s0 = ${shifted('s0')} ^ s1;
    s0 = ${shifted('s0')} ^ s2;
    from += ${2 * lane};
  }
  while (end - from >= 8) {
    ${step('s0', 'from', 0)}
    from += 8;
  }
  while (from < end) {
    s0 = load<${type}>(((<u32>s0 ^ load<u8>(from)) & 255) * ${size}, ${table}) ^ (s0 >>> 8);
    from++;
  }
  store<${type}>(${layout.check}, ~s0);
}
function ${name}Tables(): void {
  for (let n: u32 = 0; n < 256; n++) {
    let value: ${type} = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ ${polynomial} : value >>> 1;
    store<${type}>(n * ${size}, value, ${table});
  }
  for (let n: u32 = 256; n < 2048; n++) {
    const value = load<${type}>((n - 256) * ${size}, ${table});
    store<${type}>(n * ${size}, load<${type}>((<u32>value & 255) * ${size}, ${table}) ^ (value >>> 8), ${table});
  }
  for (let bit: u32 = 0; bit < ${8 * size}; bit++) {
    let value: ${type} = (<${type}>1) << bit;
    for (let n = 0; n < ${lane}; n++) value = load<${type}>((<u32>value & 255) * ${size}, ${table}) ^ (value >>> 8);
    // of all numbers whose highest bit it is
    const place: u32 = ((bit >> 3) * 256) * ${size};
    const top: u32 = 1 << (bit & 7);
    store<${type}>(place, 0, ${laneTable});
    for (let n: u32 = 0; n < top; n++) {
      store<${type}>(place + (top + n) * ${size}, value ^ load<${type}>(place + n * ${size}, ${laneTable}), ${laneTable});
    }
  }
}`;
}

/**
 * The same for JavaScript: numbers of 32 bits, the low word first, four bytes a step. `polynomial` as low and high word; of
 * CRC32 the high word stays 0.
 */
function portableCrc(name, [low, high], table) {
  const look = (at, word) =>
    [0, 1, 2, 3]
      .map((n) => `load<u32>(((${at} >>> ${8 * n}) & 255) << 3, ${table + (3 - n) * 2048 + 4 * word})`)
      .join(' ^ ');
  const one = `
    index = ((low ^ load<u8>(from)) & 255) << 3;
    low = ((low >>> 8) | (high << 24)) ^ load<u32>(index, ${table});
    high = (high >>> 8) ^ load<u32>(index, ${table + 4});
    from++;`;
  const wide = high !== '0';
  return `
export function ${name}(from: u32, end: u32): void {
  let low: u32 = ~load<u32>(${layout.check}), high: u32 = ${wide ? `~load<u32>(${layout.check + 4})` : '0'}, index: u32 = 0;
  while (from < end && (from & 3) != 0) {${one}}
  while (end - from >= 4) {
    index = low ^ load<u32>(from);
    low = high ^ ${look('index', 0)};
    high = ${look('index', 1)};
    from += 4;
  }
  while (from < end) {${one}}
  store<u32>(${layout.check}, ~low);
  ${wide ? `store<u32>(${layout.check + 4}, ~high);` : ''}
}
function ${name}Tables(): void {
  for (let n: u32 = 0; n < 1024; n++) {
    let low: u32 = n, high: u32 = 0;
    if (n < 256) {
      for (let bit = 0; bit < 8; bit++) {
        const odd = low & 1;
        low = (low >>> 1) | (high << 31);
        high >>>= 1;
        if (odd) { low ^= ${low}; high ^= ${high}; }
      }
    } else {
      const lowBefore = load<u32>((n - 256) << 3, ${table}), highBefore = load<u32>((n - 256) << 3, ${table + 4});
      const index = (lowBefore & 255) << 3;
      low = ((lowBefore >>> 8) | (highBefore << 24)) ^ load<u32>(index, ${table});
      high = (highBefore >>> 8) ^ load<u32>(index, ${table + 4});
    }
    store<u32>(n << 3, low, ${table});
    store<u32>(n << 3, high, ${table + 4});
  }
}`;
}

/** `portable`: without 64-bit numbers in the decoder and without masks, for JavaScript made from it. */
export function engineSource({ portable = false } = {}) {
  const word = portable ? 'u32' : 'i64';
  const form = portable ? branchy : branchless;
  const loops = (decoder(form, true) + decoder(form, false))
    .replaceAll('WORD_load8', portable ? 'load<u8>' : 'i64.load8_u')
    .replaceAll('WORD_load16', portable ? 'load<u16>' : 'i64.load16_u')
    .replaceAll('WORD_store16', portable ? 'store<u16>' : 'i64.store16')
    .replaceAll('<WORD>bswap', portable ? 'bswap' : '<i64><u64>bswap')
    .replaceAll('WORD', word);
  const sums = portable
    ? [
        portableCrc('crc32', ['0xedb88320', '0'], layout.crc32),
        portableCrc('crc64', ['0xd7870f42', '0xc96c5795'], layout.crc64),
      ]
    : [
        crc('crc32', 'u32', '0xedb88320', layout.crc32, layout.crc32Lane),
        crc('crc64', 'u64', '0xc96c5795d7870f42', layout.crc64, layout.crc64Lane),
      ];
  return [loops, resetting, ...sums, `export function tables(): void { crc32Tables(); crc64Tables(); }`].join('\n');
}

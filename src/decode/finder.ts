/**
 * Looks for many regular expressions in one pass (Aho and Corasick, 1975): an automaton over the literals that the
 * expressions need says which of them are worth trying on a text. Cost does not grow with their number.
 */
import { requiredLiterals } from './literals';

export interface Finder {
  /**
   * Indexes of the expressions that may hit `text[from, to)`; the others surely do not. The list is used again by the
   * next call.
   */
  candidates(text: string, from: number, to: number): readonly number[];
  /** The same over bytes of a text in UTF-8 or a code page: literals are ASCII, so they stand there as they are. */
  candidatesIn(bytes: Uint8Array, from: number, to: number): readonly number[];
}

export function createFinder(expressions: readonly RegExp[]): Finder {
  const literals = new Map<string, number[]>();
  const always: number[] = [];
  expressions.forEach(({ source }, index) => {
    const needed = requiredLiterals(source);
    if (!needed) always.push(index);
    else for (const literal of needed) literals.set(literal, [...(literals.get(literal) ?? []), index]);
  });
  const { symbols, width, next, found } = automaton(literals);
  const seen = new Uint8Array(expressions.length);
  const list: number[] = [];
  const begin = (): void => {
    for (const index of list) seen[index] = 0;
    list.length = 0;
    for (const index of always) add(index);
  };
  const add = (index: number): void => {
    if (seen[index] === 1) return;
    seen[index] = 1;
    list.push(index);
  };
  // the last column of a state says what is found on entering it
  const outcome = width - 1;
  return {
    candidates(text, from, to) {
      begin();
      if (literals.size === 0) return list;
      let state = 0;
      for (let at = from; at < to; at++) {
        const code = text.charCodeAt(at);
        state = next[state + (code < 256 ? symbols[code]! : 0)]!;
        const hit = next[state + outcome]!;
        if (hit !== 0) found[hit]!.forEach(add);
      }
      return list;
    },
    candidatesIn(bytes, from, to) {
      begin();
      if (literals.size === 0) return list;
      let state = 0;
      for (let at = from; at < to; at++) {
        state = next[state + symbols[bytes[at]!]!]!;
        const hit = next[state + outcome]!;
        if (hit !== 0) found[hit]!.forEach(add);
      }
      return list;
    },
  };
}

interface Automaton {
  /** Column of each byte; letters of either case share one, 0 = in no literal. */
  readonly symbols: Uint8Array;
  readonly width: number;
  /** `next[state + symbol]`, states counted in steps of `width`; the last column is an index into `found`, 0 = nothing. */
  readonly next: Uint32Array;
  readonly found: readonly (readonly number[])[];
}

function automaton(literals: ReadonlyMap<string, readonly number[]>): Automaton {
  const symbols = new Uint8Array(256);
  let width = 1;
  for (const literal of literals.keys()) {
    for (let at = 0; at < literal.length; at++) {
      const code = literal.charCodeAt(at);
      if (symbols[code] !== 0) continue;
      symbols[code] = width;
      if (code >= 97 && code <= 122) symbols[code - 32] = width;
      width++;
    }
  }
  const steps: Map<number, number>[] = [new Map()];
  const own: Set<number>[] = [new Set()];
  for (const [literal, indexes] of literals) {
    let state = 0;
    for (let at = 0; at < literal.length; at++) {
      const symbol = symbols[literal.charCodeAt(at)]!;
      let to = steps[state]!.get(symbol);
      if (to === undefined) {
        to = steps.length;
        steps.push(new Map());
        own.push(new Set());
        steps[state]!.set(symbol, to);
      }
      state = to;
    }
    indexes.forEach((index) => own[state]!.add(index));
  }
  width++;
  const next = new Uint32Array(steps.length * width);
  const found: (readonly number[])[] = [[]];
  const fail = new Uint32Array(steps.length);
  const queue = [0];
  for (let n = 0; n < queue.length; n++) {
    const state = queue[n]!;
    for (let symbol = 0; symbol < width - 1; symbol++) {
      const to = steps[state]!.get(symbol);
      const otherwise = state === 0 ? 0 : next[fail[state]! * width + symbol]! / width;
      next[state * width + symbol] = (to ?? otherwise) * width;
      if (to === undefined) continue;
      fail[to] = otherwise;
      own[otherwise]!.forEach((index) => own[to]!.add(index));
      queue.push(to);
    }
    if (own[state]!.size > 0) next[state * width + width - 1] = found.push([...own[state]!]) - 1;
  }
  return { symbols, width, next, found };
}

/**
 * Looks for many regular expressions in one pass: each needs some literals, and of each literal the rarest three letters
 * are looked up at every place of the text. What comes out are the expressions that are worth trying. Cost hardly grows
 * with their number, and no step of the scan waits for the one before it.
 */
import { requiredSets } from './literals';

export interface Finder {
  /**
   * Indexes of the expressions that may hit `text[from, to)`; the others surely do not. The list is used again by the
   * next call.
   */
  candidates(text: string, from: number, to: number): readonly number[];
  /** The same over bytes of a text in UTF-8 or a code page: literals are ASCII, so they stand there as they are. */
  candidatesIn(bytes: Uint8Array, from: number, to: number): readonly number[];
}

/** A literal behind its place: `back` bytes of it stand before the last of the three letters. */
interface Entry {
  readonly literal: Uint8Array;
  readonly back: number;
  /** The sets that it belongs to: alternative × 32 + bit. */
  readonly sets: readonly number[];
}

/** What expressions come to; the same for every file that is looked through for them. */
interface Plan {
  /** Expressions that may hit anywhere. */
  readonly always: readonly number[];
  /** Of each alternative: its expression, and the sets that it needs, as bits. */
  readonly expressionOf: readonly number[];
  readonly needed: readonly number[];
  readonly empty: boolean;
  readonly table: Uint16Array;
  readonly buckets: readonly (readonly Entry[])[];
}

function planOf(sources: readonly string[]): Plan {
  const literals = new Map<string, number[]>();
  const always: number[] = [];
  const expressionOf: number[] = [];
  const needed: number[] = [];
  sources.forEach((source, index) => {
    const alternatives = requiredSets(source);
    if (!alternatives) return always.push(index);
    for (const sets of alternatives) {
      const alternative = expressionOf.push(index) - 1;
      needed.push(2 ** sets.length - 1);
      sets.forEach((set, bit) => {
        for (const literal of set) literals.set(literal, [...(literals.get(literal) ?? []), alternative * 32 + bit]);
      });
    }
    return undefined;
  });
  return { always, expressionOf, needed, empty: literals.size === 0, ...places(literals) };
}

/** A plan takes longer to make than a small file to read, and thousands of files follow one another. */
const plans = new Map<string, Plan>();
const maxPlans = 16;

function knownPlan(expressions: readonly RegExp[]): Plan {
  const sources = expressions.map(({ source }) => source);
  const key = sources.join('\n');
  const known = plans.get(key);
  if (known) return known;
  const plan = planOf(sources);
  if (plans.size >= maxPlans) plans.clear();
  plans.set(key, plan);
  return plan;
}

export function createFinder(expressions: readonly RegExp[]): Finder {
  const { always, expressionOf, needed, empty, table, buckets } = knownPlan(expressions);
  /** Of each alternative the sets found in the text at hand, as bits. */
  const met = new Int32Array(expressionOf.length);
  const touched = new Int32Array(expressionOf.length);
  let touches = 0;
  const seen = new Uint8Array(expressions.length);
  const list: number[] = [];
  const begin = (): void => {
    while (touches > 0) met[touched[--touches]!] = 0;
    while (list.length > 0) seen[list.pop()!] = 0;
    for (const index of always) add(index);
  };
  const add = (index: number): void => {
    if (seen[index] === 1) return;
    seen[index] = 1;
    list.push(index);
  };
  const meet = (set: number): void => {
    const alternative = set >> 5;
    const before = met[alternative]!;
    const now = before | (1 << (set & 31));
    if (now === before) return;
    if (before === 0) touched[touches++] = alternative;
    met[alternative] = now;
    if (now === needed[alternative]) add(expressionOf[alternative]!);
  };
  // apart from the scan: it is rare, and the scan stays a loop that compilers like
  const lookInText = (text: string, from: number, to: number, at: number, bucket: readonly Entry[]): void => {
    for (let n = 0; n < bucket.length; n++) {
      const { literal, back, sets } = bucket[n]!;
      const start = at - back;
      if (start < from || start + literal.length > to) continue;
      let same = 0;
      for (; same < literal.length; same++) {
        const unit = text.charCodeAt(start + same);
        if (unit >= 256 || folded[unit] !== literal[same]) break;
      }
      if (same === literal.length) for (let set = 0; set < sets.length; set++) meet(sets[set]!);
    }
  };
  const lookInBytes = (bytes: Uint8Array, from: number, to: number, at: number, bucket: readonly Entry[]): void => {
    for (let n = 0; n < bucket.length; n++) {
      const { literal, back, sets } = bucket[n]!;
      const start = at - back;
      if (start < from || start + literal.length > to) continue;
      let same = 0;
      while (same < literal.length && folded[bytes[start + same]!] === literal[same]) same++;
      if (same === literal.length) for (let set = 0; set < sets.length; set++) meet(sets[set]!);
    }
  };
  return {
    candidates(text, from, to) {
      begin();
      if (empty) return list;
      let code = 0;
      for (let at = from; at < to; at++) {
        const unit = text.charCodeAt(at);
        code = ((code << 5) | (unit < 256 ? classes[unit]! : other)) & mask;
        const bucket = table[code]!;
        if (bucket !== 0) lookInText(text, from, to, at, buckets[bucket]!);
      }
      return list;
    },
    candidatesIn(bytes, from, to) {
      begin();
      if (empty) return list;
      let code = 0;
      for (let at = from; at < to; at++) {
        code = ((code << 5) | classes[bytes[at]!]!) & mask;
        const bucket = table[code]!;
        if (bucket !== 0) lookInBytes(bytes, from, to, at, buckets[bucket]!);
      }
      return list;
    },
  };
}

/** Lower case. */
const folded = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const mask = 0x7fff;
const other = 31;
/** Five bits a byte: the letters without regard to case, and a few classes of everything else. Two bytes may share one. */
const classes = Uint8Array.from(folded, (code) => {
  if (code >= 97 && code <= 122) return code - 96;
  // beside the rare `q`: times and ids are digits, and 401, 403, 407 … are looked for in every line
  if (code === 52) return 17;
  if (code <= 32) return 0;
  if (code >= 48 && code <= 57) return 27;
  return code === 61 ? 28 : code === 45 || code === 95 ? 29 : code < 127 ? 30 : other;
});
/** How common the classes are in logs, roughly: blank, a … z, digits, `=`, `-` and `_`, other signs, other bytes. */
const commonness = [
  9, 7, 3, 5, 5, 9, 3, 3, 4, 7, 1, 1, 5, 4, 6, 6, 4, 3, 6, 7, 8, 4, 2, 2, 1, 2, 1, 9, 6, 7, 8, 1,
] as const;

function places(literals: ReadonlyMap<string, readonly number[]>): {
  /** By three classes: an index into `buckets`, 0 = no literal has them. */
  readonly table: Uint16Array;
  readonly buckets: readonly (readonly Entry[])[];
} {
  const table = new Uint16Array(mask + 1);
  const buckets: Entry[][] = [[]];
  const put = (code: number, entry: Entry): void => {
    if (table[code] === 0) table[code] = buckets.push([]) - 1;
    buckets[table[code]!]!.push(entry);
  };
  for (const [text, sets] of literals) {
    const literal = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const own = [...literal].map((code) => classes[code]!);
    if (own.length === 2) {
      // whatever stands before
      for (let first = 0; first < 32; first++) {
        put((first << 10) | (own[0]! << 5) | own[1]!, { literal, back: 1, sets });
      }
      continue;
    }
    let best = 0;
    let least = Infinity;
    for (let at = 0; at + 2 < own.length; at++) {
      const common = commonness[own[at]!]! * commonness[own[at + 1]!]! * commonness[own[at + 2]!]!;
      if (common < least) [best, least] = [at, common];
    }
    put((own[best]! << 10) | (own[best + 1]! << 5) | own[best + 2]!, { literal, back: best + 2, sets });
  }
  return { table, buckets };
}

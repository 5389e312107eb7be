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
  /**
   * The same over bytes of a text in UTF-8 or a code page: literals are ASCII, so they stand there as they are. All of
   * `bytes` is looked through at the first call with them, so parts of them are best asked for in order.
   */
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
  /** 1 where the table has a bucket: half as large, so it stays in the processor's nearest memory. */
  readonly filter: Uint8Array;
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
    for (const all of alternatives) {
      // two letters stand everywhere; without them more is tried, never less
      const rare = all.filter((set) => set.some(({ length }) => length > 2));
      const sets = rare.length > 0 ? rare : all;
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
  const { always, expressionOf, needed, empty, table, filter, buckets } = knownPlan(expressions);
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
      if (start < from || start + literal.length > to || folded[bytes[start]!] !== literal[0]) continue;
      let same = 1;
      while (same < literal.length && folded[bytes[start + same]!] === literal[same]) same++;
      if (same === literal.length) for (let set = 0; set < sets.length; set++) meet(sets[set]!);
    }
  };
  /** Of the bytes looked through last: where three letters end that may be those of a literal; behind them `none`. */
  let scanned: Uint8Array | undefined;
  let hits = new Int32Array(1024);
  let next = 0;
  const scan = (bytes: Uint8Array): void => {
    scanned = bytes;
    next = 0;
    let count = 0;
    const end = bytes.length;
    const whole = end - (end % 4);
    let code = 0;
    let at = 0;
    // six letters at once: four threes of them
    for (; at < whole; at += 4) {
      code =
        ((code & 0x3ff) << 20) |
        (classes[bytes[at]!]! << 15) |
        (classes[bytes[at + 1]!]! << 10) |
        (classes[bytes[at + 2]!]! << 5) |
        classes[bytes[at + 3]!]!;
      const first = filter[code >>> 15]!;
      const second = filter[(code >>> 10) & mask]!;
      const third = filter[(code >>> 5) & mask]!;
      const fourth = filter[code & mask]!;
      if ((first | second | third | fourth) === 0) continue;
      if (count + 8 > hits.length) {
        const more = new Int32Array(2 * hits.length);
        more.set(hits);
        hits = more;
      }
      // written in any case, kept where it is one
      hits[count] = at;
      count += first;
      hits[count] = at + 1;
      count += second;
      hits[count] = at + 2;
      count += third;
      hits[count] = at + 3;
      count += fourth;
    }
    for (; at < end; at++) {
      code = ((code << 5) | classes[bytes[at]!]!) & mask;
      hits[count] = at;
      count += filter[code]!;
    }
    hits[count] = none;
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
      if (bytes !== scanned) scan(bytes);
      else if (next > 0 && hits[next - 1]! >= from) next = 0;
      while (hits[next]! < from) next++;
      for (let at = hits[next]!; at < to; at = hits[++next]!) {
        if (at < from + 1) continue;
        const before = at < from + 2 ? 0 : classes[bytes[at - 2]!]!;
        const code = (before << 10) | (classes[bytes[at - 1]!]! << 5) | classes[bytes[at]!]!;
        lookInBytes(bytes, from, to, at, buckets[table[code]!]!);
      }
      return list;
    },
  };
}

/** Lower case. */
const folded = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const mask = 0x7fff;
const none = 0x7fffffff;
const other = 31;
/** Five bits a byte: the letters without regard to case, and a few classes of everything else. Two bytes may share one. */
const classes = Uint8Array.from(folded, (code) => {
  if (code >= 97 && code <= 122) return code - 96;
  // beside the rare `q` and `z`: times and ids are digits, and 401, 403, 407 … are looked for in every line
  if (code === 52) return 17;
  if (code === 48) return 26;
  if (code <= 32) return 0;
  if (code >= 48 && code <= 57) return 27;
  return code === 61 ? 28 : code === 45 || code === 95 ? 29 : code < 127 ? 30 : other;
});
/** How common the classes are in logs, roughly: blank, a … z, digits, `=`, `-` and `_`, other signs, other bytes. */
const commonness = [
  9, 7, 3, 5, 5, 9, 3, 3, 4, 7, 1, 1, 5, 4, 6, 6, 4, 3, 6, 7, 8, 4, 2, 2, 1, 2, 4, 9, 6, 7, 8, 1,
] as const;

function places(literals: ReadonlyMap<string, readonly number[]>): {
  /** By three classes: an index into `buckets`, 0 = no literal has them. */
  readonly table: Uint16Array;
  readonly filter: Uint8Array;
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
  return { table, filter: Uint8Array.from(table, (bucket) => (bucket === 0 ? 0 : 1)), buckets };
}

/**
 * Finds the patterns that rules asked for in log records. All patterns together make one expression that runs over a
 * whole part at once; only records where it hits are looked at one by one.
 */
import type { Wants } from '../../evidence/evidence';

export interface Patterns {
  /** Text of the following records. */
  part(text: string): void;
  /** Whether something may be found in `text[from, to)`; asked in rising order. */
  mayHold(text: string, from: number, to: number): boolean;
  hits(record: string, hit: (id: string, detail: string) => void): void;
}

export const longestDetail = 200;

/** `further` are sources of expressions that the caller looks for itself in the records that may hold something. */
export function createPatterns(wants: Wants['patterns'], further: readonly string[]): Patterns {
  // without `g` and `y` a pattern has no memory of the last record
  const each = wants.map(({ id, regex }) => ({
    id,
    regex: new RegExp(regex.source, regex.flags.replace(/[gy]/g, '')),
  }));
  const sources = [
    ...new Set([...each.map(({ regex }) => regex.source.replace(/\(\?<[A-Za-z]\w*>/g, '(?:')), ...further]),
  ];
  const all = combine(sources);
  let current = '';
  let next = -1;
  return {
    part(text) {
      current = text;
      next = -1;
    },
    mayHold(text, from, to) {
      if (!all || text !== current) return true;
      if (next < from) {
        all.lastIndex = from;
        const match = all.exec(text);
        next = match ? match.index : Infinity;
      }
      return next < to;
    },
    hits(record, hit) {
      for (const { id, regex } of each) {
        const match = regex.exec(record);
        if (match) hit(id, (match.groups?.['detail'] ?? match[0]).slice(0, longestDetail));
      }
    },
  };
}

/** One expression that hits wherever one of them does; undefined where they cannot be joined (then all records are tried). */
function combine(sources: readonly string[]): RegExp | undefined {
  // a back reference would count groups of its neighbours
  if (sources.some((source) => /\\(?:[1-9]|k<)/.test(source))) return undefined;
  try {
    return new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'gim');
  } catch {
    return undefined;
  }
}

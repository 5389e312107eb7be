/**
 * The filter language of every table: terms apart by blanks, all must hold.
 *
 *   from:4142 status>=400 outcome:rejected "busy here" -method:OPTIONS setup>3s
 *
 * `key:text` contains, `key=text` equals, `key>n` `>=` `<` `<=` compare numbers (units ms, s, min, h are durations), a
 * plain or quoted word is looked for everywhere, `a|b` behind `:` or `=` is one of them, a leading `-` negates. Nothing throws: what cannot be read is a word.
 */
export type Operator = ':' | '=' | '>' | '>=' | '<' | '<=';
export interface Term {
  /** Lower case; empty for a plain word. */
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
  readonly not: boolean;
}

const maxTerms = 32;
const token = /(-?)(?:([A-Za-z][\w-]*)(:|>=|<=|=|>|<))?(?:"([^"]*)"?|(\S+))/g;

export function parseFilter(filter: string): Term[] {
  const terms: Term[] = [];
  for (const [, minus, key = '', operator = ':', quoted, plain = ''] of filter.slice(0, 2000).matchAll(token)) {
    const value = quoted ?? plain;
    if (value === '' && key === '') continue;
    terms.push({ key: key.toLowerCase(), operator: operator as Operator, value, not: minus === '-' });
    if (terms.length === maxTerms) break;
  }
  return terms;
}

/** `3s`, `250ms`, `2min`, `1h` as µs; a bare number as it is; NaN where it is none. */
export function amount(value: string): number {
  const match = /^(\d+(?:[.,]\d+)?)(us|µs|ms|s|min|h)?$/.exec(value);
  if (!match) return NaN;
  const scale: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 };
  return Number(match[1]!.replace(',', '.')) * (match[2] ? scale[match[2]]! : 1);
}

export function compares(operator: Operator, left: number, right: number): boolean {
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  switch (operator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case ':':
    case '=':
      return left === right;
  }
}

/** Tests texts against a term: `=` whole, `:` part; case and accents do not count. */
export function textTest(operator: Operator, wanted: string): (text: string) => boolean {
  const sought = folded(wanted);
  return operator === '=' ? (text) => folded(text) === sought : (text) => folded(text).includes(sought);
}

export const folded = (text: string): string =>
  // most names are ASCII, which has no accents
  /^[\0-\x7f]*$/.test(text)
    ? text.toLowerCase()
    : text
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, '')
        .toLowerCase();

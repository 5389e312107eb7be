/** How lines of the timeline read on the screen. */
import type { Focus } from '../../analysis/desk';
import type { levelWords } from './text';

export type LevelFamily = keyof typeof levelWords;
export const families: readonly { readonly id: LevelFamily; readonly levels: readonly number[] }[] = [
  { id: 'error', levels: [6, 5] },
  { id: 'warning', levels: [4] },
  { id: 'info', levels: [3] },
  { id: 'debug', levels: [2, 1] },
  { id: 'none', levels: [0] },
];
export const familyOf = (level: number): LevelFamily =>
  families.find(({ levels }) => levels.includes(level))?.id ?? 'none';

/** Colour of a source's square; its name stands beside it. */
export function hueOf(kind: string): 'capture' | 'daemon' | 'events' | 'other' {
  if (kind === 'packet-capture') return 'capture';
  if (kind === 'cloudlink-daemon-log') return 'daemon';
  return kind === 'event-history' ? 'events' : 'other';
}

export interface Part {
  readonly text: string;
  /** An id that can be followed. */
  readonly id?: true;
  /** Belongs to what is followed. */
  readonly mark?: true;
}

/** Ids that name one thing across sources: UUIDs (correlation ids) and e-mails. */
const ids =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/gi;

/** The ids in a text, each once, at most ten. */
export function idsIn(text: string, own: string): string[] {
  const found = new Set<string>(own ? [own] : []);
  for (const [id] of text.slice(0, 8192).matchAll(ids)) if (found.size < 10) found.add(id);
  return [...found];
}

/** A text cut into plain parts, ids, and what is being followed. */
export function partsOf(text: string, focus: readonly Focus[]): Part[] {
  const lower = text.toLowerCase();
  const spans: { from: number; to: number; id: boolean; mark: boolean }[] = [];
  for (const match of text.matchAll(ids)) {
    spans.push({ from: match.index, to: match.index + match[0].length, id: true, mark: false });
  }
  for (const one of focus) {
    if (one.kind === 'time') continue;
    for (const value of one.values) {
      const needle = value.toLowerCase();
      if (needle.length < 3) continue;
      for (
        let at = lower.indexOf(needle);
        at >= 0 && spans.length < 200;
        at = lower.indexOf(needle, at + needle.length)
      ) {
        const inside = spans.find(({ from, to }) => at < to && at + needle.length > from);
        if (inside) inside.mark = true;
        else spans.push({ from: at, to: at + needle.length, id: false, mark: true });
      }
    }
  }
  spans.sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, id, mark } of spans) {
    if (from < at) continue;
    if (from > at) parts.push({ text: text.slice(at, from) });
    parts.push({ text: text.slice(from, to), ...(id ? { id } : {}), ...(mark ? { mark } : {}) });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

/** Rows that are no silence. A plain loop: of three million rows, `reduce` would be felt. */
export function countOf(rows: Uint32Array, silence: number): number {
  let count = 0;
  for (let at = 0; at < rows.length; at++) if (rows[at]! < silence) count++;
  return count;
}

/** Positions in `rows` of the rows that also stand in `some`; both in the same order. */
export function positionsOf(rows: Uint32Array, some: Uint32Array): Uint32Array {
  const result = new Uint32Array(some.length);
  let at = 0;
  for (let position = 0; position < rows.length && at < some.length; position++) {
    if (rows[position] === some[at]) result[at++] = position;
  }
  return result.subarray(0, at);
}

/** A stamp at the start of a record stands in the time column already: its row begins behind it. */
const stamp =
  /^(?:time=\S{1,40}\s|\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d)?\]?[\s:|]{1,3})/;
export const withoutStamp = (text: string): string => text.replace(stamp, '');

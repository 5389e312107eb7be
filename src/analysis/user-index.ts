/**
 * The roster: the rows of the newest comparison report, prepared once for searching and sorting. Everything is an array
 * over positions in the roster; nothing is an object per user, so 200 000 people filter and sort while one types.
 */
import type { Evidence } from '../evidence/evidence';
import { per } from './per';

export interface Roster {
  /** Rows of the users table, in report order. */
  readonly rows: Uint32Array;
  /** Position of a users row in `rows`, −1 where it is of an older report. */
  readonly place: Int32Array;
  /** Artifacts that hold a report, newest first; the first is the one shown. */
  readonly artifacts: readonly number[];
  /** `userIssues` rows of a users row: `issues[start[row]]` to `issues[start[row + 1]]`. */
  readonly start: Uint32Array;
  readonly issues: Uint32Array;
  /** Positions in `rows` whose text holds a word, whatever its case and accents. */
  withWord(word: string): Uint8Array;
}

/** The missing licence stops the other checks of that user (guide EN 6.4.5.2, FR 5.2.2). */
export const licenseIssue = 'NoClZoomPsiLicense';

export const roster = per((evidence: Evidence): Roster => {
  const { users, userIssues, strings } = evidence;
  const artifacts = reportsByAge(evidence);
  const shown = artifacts[0];
  const place = new Int32Array(users.length).fill(-1);
  const rows = new Uint32Array(users.length);
  let count = 0;
  for (let row = 0; row < users.length; row++) {
    if (users.artifact[row] !== shown) continue;
    place[row] = count;
    rows[count++] = row;
  }
  const start = new Uint32Array(users.length + 1);
  for (const user of userIssues.user) start[user + 1]!++;
  for (let row = 0; row < users.length; row++) start[row + 1]! += start[row]!;
  const next = start.slice();
  const issues = new Uint32Array(userIssues.length);
  for (let issue = 0; issue < userIssues.length; issue++) issues[next[userIssues.user[issue]!]!++] = issue;

  let text: { readonly all: string; readonly ends: Uint32Array } | undefined;
  const columns = [users.name, users.email, users.licenses, users.zmUserStatus, users.zmSipPhoneNumber] as const;
  const further = [users.zmSipPhoneMobileNumber, users.clUserId, users.zmUserId] as const;
  const write = (): { readonly all: string; readonly ends: Uint32Array } => {
    const parts: string[] = [];
    const ends = new Uint32Array(count);
    let end = 0;
    for (let at = 0; at < count; at++) {
      const row = rows[at]!;
      let part = '';
      for (const column of columns) part += `${strings.text(column[row]!)}\t`;
      for (const column of further) part += `${strings.text(column[row]!)}\t`;
      for (let n = start[row]!; n < start[row + 1]!; n++) part += `${strings.text(userIssues.code[issues[n]!]!)}\t`;
      part = `${fold(part)}\n`;
      parts.push(part);
      ends[at] = end += part.length;
    }
    return { all: parts.join(''), ends };
  };
  return {
    rows: rows.subarray(0, count),
    place,
    artifacts,
    start,
    issues,
    withWord(word) {
      const { all, ends } = (text ??= write());
      const found = new Uint8Array(count);
      const needle = fold(word);
      let at = 0;
      for (let hit = all.indexOf(needle); hit >= 0; hit = all.indexOf(needle, ends[at++])) {
        while (ends[at]! <= hit) at++;
        found[at] = 1;
      }
      return found;
    },
  };
});

/** Lower case without accents, for comparing what people type with what reports hold. */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
};

/**
 * Reports have no time of their own: a date in the file name decides, else the name, numbers in it by value. `(2)` and
 * `-2` of repeated downloads therefore come after the first.
 */
function reportsByAge({ artifacts, users }: Evidence): number[] {
  const seen = new Set(users.artifact);
  const natural = new Intl.Collator('en', { numeric: true });
  const key = (artifact: number): { time: number; date: string; path: string } => {
    const { path, last } = artifacts[artifact]!;
    const date = /(20\d\d)[-_.]?(0\d|1[0-2])[-_.]?([0-2]\d|3[01])(?:[-_.T ]?([01]\d|2[0-3])[-_.:h]?([0-5]\d))?/.exec(
      path,
    );
    return { time: last, date: date ? date.slice(1).join('') : '', path };
  };
  return [...seen].sort((a, b) => {
    const [one, two] = [key(a), key(b)];
    return (
      (two.time || 0) - (one.time || 0) ||
      (one.date < two.date ? 1 : one.date > two.date ? -1 : 0) ||
      natural.compare(two.path, one.path) ||
      b - a
    );
  });
}

export interface Order {
  /** Positions of the roster, those with a value first, ascending. */
  readonly places: Uint32Array;
  /** How many have a value. */
  readonly filled: number;
}

/** Order by text: what people read as equal stands together, numbers by value. */
export function textOrder(count: number, textAt: (place: number) => string): Order {
  const keys: string[] = new Array<string>(count);
  for (let place = 0; place < count; place++) keys[place] = naturalKey(textAt(place));
  return orderBy(
    count,
    (place) => keys[place] !== '',
    (a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b),
  );
}

/** Order by number; NaN = no value. */
export function numberOrder(count: number, numberAt: (place: number) => number): Order {
  const keys = new Float64Array(count);
  for (let place = 0; place < count; place++) keys[place] = numberAt(place);
  return orderBy(
    count,
    (place) => keys[place] === keys[place],
    (a, b) => keys[a]! - keys[b]! || a - b,
  );
}

function orderBy(count: number, filled: (place: number) => boolean, compare: (a: number, b: number) => number): Order {
  const places = new Uint32Array(count);
  let at = 0;
  for (let place = 0; place < count; place++) if (filled(place)) places[at++] = place;
  const withValue = at;
  for (let place = 0; place < count; place++) if (!filled(place)) places[at++] = place;
  places.subarray(0, withValue).sort(compare);
  return { places, filled: withValue };
}

/** A run of digits sorts by its length first, as numbers do: `4` + length + digits. */
function naturalKey(text: string): string {
  const folded = fold(text.trim());
  return /\d/.test(folded)
    ? folded.replace(/\d{1,40}/g, (digits) => {
        const value = digits.replace(/^0+(?=\d)/, '');
        return String.fromCharCode(48 + value.length) + value;
      })
    : folded;
}

/** The selected places in an order; empty ones last whichever way it runs. */
export function inOrder({ places, filled }: Order, selected: Uint8Array, descending: boolean): Uint32Array {
  const result = new Uint32Array(places.length);
  let at = 0;
  for (let n = 0; n < filled; n++) {
    const place = places[descending ? filled - 1 - n : n]!;
    if (selected[place]) result[at++] = place;
  }
  for (let n = filled; n < places.length; n++) if (selected[places[n]!]) result[at++] = places[n]!;
  return result.subarray(0, at);
}

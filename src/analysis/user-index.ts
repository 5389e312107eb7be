/**
 * The roster: the rows of the newest comparison report, prepared once for searching and sorting. Everything is an array
 * over positions in the roster; nothing is an object per user, so 200 000 people filter and sort while one types.
 */
import type { Evidence } from '../evidence/evidence';
import { issueRows } from '../evidence/report-diff';
import { reportsOf, type ReportTime } from '../evidence/reports';
import { withoutPlatform } from '../rules/users';
import { per } from './per';

export interface Roster {
  /** Rows of the users table, one a person, in report order. */
  readonly rows: Uint32Array;
  /** Position of a users row in `rows`, −1 where it is of an older report; a folded row stands where its person does. */
  readonly place: Int32Array;
  /** Rows of the report: people and folded rows. */
  readonly reportRows: number;
  /** By a person's row: further rows whose e-mail is that of the person with a platform suffix of Zoom. */
  readonly folded: ReadonlyMap<number, readonly number[]>;
  /** Reports, newest first; the first is the one shown. */
  readonly reports: readonly ReportTime[];
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
  const reports = reportsOf(evidence);
  const shown = reports[0]?.artifact ?? -1;
  const { folded, stemOf, reportRows } = platformRows(evidence, shown);
  const place = new Int32Array(users.length).fill(-1);
  const rows = new Uint32Array(users.length);
  let count = 0;
  for (let row = 0; row < users.length; row++) {
    if (users.artifact[row] !== shown || stemOf.has(row)) continue;
    place[row] = count;
    rows[count++] = row;
  }
  for (const [row, stem] of stemOf) place[row] = place[stem]!;
  const { start, issues } = issueRows(evidence);

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
    reportRows,
    folded,
    reports,
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

const ends = /\.(?:win|mac|pc|linux|android|iphone|ipad|pad|mobile)\s*$/i;

/** Zoom tells the SIP phones of one person apart by a suffix behind the e-mail: such rows are folded into the person's. */
function platformRows({ users, strings }: Evidence, artifact: number) {
  const stemOf = new Map<number, number>();
  const folded = new Map<number, number[]>();
  const wanted = new Map<string, number[]>();
  let reportRows = 0;
  for (let row = 0; row < users.length; row++) {
    if (users.artifact[row] !== artifact) continue;
    reportRows++;
    const email = strings.text(users.email[row]!);
    if (!ends.test(email)) continue;
    const { stem, suffix } = withoutPlatform(email.trim().toLowerCase().normalize('NFC'));
    if (suffix === '') continue;
    wanted.set(stem, [...(wanted.get(stem) ?? []), row]);
  }
  for (let row = 0; row < users.length && wanted.size > 0; row++) {
    if (users.artifact[row] !== artifact) continue;
    const email = strings.text(users.email[row]!).trim().toLowerCase().normalize('NFC');
    const rows = wanted.get(email);
    if (!rows) continue;
    wanted.delete(email);
    folded.set(row, rows);
    for (const one of rows) stemOf.set(one, row);
  }
  return { stemOf, folded, reportRows };
}

/** Lower case without accents, for comparing what people type with what reports hold. */
export const fold = (text: string): string => {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
};

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

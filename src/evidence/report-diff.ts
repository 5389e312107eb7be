/**
 * What changed between two comparison reports, person by person: joined by exact e-mail, then by e-mail without case
 * (flagged). A missing licence stops the other checks of its row (EN 6.4.5.2), so a code that is gone while the licence
 * went too is *hidden*, never fixed; turned round, it is *revealed*. Exchanging the reports mirrors every part.
 */
import type { Evidence } from './evidence';

export type Change = 'fixed' | 'new' | 'persisting' | 'hidden' | 'revealed';
export const changes: readonly Change[] = ['fixed', 'new', 'persisting', 'hidden', 'revealed'];

/** Rows of `users`: the person's first row in each report. */
export interface Pair {
  readonly older: number;
  readonly newer: number;
}
export interface CodeChange {
  readonly change: Change;
  /** Canonical, else verbatim. */
  readonly code: string;
  readonly people: readonly Pair[];
}
export interface ReportDiff {
  readonly codes: readonly CodeChange[];
  /** Rows of people who stand in one of the reports only. */
  readonly added: readonly number[];
  readonly removed: readonly number[];
  /** People whose e-mail changed in letter case, blanks or Unicode form only. */
  readonly respelled: readonly Pair[];
  /** People in both reports. */
  readonly both: number;
}

export const stopCode = 'NoClZoomPsiLicense';

interface Person {
  readonly row: number;
  readonly email: string;
  readonly codes: ReadonlySet<string>;
}

/** `older` and `newer` are artifacts. */
export function diffReports(evidence: Evidence, older: number, newer: number): ReportDiff {
  const before = peopleOf(evidence, older);
  const after = peopleOf(evidence, newer);
  const pairs: [Person, Person][] = [];
  const respelled: Pair[] = [];
  const left: Person[] = [];
  for (const [email, person] of before) {
    const same = after.get(email);
    if (same) pairs.push([person, same]);
    else left.push(person);
  }
  const gone = groups(left);
  const come = groups([...after.values()].filter(({ email }) => !before.has(email)));
  const removed: number[] = [];
  const added: number[] = [];
  for (const [folded, old] of gone) {
    const fresh = come.get(folded) ?? [];
    old.forEach((person, n) => {
      const other = fresh[n];
      if (!other) removed.push(person.row);
      else {
        pairs.push([person, other]);
        respelled.push({ older: person.row, newer: other.row });
      }
    });
    for (const person of fresh.slice(old.length)) added.push(person.row);
    come.delete(folded);
  }
  for (const fresh of come.values()) for (const { row } of fresh) added.push(row);
  const found = new Map<string, { change: Change; code: string; people: Pair[] }>();
  const note = (change: Change, code: string, [one, other]: [Person, Person]): void => {
    const key = `${change} ${code}`;
    const entry = found.get(key);
    const pair = { older: one.row, newer: other.row };
    if (entry) entry.people.push(pair);
    else found.set(key, { change, code, people: [pair] });
  };
  for (const pair of pairs) {
    const [one, other] = pair;
    const hides = other.codes.has(stopCode) && !one.codes.has(stopCode);
    const shows = one.codes.has(stopCode) && !other.codes.has(stopCode);
    for (const code of one.codes) {
      if (other.codes.has(code)) note('persisting', code, pair);
      else note(hides ? 'hidden' : 'fixed', code, pair);
    }
    for (const code of other.codes) {
      if (!one.codes.has(code)) note(shows ? 'revealed' : 'new', code, pair);
    }
  }
  return {
    codes: [...found.values()].sort(
      (a, b) =>
        changes.indexOf(a.change) - changes.indexOf(b.change) ||
        b.people.length - a.people.length ||
        (a.code < b.code ? -1 : 1),
    ),
    added: added.sort((a, b) => a - b),
    removed: removed.sort((a, b) => a - b),
    respelled,
    both: pairs.length,
  };
}

/** By exact e-mail; several rows of one e-mail are one person. A stopped row has its licence code only. */
function peopleOf(evidence: Evidence, artifact: number): Map<string, Person> {
  const { users, strings } = evidence;
  const { start, issues } = issueRows(evidence);
  const people = new Map<string, { row: number; email: string; codes: Set<string> }>();
  for (let row = 0; row < users.length; row++) {
    if (users.artifact[row] !== artifact) continue;
    const email = strings.text(users.email[row]!);
    // without an e-mail a row is nobody in particular
    const key = email === '' ? `\0${users.row[row]}` : email;
    let person = people.get(key);
    if (!person) people.set(key, (person = { row, email, codes: new Set() }));
    for (let n = start[row]!; n < start[row + 1]!; n++) person.codes.add(codeOf(evidence, issues[n]!));
  }
  for (const person of people.values()) {
    if (person.codes.has(stopCode)) person.codes = new Set([stopCode]);
  }
  return people;
}

export const codeOf = ({ userIssues, strings }: Evidence, issue: number): string =>
  strings.text(userIssues.known[issue] || userIssues.code[issue]!);

export const foldEmail = (email: string): string => email.trim().toLowerCase().normalize('NFC');

/** Folded e-mail → people in the order of their spelling, so that it does not matter which report comes first. */
function groups(people: readonly Person[]): Map<string, Person[]> {
  const found = new Map<string, Person[]>();
  for (const person of people) {
    const key = person.email === '' ? `\0${person.row}` : foldEmail(person.email);
    const same = found.get(key);
    if (same) same.push(person);
    else found.set(key, [person]);
  }
  for (const same of found.values()) same.sort((a, b) => (a.email < b.email ? -1 : 1));
  return found;
}

interface IssueRows {
  /** Issues of users row r: `issues[start[r]]` to `issues[start[r + 1]]`. */
  readonly start: Uint32Array;
  readonly issues: Uint32Array;
}
const cache = new WeakMap<Evidence, IssueRows>();

/** Rows of `userIssues` by the row of `users` they belong to. */
export function issueRows(evidence: Evidence): IssueRows {
  const known = cache.get(evidence);
  if (known) return known;
  const { users, userIssues } = evidence;
  const start = new Uint32Array(users.length + 1);
  for (let issue = 0; issue < userIssues.length; issue++) start[userIssues.user[issue]! + 1]!++;
  for (let row = 0; row < users.length; row++) start[row + 1]! += start[row]!;
  const next = start.slice();
  const issues = new Uint32Array(userIssues.length);
  for (let issue = 0; issue < userIssues.length; issue++) issues[next[userIssues.user[issue]!]!++] = issue;
  const rows = { start, issues };
  cache.set(evidence, rows);
  return rows;
}

/**
 * How rules read User Comparison Reports: issue codes by row, the rows whose other checks never ran, and which report
 * counts where several are loaded. Derived once per evidence; 200 000 rows are normal.
 */
import type { At, Evidence } from '../evidence/evidence';
import { reportsOf } from '../evidence/reports';
import type { CannotTell, Hit } from './rule';

/** The code behind which Mitel Administration runs no further check of that user (EN 6.4.5.2, FR 5.2.2). */
export const noLicense = 'NoClZoomPsiLicense';
/** Places shown by a finding; `count` tells how many there are. */
export const shownPlaces = 50;

export interface Report {
  readonly artifact: number;
  readonly rows: readonly number[];
}

export interface Users {
  /** The newest report: an older one only shows what changed. */
  readonly reports: readonly Report[];
  /** Its rows. */
  readonly rows: readonly number[];
  /** Per row of `users`: 1 = the missing licence stopped the other checks, so its other columns say nothing. */
  readonly stopped: Uint8Array;
  /** Rows by issue code: canonical where the guides know it, else verbatim. A stopped row counts for its licence only. */
  readonly byCode: ReadonlyMap<string, readonly number[]>;
  readonly unknownCodes: ReadonlySet<string>;
  /** Codes of a row, canonical where known. */
  codesOf(row: number): readonly string[];
  /** E-mail without blanks around it, in lower case and Unicode form C. */
  folded(row: number): string;
}

const cache = new WeakMap<Evidence, Users>();

export function usersOf(evidence: Evidence): Users {
  let users = cache.get(evidence);
  if (!users) cache.set(evidence, (users = derive(evidence)));
  return users;
}

function derive(evidence: Evidence): Users {
  const { users, userIssues, strings } = evidence;
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < users.length; row++) {
    const artifact = users.artifact[row]!;
    const rows = rowsOf.get(artifact);
    if (rows) rows.push(row);
    else rowsOf.set(artifact, [row]);
  }
  const reports = reportsOf(evidence)
    .slice(0, 1)
    .map(({ artifact }): Report => ({ artifact, rows: rowsOf.get(artifact) ?? [] }));
  const current = new Uint8Array(users.length);
  for (const { rows } of reports) for (const row of rows) current[row] = 1;

  const license = strings.find(noLicense);
  const stopped = new Uint8Array(users.length);
  for (let issue = 0; issue < userIssues.length; issue++) {
    if (license > 0 && userIssues.known[issue] === license) stopped[userIssues.user[issue]!] = 1;
  }
  const codes = new Map<number, string[]>();
  const byCode = new Map<string, number[]>();
  const unknownCodes = new Set<string>();
  for (let issue = 0; issue < userIssues.length; issue++) {
    const row = userIssues.user[issue]!;
    const known = userIssues.known[issue]!;
    const code = strings.text(known || userIssues.code[issue]!);
    const own = codes.get(row);
    if (own?.includes(code)) continue;
    if (own) own.push(code);
    else codes.set(row, [code]);
    if (!current[row] || (stopped[row] && code !== noLicense)) continue;
    if (known === 0) unknownCodes.add(code);
    const rows = byCode.get(code);
    if (rows) rows.push(row);
    else byCode.set(code, [row]);
  }
  const folds = new Map<number, string>();
  return {
    reports,
    rows: reports.flatMap(({ rows }) => rows),
    stopped,
    byCode,
    unknownCodes,
    codesOf: (row) => codes.get(row) ?? [],
    folded(row) {
      const id = users.email[row]!;
      let fold = folds.get(id);
      if (fold === undefined) folds.set(id, (fold = strings.text(id).trim().toLowerCase().normalize('NFC')));
      return fold;
    },
  };
}

export const emailOf = ({ users, strings }: Evidence, row: number): string => strings.text(users.email[row]!);

export function userAt({ users }: Evidence, row: number): At {
  return { artifact: users.artifact[row]!, offset: users.offset[row]!, length: users.size[row]!, row: users.row[row]! };
}

/** One finding for a group of rows: all e-mails in `also`, the first rows as evidence. */
export function groupHit(
  evidence: Evidence,
  subject: string,
  rows: readonly number[],
  values: Hit['values'] = {},
): Hit {
  const emails = [...new Set(rows.map((row) => emailOf(evidence, row)))].filter((email) => email !== '');
  return {
    subject,
    also: emails,
    at: rows.slice(0, shownPlaces).map((row) => userAt(evidence, row)),
    count: rows.length,
    values: { count: rows.length, users: someOf(emails), ...values },
  };
}

/** The first five names and how many more there are: `a, b, c, d, e and +12`. */
export function someOf(names: readonly string[]): { readonly list: readonly string[] } {
  return { list: names.length <= 6 ? names : [...names.slice(0, 5), `+${names.length - 5}`] };
}

/** Users with one code; without them, *not evaluated* for the users whose checks the missing licence stopped. */
export function findCode(evidence: Evidence, code: string): readonly (Hit | CannotTell)[] {
  const users = usersOf(evidence);
  const rows = users.byCode.get(code);
  return [...(rows ? [groupHit(evidence, code, rows)] : []), ...unchecked(evidence)];
}

/** Rows that prove nothing, as verdicts: an empty report, and users whose checks the missing licence stopped. */
export function unchecked(evidence: Evidence): readonly CannotTell[] {
  const users = usersOf(evidence);
  if (users.rows.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
  const rows = users.rows.filter((row) => users.stopped[row]);
  return rows.slice(0, shownPlaces).map((row) => ({ subject: emailOf(evidence, row), missing: ['art.ucr'] }));
}

/** An empty report says nothing, not even that all is well. */
export function needsRows(
  evidence: Evidence,
  find: () => readonly (Hit | CannotTell)[],
): readonly (Hit | CannotTell)[] {
  return usersOf(evidence).rows.length === 0 ? [{ subject: '', missing: ['art.ucr'] }] : find();
}

/** At most so many findings of a kind; what is beyond is one more finding, `+n`, that counts the rest. */
export function capped(hits: readonly Hit[], limit = 200, sign = '+'): readonly Hit[] {
  if (hits.length <= limit) return hits;
  const rest = hits.slice(limit);
  const also: string[] = [];
  const at: At[] = [];
  for (const hit of rest) {
    also.push(hit.subject);
    for (const name of hit.also ?? []) also.push(name);
    for (let n = 0; n < hit.at.length && at.length < shownPlaces; n++) at.push(hit.at[n]!);
  }
  return [
    ...hits.slice(0, limit),
    {
      ...rest[0]!,
      subject: `${sign}${rest.length}`,
      also,
      at,
      count: rest.reduce((sum, hit) => sum + (hit.count ?? hit.at.length), 0),
      values: { ...rest[0]!.values, names: someOf(rest.map((hit) => hit.subject)) },
    },
  ];
}

/** Suffixes by which Zoom keeps several SIP phones of one person apart (`anna@example.org.mobile`). */
const suffixed = /^(.+@.+\.[a-z]{2,})\.(win|mac|pc|linux|android|iphone|ipad|pad|mobile)$/;

/** The person's e-mail without Zoom's platform suffix, and the suffix; of a folded e-mail. */
export function withoutPlatform(folded: string): { readonly stem: string; readonly suffix: string } {
  const parts = suffixed.exec(folded);
  return parts ? { stem: parts[1]!, suffix: `.${parts[2]!}` } : { stem: folded, suffix: '' };
}

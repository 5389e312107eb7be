/**
 * The people of the newest comparison report, with what other evidence says about them.
 *
 * Filter keys: `issue:` (any, none, unknown or part of a code), `status:`, `license:` (none or part of a name),
 * `registered:` (yes, no or an outcome), `listed:` (yes, no or part of where), `pushes:` (any, none, failed, or a count),
 * `desktop:`, `mobile:`, `cluserid:`, `zmuserid:`, `calls:` (any, none, failed, or a count: `calls>3`), `events:` (any, none, or a
 * count), `number:`, `email:`, `name:`; plain words look into every column. Several terms must all hold; `-` in front turns one round.
 */
import type { Evidence } from '../evidence/evidence';
import { registrationOutcomes } from '../evidence/links';
import type { Query, UserRow, UserSummary } from './desk';
import { codeOf } from '../evidence/report-diff';
import { compares, parseFilter, type Operator, type Term } from './filter';
import { fold, inOrder, licenseIssue, numberOrder, roster, textOrder, type Order } from './user-index';
import { numberKey, registered, userJoins, userKeys } from './user-joins';
import { per } from './per';
import type { View } from './view';

export function selectUsers(view: View, query: Query): Uint32Array {
  const { rows } = roster(view.evidence);
  const selected = new Uint8Array(rows.length).fill(1);
  for (const term of parseFilter(query.filter ?? '')) keep(selected, matches(view, term), term.not);
  for (const focus of query.focus ?? []) {
    if (focus.kind === 'user' || focus.kind === 'number') keep(selected, known(view, focus.values), false);
  }
  const { column = '', descending = false } = query.sort ?? {};
  const order = column === '' ? undefined : orders(view)(column);
  if (order) return inOrder(order, selected, descending).map((place) => rows[place]!);
  return rows.filter((_, place) => selected[place]);
}

export function describeUsers(view: View, wanted: readonly number[]): UserRow[] {
  const { evidence, links, clock } = view;
  const { users, userIssues, strings } = evidence;
  const { issues, start, folded } = roster(evidence);
  const joins = userJoins(view);
  const { listed } = evidence;
  return wanted.map((row) => {
    const cell = (column: Uint32Array): string => strings.text(column[row]!);
    const codes = [...issues.subarray(start[row]!, start[row + 1]!)].map((issue) => ({
      code: strings.text(userIssues.code[issue]!),
      known: strings.text(userIssues.known[issue]!),
    }));
    const registration = joins.registration(row);
    const { calls, failed } = joins.calls(row);
    const { pushes, failed: failedPushes } = joins.pushes(row);
    const entry = joins.listed(row);
    return {
      row,
      name: cell(users.name),
      email: cell(users.email),
      licenses: cell(users.licenses),
      status: cell(users.zmUserStatus),
      desktop: cell(users.zmSipPhoneNumber),
      mobile: cell(users.zmSipPhoneMobileNumber),
      clUserId: cell(users.clUserId),
      zmUserId: cell(users.zmUserId),
      desktopId: cell(users.zmSipPhoneId),
      mobileId: cell(users.zmSipPhoneMobileId),
      issues: codes,
      notChecked: codes.some(({ known: code }) => code === licenseIssue),
      damaged: users.damaged[row] === 1,
      ...(registration < 0
        ? {}
        : {
            registration: {
              outcome: registrationOutcomes[links.registrations.outcome[registration]!]!,
              status: links.registrations.finalStatus[registration]!,
              time: clock.messages[links.registrations.last[registration]!]!,
              row: registration,
              host: strings.text(links.registrations.host[registration]!),
            },
          }),
      ...(entry < 0
        ? {}
        : {
            listed: {
              contact: strings.text(listed.contact[entry]!),
              agent: strings.text(listed.agent[entry]!),
              status: strings.text(listed.status[entry]!),
              expires: listed.expires[entry]!,
              artifact: listed.artifact[entry]!,
              line: listed.row[entry]!,
              offset: listed.offset[entry]!,
            },
          }),
      folded: (folded.get(row) ?? []).map((other) => ({
        email: strings.text(users.email[other]!),
        csvRow: users.row[other]!,
        offset: users.offset[other]!,
        codes: [...issues.subarray(start[other]!, start[other + 1]!)].map((issue) => codeOf(evidence, issue)),
      })),
      pushes,
      failedPushes,
      nearEvents: joins.nearEvents(row),
      calls,
      failedCalls: failed,
      events: joins.events(row),
      artifact: users.artifact[row]!,
      csvRow: users.row[row]!,
      at: {
        artifact: users.artifact[row]!,
        offset: users.offset[row]!,
        length: users.size[row]!,
        row: users.row[row]!,
      },
      findings: joins.findings(row),
    };
  });
}

export const userSummary = per((view: View): UserSummary => {
  const { userIssues, strings } = view.evidence;
  const { rows, issues, start, reports, reportRows } = roster(view.evidence);
  const counts = new Map<string, { code: string; known: string; users: number }>();
  let [withIssues, notChecked] = [0, 0];
  for (const row of rows) {
    if (start[row] === start[row + 1]) continue;
    withIssues++;
    const seen = new Set<string>();
    const stopped = isStopped(view.evidence, row);
    for (let n = start[row]!; n < start[row + 1]!; n++) {
      const code = strings.text(userIssues.code[issues[n]!]!);
      const canonical = strings.text(userIssues.known[issues[n]!]!);
      const key = canonical || code;
      if (seen.has(key) || (stopped && key !== licenseIssue)) continue;
      seen.add(key);
      const entry = counts.get(key);
      if (entry) entry.users++;
      else counts.set(key, { code: key, known: canonical, users: 1 });
    }
    if (seen.has(licenseIssue)) notChecked++;
  }
  return {
    total: rows.length,
    rows: reportRows,
    withIssues,
    notChecked,
    issues: [...counts.values()].sort((a, b) => b.users - a.users || (a.code < b.code ? -1 : 1)),
    reports: reports.map((report) => ({ ...report, rows: countOf(view.evidence, report.artifact) })),
    layouts: unconfirmed(view.evidence),
  };
});

function countOf({ users }: Evidence, artifact: number): number {
  let count = 0;
  for (const one of users.artifact) if (one === artifact) count++;
  return count;
}

/** Artifacts whose columns a person should match: some are missing, or were told by their look alone. */
function unconfirmed({ problems }: Evidence): readonly number[] {
  const found = problems.flatMap(({ artifact, code, detail }) =>
    code === 'listing-layout' || (code === 'report-layout' && detail.startsWith('missing: ')) ? [artifact] : [],
  );
  return [...new Set(found)];
}

const isLicense = ({ userIssues, strings }: Evidence, issue: number): boolean =>
  strings.text(userIssues.known[issue]!) === licenseIssue;

/** Behind a missing licence nothing else was checked: other codes of such a row prove nothing. */
function isStopped(evidence: Evidence, row: number): boolean {
  const { issues, start } = roster(evidence);
  for (let n = start[row]!; n < start[row + 1]!; n++) if (isLicense(evidence, issues[n]!)) return true;
  return false;
}

function keep(selected: Uint8Array, found: Uint8Array, not: boolean): void {
  const wanted = not ? 0 : 1;
  for (let place = 0; place < selected.length; place++) if (found[place] !== wanted) selected[place] = 0;
}

function matches(view: View, { key, operator, value }: Term): Uint8Array {
  const { evidence } = view;
  const { users, userIssues, strings } = evidence;
  const people = roster(evidence);
  const { rows, issues, start } = people;
  const wanted = fold(value);
  const each = (test: (row: number) => boolean): Uint8Array => {
    const found = new Uint8Array(rows.length);
    for (let place = 0; place < rows.length; place++) if (test(rows[place]!)) found[place] = 1;
    return found;
  };
  // a column has few distinct texts or is compared once per distinct text
  const cells = (column: Uint32Array, test: (text: string) => boolean): Uint8Array => {
    const asked = new Map<number, boolean>();
    return each((row) => {
      const id = column[row]!;
      let answer = asked.get(id);
      if (answer === undefined) asked.set(id, (answer = test(fold(strings.text(id)))));
      return answer;
    });
  };
  const joins = (): ReturnType<typeof userJoins> => userJoins(view);
  const counts = (count: number): boolean =>
    wanted === 'none' ? count === 0 : /^\d/.test(wanted) ? compares(operator, count, Number(wanted)) : count > 0;
  switch (key) {
    case 'issue': {
      const codes = new Map<number, boolean>();
      const isWanted = (issue: number): boolean => {
        const code = userIssues.code[issue]!;
        let answer = codes.get(code);
        if (answer === undefined) {
          const canonical = strings.text(userIssues.known[issue]!);
          answer =
            wanted === 'unknown'
              ? canonical === ''
              : [strings.text(code), canonical].some((name) =>
                  operator === '=' ? fold(name) === wanted : fold(name).includes(wanted),
                );
          codes.set(code, answer);
        }
        return answer;
      };
      return each((row) => {
        if (wanted === 'any') return start[row] !== start[row + 1];
        if (wanted === 'none') return start[row] === start[row + 1];
        const stopped = isStopped(evidence, row);
        for (let n = start[row]!; n < start[row + 1]!; n++) {
          if (stopped && !isLicense(evidence, issues[n]!)) continue;
          if (isWanted(issues[n]!)) return true;
        }
        return false;
      });
    }
    case 'status':
      return cells(users.zmUserStatus, (text) => (wanted === 'none' ? text === '' : text === wanted));
    case 'license':
      return cells(users.licenses, (text) => (wanted === 'none' ? text === '' : text.includes(wanted)));
    case 'email':
      return cells(users.email, (text) => (operator === '=' ? text === wanted : text.includes(wanted)));
    case 'name':
      return cells(users.name, (text) => text.includes(wanted));
    case 'number': {
      const digits = numberKey(value) || wanted;
      const is = (text: string): boolean => {
        const number = numberKey(text) || text;
        return operator === '=' ? number === digits : number.includes(digits);
      };
      const desktop = cells(users.zmSipPhoneNumber, is);
      const mobile = cells(users.zmSipPhoneMobileNumber, is);
      return desktop.map((found, place) => found | mobile[place]!);
    }
    case 'desktop':
      return cells(users.zmSipPhoneNumber, (text) => (wanted === 'none' ? text === '' : holds(operator, text, wanted)));
    case 'mobile':
      return cells(users.zmSipPhoneMobileNumber, (text) =>
        wanted === 'none' ? text === '' : holds(operator, text, wanted),
      );
    case 'cluserid':
      return cells(users.clUserId, (text) => (wanted === 'none' ? text === '' : holds(operator, text, wanted)));
    case 'zmuserid':
      return cells(users.zmUserId, (text) => (wanted === 'none' ? text === '' : holds(operator, text, wanted)));
    case 'registered': {
      const outcomes = registeredPlaces(view);
      const outcome = registrationOutcomes.findIndex((one) => one === wanted);
      const found = new Uint8Array(rows.length);
      for (let place = 0; place < rows.length; place++) {
        const own = outcomes[place]!;
        const is =
          wanted === 'yes' ? own === registered : wanted === 'no' ? own !== registered : own === outcome && own >= 0;
        if (is) found[place] = 1;
      }
      return found;
    }
    case 'listed': {
      const { listed } = evidence;
      return each((row) => {
        const entry = joins().listed(row);
        if (wanted === 'yes' || wanted === 'any') return entry >= 0;
        if (wanted === 'no' || wanted === 'none') return entry < 0;
        return entry >= 0 && fold(strings.text(listed.contact[entry]!)).includes(wanted);
      });
    }
    case 'pushes':
      return each((row) => {
        const { pushes, failed } = joins().pushes(row);
        return wanted === 'failed' ? failed > 0 : counts(pushes);
      });
    case 'calls':
      return each((row) => {
        const { calls, failed } = joins().calls(row);
        return wanted === 'failed' ? failed > 0 : counts(calls);
      });
    case 'events':
      return each((row) => counts(joins().events(row)));
    default:
      return people.withWord(key ? `${key}${operator}${value}` : value);
  }
}

const holds = (operator: Operator, text: string, wanted: string): boolean =>
  operator === '=' ? text === wanted : text.includes(wanted);

/** Outcome of each person's registration by place, −1 = none. */
const registeredPlaces = per((view: View): Int8Array => {
  const { rows } = roster(view.evidence);
  const found = new Int8Array(rows.length).fill(-1);
  const { registrations } = view.links;
  if (registrations.length === 0) return found;
  const joins = userJoins(view);
  for (let place = 0; place < rows.length; place++) {
    const own = joins.registration(rows[place]!);
    if (own >= 0) found[place] = registrations.outcome[own]!;
  }
  return found;
});

/** People known by any of these names: e-mail, number, or any column that holds it. */
function known(view: View, values: readonly string[]): Uint8Array {
  const { rows } = roster(view.evidence);
  const keys = new Set(values.flatMap((value) => [fold(value), numberKey(value)]).filter((key) => key !== ''));
  const found = new Uint8Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    if (userKeys(view.evidence, rows[place]!).some((key) => keys.has(key))) found[place] = 1;
  }
  return found;
}

/** Text columns are sorted once for the report, whatever else is learned later. */
const textOrders = per((evidence: Evidence) => {
  const { users, userIssues, strings } = evidence;
  const { rows, issues, start } = roster(evidence);
  const column = (ids: Uint32Array): (() => Order) => {
    return () => textOrder(rows.length, (place) => strings.text(ids[rows[place]!]!));
  };
  const make: Readonly<Record<string, () => Order>> = {
    name: column(users.name),
    email: column(users.email),
    licenses: column(users.licenses),
    status: column(users.zmUserStatus),
    desktop: column(users.zmSipPhoneNumber),
    mobile: column(users.zmSipPhoneMobileNumber),
    clUserId: column(users.clUserId),
    zmUserId: column(users.zmUserId),
    issues: () =>
      textOrder(rows.length, (place) => {
        const row = rows[place]!;
        if (start[row] === start[row + 1]) return '';
        return [...issues.subarray(start[row]!, start[row + 1]!)]
          .map((issue) => strings.text(userIssues.code[issue]!))
          .join(' ');
      }),
  };
  return { make, once: once(make) };
});

/** Numbers come from other evidence, so they are sorted once a revision. */
const joinOrders = per((view: View) => {
  const { rows } = roster(view.evidence);
  const joins = userJoins(view);
  const { listed } = view.evidence;
  const number = (value: (row: number) => number) => (): Order =>
    numberOrder(rows.length, (place) => value(rows[place]!) || NaN);
  return once({
    registered: number((row) => {
      const found = joins.registration(row);
      return found < 0 ? NaN : view.clock.messages[view.links.registrations.last[found]!]!;
    }),
    listed: number((row) => {
      const found = joins.listed(row);
      return found < 0 ? NaN : listed.expires[found]! + 2;
    }),
    calls: number((row) => joins.calls(row).calls),
    failed: number((row) => joins.calls(row).failed),
    pushes: number((row) => joins.pushes(row).pushes),
    events: number((row) => joins.events(row)),
  });
});

function once(make: Readonly<Record<string, () => Order>>): (column: string) => Order | undefined {
  const done = new Map<string, Order>();
  return (column) => {
    if (!Object.hasOwn(make, column)) return undefined;
    let order = done.get(column);
    if (!order) done.set(column, (order = make[column]!()));
    return order;
  };
}

const orders =
  (view: View) =>
  (column: string): Order | undefined =>
    textOrders(view.evidence).once(column) ?? joinOrders(view)(column);

/** Ranks of the text columns and the text to search: made while the reader still looks at the first screen. */
export function warmUsers(evidence: Evidence): readonly (() => void)[] {
  const { make, once: column } = textOrders(evidence);
  return [() => void roster(evidence).withWord('\n'), ...Object.keys(make).map((name) => () => void column(name))];
}

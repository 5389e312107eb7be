import { registrationOutcomes } from '../../evidence/links';
import type { Evidence } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { addressOf, messageAt, seenIn, userOf } from '../signalling';
import { steps } from '../steps';
import { capped, emailOf, noLicense, shownPlaces, someOf, userAt, usersOf } from '../users';

/** Answers by which a PBX says that it does not know or serve this number: D04, D28, D29. */
const unserved = new Set([403, 404, 410, 480, 484, 485, 604]);
/** Numbers that no user has exactly and whose last digits are looked for among all users. */
const maxSearches = 50;
/** Rounds of challenge without success before credentials count as refused. */
const rounds = 3;

export default rule({
  id: 'unprovisioned-user-fails',
  rows: ['X01'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report', 'signalling'],
  find: (grounds) => causes(grounds),
  explains: [
    { row: 'D04', when: 'same-subject' },
    { row: 'D01', when: 'same-subject' },
    { row: 'D28', when: 'same-subject' },
    { row: 'D29', when: 'same-subject' },
    { row: 'f.reg.absent_with_issue', when: 'same-subject' },
  ],
  title: text(
    '{email}: {issues} in the report, and {methods} of {number} fails',
    '{email} : {issues} dans le rapport, et {methods} de {number} échoue',
  ),
  seen: text(
    'The report says {issues} for {email}; in the capture {methods} for {number} was answered {status} ({count} {count|time|times}).',
    'Le rapport dit {issues} pour {email} ; dans la capture, {methods} pour {number} a reçu {status} ({count} fois).',
  ),
  cause: text(
    'The user is not completely provisioned, so the call platform does not serve the number. Registration and calls fail for that one reason.',
    'L’utilisateur n’est pas entièrement provisionné : la plateforme d’appel ne sert donc pas ce numéro. L’enregistrement et les appels échouent pour cette seule raison.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Repair the issue of the report first; look at SIP only if it still fails afterwards.',
        'Corriger d’abord l’incohérence du rapport ; ne regarder le SIP que si l’échec persiste.',
      ),
      where: 'Support > Zoom',
      step: 'cl.ucr.02',
    },
    steps.resynchronise,
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 4.1.4, RFC 3261 §10.3',
});

interface Failure {
  /** As it stands in the URI. */
  readonly name: string;
  readonly address: string;
  readonly method: string;
  readonly statuses: Set<number>;
  readonly rows: number[];
  count: number;
}

interface Candidate {
  readonly row: number;
  readonly numbers: readonly string[];
}

function causes(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence } = grounds;
  const candidates = withIssues(evidence);
  if (candidates.length === 0) return [];
  const byNumber = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const number of candidate.numbers) {
      const same = byNumber.get(number);
      if (same) same.push(candidate);
      else byNumber.set(number, [candidate]);
    }
  }
  const byEmail = new Map(candidates.map((candidate) => [emailOf(evidence, candidate.row).toLowerCase(), candidate]));
  const matches = new Map<Candidate, { failures: Failure[]; loose: boolean }>();
  const served = withoutIssues(evidence);
  let unmatched = false;
  let searches = 0;
  for (const failure of failures(grounds)) {
    const number = digits(failure.name);
    if (served.has(number) && !byNumber.has(number)) continue;
    const exact =
      byNumber.get(number) ?? [byEmail.get(failure.address.toLowerCase())].filter((one) => one !== undefined);
    const search = exact.length === 0 && searches++ < maxSearches;
    const fits = search ? candidates.filter(({ numbers }) => numbers.some((own) => ends(own, number))) : exact;
    // the last digits of several users: nobody in particular
    const vague = search && (fits.length > 1 || [...served].some((own) => ends(own, number)));
    if (fits.length === 0 || vague) {
      unmatched = true;
      continue;
    }
    for (const fit of fits) {
      const known = matches.get(fit) ?? { failures: [], loose: true };
      known.failures.push(failure);
      known.loose &&= exact.length === 0;
      matches.set(fit, known);
    }
  }
  const hits = [...matches].map(([{ row }, { failures: own, loose }]): Hit => {
    const rows = own.flatMap((failure) => failure.rows);
    const names = [...new Set(own.flatMap(({ name, address }) => [name, address]))];
    const seen = seenIn(grounds, rows);
    return {
      subject: emailOf(evidence, row),
      also: names,
      ...seen,
      at: [userAt(evidence, row), ...rows.slice(0, shownPlaces).map((one) => messageAt(evidence, one))],
      count: own.reduce((sum, { count }) => sum + count, 0),
      ...(loose ? { severity: 'warning', confidence: 'likely' } : {}),
      values: {
        email: emailOf(evidence, row),
        issues: someOf(issuesOf(evidence, row)),
        number: someOf([...new Set(own.map(({ name }) => name))]),
        methods: someOf([...new Set(own.map(({ method }) => method))]),
        status: someOf([...new Set(own.flatMap(({ statuses }) => [...statuses].map(String)))]),
        count: own.reduce((sum, { count }) => sum + count, 0),
      },
    };
  });
  // somebody fails whom the report may mean but gives no number for
  const nameless = unmatched ? candidates.filter(({ numbers }) => numbers.length === 0) : [];
  const open = nameless
    .slice(0, shownPlaces)
    .map(({ row }): CannotTell => ({ subject: emailOf(evidence, row), missing: ['numbers'] }));
  return [...capped(hits), ...open];
}

/** A missing licence stops the other checks, so it is the one issue of its row. */
function issuesOf(evidence: Evidence, row: number): readonly string[] {
  const codes = usersOf(evidence).codesOf(row);
  const stop = codes.filter((code) => code === noLicense);
  return stop.length > 0 ? stop : codes;
}

/** Users with issues, with the numbers that any loaded report gives for their e-mail. */
function withIssues(evidence: Evidence): Candidate[] {
  const { users, strings } = evidence;
  const reports = usersOf(evidence);
  const rows = reports.rows.filter((row) => reports.codesOf(row).length > 0);
  const wanted = new Map(rows.map((row) => [reports.folded(row), new Set<string>()]));
  for (let row = 0; row < users.length; row++) {
    const numbers = wanted.get(reports.folded(row));
    if (!numbers || users.damaged[row] === 1) continue;
    for (const id of [users.zmSipPhoneNumber[row]!, users.zmSipPhoneMobileNumber[row]!]) {
      const number = digits(strings.text(id));
      if (number !== '') numbers.add(number);
    }
  }
  return rows.map((row) => ({ row, numbers: [...wanted.get(reports.folded(row))!] }));
}

/** Numbers of users that the report has nothing against. */
function withoutIssues(evidence: Evidence): ReadonlySet<string> {
  const { users, strings } = evidence;
  const reports = usersOf(evidence);
  const numbers = new Set<string>();
  for (const row of reports.rows) {
    if (reports.codesOf(row).length > 0 || users.damaged[row] === 1) continue;
    numbers.add(digits(strings.text(users.zmSipPhoneNumber[row]!)));
    numbers.add(digits(strings.text(users.zmSipPhoneMobileNumber[row]!)));
  }
  numbers.delete('');
  return numbers;
}

function failures({ evidence, links }: Grounds): readonly Failure[] {
  const { messages, strings } = evidence;
  const { transactions, registrations, calls } = links;
  const found = new Map<string, Failure>();
  const add = (uri: number, method: string, status: number, row: number): void => {
    const key = `${method} ${uri}`;
    const known: Failure = found.get(key) ?? {
      name: userOf(strings.text(uri)),
      address: addressOf(strings.text(uri)),
      method,
      statuses: new Set(),
      rows: [],
      count: 0,
    };
    if (known.name === '') return;
    found.set(key, known);
    known.statuses.add(status);
    known.rows.push(row);
    known.count++;
  };
  for (let row = 0; row < registrations.length; row++) {
    const outcome = registrationOutcomes[registrations.outcome[row]!];
    const status = registrations.finalStatus[row]!;
    const refused = outcome === 'rejected' && unserved.has(status);
    const challenged = outcome === 'challenged' && registrations.attempts[row]! >= rounds;
    if (refused || challenged) add(registrations.aor[row]!, 'REGISTER', status, lastFinal(links, row));
  }
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const call = transactions.call[transaction]!;
    const status = transactions.status[transaction]!;
    if (call === -1 || !unserved.has(status) || calls.finalStatus[call] !== status) continue;
    const final = transactions.final[transaction]!;
    if (strings.text(transactions.method[transaction]!) !== 'INVITE' || messages.toUri[final] !== calls.to[call])
      continue;
    // 403 concerns who calls, the others who is called
    add(status === 403 ? calls.from[call]! : calls.to[call]!, 'INVITE', status, final);
  }
  return [...found.values()];
}

/** The last final answer of a registration. */
function lastFinal({ transactions, transactionOf, ...links }: Grounds['links'], registration: number): number {
  const rows = links.registrationMessages(registration);
  for (let at = rows.length - 1; at >= 0; at--) {
    const final = transactions.final[transactionOf[rows[at]!]!]!;
    if (final !== -1) return final;
  }
  return rows[0]!;
}

/** A number without blanks, `+` and the like; a user name that is no number stays as it is, in lower case. */
function digits(number: string): string {
  const plain = number.replace(/[\s().+-]/g, '');
  return /^\d+$/.test(plain) ? plain : number.trim().toLowerCase();
}

/** One is the end of the other, four digits at least. */
function ends(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return /^\d{4,}$/.test(short) && long.endsWith(short);
}

const refused = (status: string): string => `\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 0.010 |<----${status}-1-----|`;
const call = (status: string): string => `
  zoom  mbg
  0.000 |--INVITE-1-->|
  0.010 |<---${status}-1----|
  0.020 |---ACK-1---->|`;

export const examples: Examples = [
  {
    given: {
      report: ['anna@example.org | Anna | ZoomSipPhoneNotFound | zmSipPhoneNumber=2001', 'bob@example.org | Bob'],
      ladder: refused('403'),
    },
    expect: 'found',
    subjects: ['anna@example.org'],
  },
  {
    given: {
      report: ['anna@example.org | Anna | NoClZoomPsiLicense | zmSipPhoneNumber=+33 1 23 45 20 02'],
      ladder: { drawn: call('404'), users: { '': ['2001', '+33123452002'] } },
    },
    expect: 'found',
  },
  // the number stands in an older report only
  {
    given: {
      reports: {
        'before.csv': ['anna@example.org | Anna | | zmSipPhoneNumber=2001'],
        'after.csv': ['anna@example.org | Anna | NoClZoomPsiLicense'],
      },
      ladder: refused('404'),
    },
    expect: 'found',
  },
  // fails, but the report is content with the user
  {
    given: { report: ['anna@example.org | Anna | | zmSipPhoneNumber=2001'], ladder: refused('403') },
    expect: 'clear',
  },
  // an issue, but the user is served
  {
    given: {
      report: ['anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2001'],
      ladder: refused('200'),
    },
    expect: 'clear',
  },
  // busy says nothing about provisioning
  {
    given: {
      report: ['anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2002'],
      ladder: call('486'),
    },
    expect: 'clear',
  },
  // somebody fails, and the report gives no number to tell who
  {
    given: { report: ['anna@example.org | Anna | ZoomUserNotFound'], ladder: refused('403') },
    expect: 'not-evaluated',
  },
  { given: { ladder: refused('403') }, expect: 'not-evaluated' },
];

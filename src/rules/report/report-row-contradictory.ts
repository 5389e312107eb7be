import type { Evidence } from '../../evidence/evidence';
import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { groupHit, needsRows, usersOf, type Report } from '../users';

type Column = 'clUserId' | 'zmUserId' | 'zmSipPhoneId';

/** An id and the issue that says that it is missing. Behind a missing Zoom user the phone is not looked for. */
const pairs: readonly { readonly column: Column; readonly code: string; readonly behind?: string }[] = [
  { column: 'clUserId', code: 'CloudLinkUserNotFound' },
  { column: 'zmUserId', code: 'ZoomUserNotFound' },
  { column: 'zmSipPhoneId', code: 'ZoomSipPhoneNotFound', behind: 'ZoomUserNotFound' },
];
const statuses = [
  { status: 'inactive', code: 'ZoomUserStatusInactive' },
  { status: 'pending', code: 'ZoomUserStatusPending' },
] as const;

export default rule({
  id: 'report-row-contradictory',
  rows: ['f.ucr.contradiction'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const kinds = new Map<string, number[]>();
      for (const report of usersOf(evidence).reports) contradictions(evidence, report, kinds);
      return [...kinds].map(([kind, rows]) => groupHit(evidence, kind, rows, { kind: sentence(kind) }));
    }),
  title: text('Report row contradicts itself', 'Ligne incohérente dans le rapport'),
  seen: text('{count} {count|row|rows}: {kind} ({users}).', '{count} {count|ligne|lignes} : {kind} ({users}).'),
  cause: text(
    'The report is put together by a job in the background; a row may hold columns and issues of different moments.',
    'Le rapport est assemblé par une tâche de fond ; une ligne peut mêler des colonnes et des écarts de moments différents.',
  ),
  causeIs: 'symptom',
  steps: [steps.regenerateReport],
  source: 'EN 6.4.5.2, FR 5.2.1',
});

function contradictions(evidence: Evidence, { artifact, rows }: Report, kinds: Map<string, number[]>): void {
  const { users: table, strings, problems } = evidence;
  const users = usersOf(evidence);
  const absent = problems
    .filter((problem) => problem.artifact === artifact && problem.code === 'report-layout')
    .map(({ detail }) => detail)
    .join(' ');
  const lacks = (column: string): boolean => new RegExp(`\\b${column}\\b`).test(absent);
  const add = (kind: string, row: number): void => {
    const same = kinds.get(kind);
    if (same) same.push(row);
    else kinds.set(kind, [row]);
  };
  const checkLicense = !lacks('licenses');
  const checked = pairs.filter(({ column }) => !lacks(column));
  const checkIssues = !lacks('issues');
  for (const row of rows) {
    if (users.stopped[row] || table.damaged[row] || !checkIssues) continue;
    const codes = users.codesOf(row);
    for (const { column, code, behind } of checked) {
      const filled = table[column][row] !== 0;
      if (filled && codes.includes(code)) add(`${code} + ${column}`, row);
      if (!filled && !codes.includes(code) && !(behind && codes.includes(behind))) add(`${column} = “” − ${code}`, row);
    }
    const status = strings.text(table.zmUserStatus[row]!).trim().toLowerCase();
    for (const one of statuses) {
      const hasCode = codes.includes(one.code);
      if (status === one.status && !hasCode) add(`zmUserStatus = ${one.status} − ${one.code}`, row);
      if (status !== '' && status !== one.status && hasCode) add(`${one.code} + zmUserStatus`, row);
    }
    if (status !== '' && !['active', 'inactive', 'pending'].includes(status)) add('zmUserStatus = ?', row);
    if (checkLicense && codes.length === 0 && !/zoompsi/i.test(strings.text(table.licenses[row]!)))
      add('licenses − ZoomPSI', row);
  }
}

/** A kind `a + b` says that both are there, `a − b` that b is not, `= ?` that the value is none of the known. */
function sentence(kind: string): Text {
  const [first = '', second] = kind.split(/ [+−] /);
  if (second === undefined) {
    return text(
      'zmUserStatus is neither active, inactive nor pending',
      'zmUserStatus n’est ni active, ni inactive, ni pending',
    );
  }
  if (kind.includes(' + ')) {
    return { en: `${first} though ${second} says otherwise`, fr: `${first} alors que ${second} dit le contraire` };
  }
  if (second === 'ZoomPSI') {
    return { en: 'no issue, yet licenses lacks ZoomPSI', fr: 'aucun écart, et pourtant licenses n’a pas ZoomPSI' };
  }
  const seen = first.replace(' = “”', '');
  return first === seen
    ? { en: `${first} without ${second}`, fr: `${first} sans ${second}` }
    : { en: `${seen} is empty without ${second}`, fr: `${seen} est vide sans ${second}` };
}

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | zmUserStatus=pending', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['zmUserStatus = pending − ZoomUserStatusPending'],
  },
  {
    given: {
      report: ['anna@example.org | Anna | ZoomUserNotFound | zmUserId=zm-1', 'bob@example.org | Bob | licenses='],
    },
    expect: 'found',
    subjects: ['ZoomUserNotFound + zmUserId', 'licenses − ZoomPSI'],
  },
  // consistent rows, and a row without licence, whose other columns are no evidence
  {
    given: {
      report: [
        'anna@example.org | Anna | ZoomUserNotFound',
        'bob@example.org | Bob | ZoomUserStatusPending',
        'eve@example.org | Eve | NoClZoomPsiLicense | zmUserStatus=pending',
      ],
    },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

import { describe, expect, it } from 'vitest';
import { lotsOf, sheetOf } from '../../src/analysis/user-sheet';
import { describeUsers, selectUsers, userSummary } from '../../src/analysis/users';
import type { Query } from '../../src/analysis/desk';
import type { View } from '../../src/analysis/view';
import { drawnView } from './drawn-view';

const report = [
  'zoe@example.org | Zoé Müller',
  'adam@example.org | Adam | ZoomSipPhoneNotFound',
  'Bea@example.org | Bea | NoClZoomPsiLicense ZoomUserNotFound',
  'carl@example.org | Carl | ZoomUserStatusPending ZoomSipPhoneNotFound',
  'dora@example.org | Dora | SomethingNew',
  'eve@example.org | Eve | zmSipPhoneNumber=2001 | zmSipPhoneMobileNumber=12001',
];
const names = (view: View, query: Query): string[] =>
  describeUsers(view, [...selectUsers(view, query)]).map(({ email }) => email.split('@')[0]!);

describe('selectUsers', () => {
  const { view } = drawnView({ report });

  it.each([
    ['', ['zoe', 'adam', 'Bea', 'carl', 'dora', 'eve']],
    ['issue:any', ['adam', 'Bea', 'carl', 'dora']],
    ['issue:none', ['zoe', 'eve']],
    ['issue:ZoomSipPhoneNotFound', ['adam', 'carl']],
    ['issue:unknown', ['dora']],
    // behind the missing licence nothing was checked
    ['issue:ZoomUserNotFound', []],
    ['issue:NoClZoomPsiLicense', ['Bea']],
    ['muller', ['zoe']],
    ['ADAM', ['adam']],
    ['number:2001', ['eve']],
    ['number=12001', ['eve']],
    ['number=200', []],
    ['email=BEA@example.org', ['Bea']],
    ['-issue:any -zoe', ['eve']],
    ['status:pending', ['carl']],
    ['nobody', []],
  ])('filters by %s', (filter, expected) => {
    expect(names(view, { filter })).toEqual(expected);
  });

  it('sorts by any column, numbers by value, empty cells last both ways', () => {
    const by = (column: string, descending = false): string[] =>
      names(view, { sort: { column, descending }, filter: 'issue:none' });
    expect(by('name')).toEqual(['eve', 'zoe']);
    expect(by('name', true)).toEqual(['zoe', 'eve']);
    const { view: numbers } = drawnView({
      report: [
        'a@example.org | A | zmSipPhoneNumber=10',
        'b@example.org | B | zmSipPhoneNumber=9',
        'c@example.org | C | zmSipPhoneNumber=',
      ],
    });
    expect(names(numbers, { sort: { column: 'desktop', descending: false } })).toEqual(['b', 'a', 'c']);
    expect(names(numbers, { sort: { column: 'desktop', descending: true } })).toEqual(['a', 'b', 'c']);
  });

  it('narrows to a pinned user or number', () => {
    expect(names(view, { focus: [{ kind: 'number', label: '2001', values: ['2001'] }] })).toEqual(['eve']);
    expect(names(view, { focus: [{ kind: 'user', label: 'Zoé', values: ['zoe@example.org'] }] })).toEqual(['zoe']);
  });

  it('shows the newest report only', () => {
    const { view: two } = drawnView({
      reports: {
        'report-2026-11-10.csv': ['old@example.org | Old'],
        'report-2026-11-12.csv': ['new@example.org | New'],
      },
    });
    expect(names(two, {})).toEqual(['new']);
    const { reports } = userSummary(two);
    expect(reports.map(({ artifact }) => two.evidence.artifacts[artifact]!.path)).toEqual([
      'report-2026-11-12.csv',
      'report-2026-11-10.csv',
    ]);
  });
});

describe('userSummary', () => {
  it('counts people by issue; a missing licence hides the rest of its row', () => {
    expect(userSummary(drawnView({ report }).view)).toMatchObject({
      total: 6,
      withIssues: 4,
      notChecked: 1,
      issues: [
        { code: 'ZoomSipPhoneNotFound', users: 2 },
        { code: 'NoClZoomPsiLicense', users: 1 },
        { code: 'SomethingNew', known: '', users: 1 },
        { code: 'ZoomUserStatusPending', users: 1 },
      ],
    });
  });
});

describe('describeUsers', () => {
  it('joins registrations, calls and events of the same person', () => {
    const { view } = drawnView({
      report,
      ladder: `
              zoom            mbg
        0.000 |--REGISTER-1-->|
        0.010 |<----401-1-----|
        0.020 |--REGISTER-2-->|
        0.030 |<----200-2-----|
        1.000 |--INVITE-1b--->|
        1.010 |<----486-1b----|
        1.020 |--ACK-1b------>|
        2.000 |--INVITE-1c--->|
        2.010 |<----503-1c----|
        2.020 |--ACK-1c------>|
      `,
      events: ['2026-11-12T08:00:00Z | User updated | admin@example.com | EVE@example.org | licence removed'],
    });
    const [eve] = describeUsers(view, [...selectUsers(view, { filter: 'eve@' })]);
    expect(eve).toMatchObject({ registration: { outcome: 'registered' }, calls: 2, failedCalls: 1, events: 1 });
    expect(names(view, { filter: 'registered:yes' })).toEqual(['eve']);
    expect(names(view, { filter: 'calls:failed' })).toEqual(['eve']);
    expect(names(view, { filter: 'calls>2' })).toEqual([]);
  });
});

describe('what leaves the view', () => {
  it('puts e-mails into lots of 50, each once', () => {
    const emails = Array.from({ length: 112 }, (_, n) => `user${n}@example.org`);
    const lots = lotsOf([...emails, 'user0@example.org', '']);
    expect(lots.map(({ number, first, emails: own }) => [number, first, own.length])).toEqual([
      [1, 1, 50],
      [2, 51, 50],
      [3, 101, 12],
    ]);
  });

  it('lets no cell become a formula in the form for spreadsheets', () => {
    const { view } = drawnView({ report: ['=cmd@example.org | ＝1+1 | zmSipPhoneNumber=+33155504142'] });
    const rows = describeUsers(view, [...selectUsers(view, {})]);
    const safe = sheetOf(rows, { for: 'spreadsheet', delimiter: ';' }).split('\r\n')[1]!.split(';');
    expect([safe[0], safe[1], safe[7]]).toEqual(["'=cmd@example.org", "'＝1+1", "'+33155504142"]);
    const raw = sheetOf(rows, { for: 'raw', delimiter: ',' }).split('\r\n')[1]!;
    expect(raw).toContain('=cmd@example.org,');
    expect(raw).toContain(',+33155504142,');
  });
});

import { describe, expect, it } from 'vitest';
import { merge } from '../../src/evidence/merge';
import { evaluate, type Context, type Finding, type Registered } from '../../src/rules/evaluate';
import { rule, type CannotTell, type Grounds, type Hit, type Rule } from '../../src/rules/rule';
import { groundsOf } from '../build/grounds';

const nothing = { en: '', fr: '' };
const met: Context = { provided: new Set(), met: new Set(['report']), missingFor: (need) => [`art.${need}`] };
const bare: Grounds = groundsOf([]);

/** `layer/id` of a rule that gives these verdicts. */
function make(name: string, verdicts: readonly (Partial<Hit> | CannotTell)[], more: Partial<Rule> = {}): Registered {
  const [layer = '', id = ''] = name.split('/');
  return {
    layer,
    rule: rule({
      id,
      rows: [`f.${id}`],
      severity: 'error',
      basis: 'diagnosis',
      confidence: 'certain',
      needs: [],
      find: () =>
        verdicts.map((verdict) =>
          'guards' in verdict || 'missing' in verdict
            ? (verdict as CannotTell)
            : { subject: '', at: [], values: {}, ...(verdict as Partial<Hit>) },
        ),
      title: nothing,
      seen: nothing,
      cause: nothing,
      causeIs: 'cause',
      steps: [],
      source: '',
      ...more,
    }),
  };
}
const explains = (row: string, when: NonNullable<Rule['explains']>[number]['when']): Partial<Rule> => ({
  explains: [{ row: `f.${row}`, when }],
});
const run = (rules: readonly Registered[], grounds = bare): Finding[] => evaluate(rules, grounds, met);
/** `id` of a root, `id < root` of a consequence, in report order. */
const folded = (findings: readonly Finding[]): string[] =>
  findings.map((finding) =>
    finding.under === undefined ? finding.rule : `${finding.rule} < ${findings[finding.under]!.rule}`,
  );

describe('outcome', () => {
  it('is found, with what the hit says over what the rule says', () => {
    const [finding] = run([make('sip/a', [{ subject: 'x', severity: 'note', confidence: 'hint', values: { n: 1 } }])]);
    expect(finding).toMatchObject({
      key: 'a|x',
      outcome: 'found',
      severity: 'note',
      confidence: 'hint',
      values: { n: 1 },
    });
  });
  it('is clear where a rule ran and saw nothing', () => {
    expect(run([make('sip/a', [])])).toMatchObject([{ rule: 'a', outcome: 'clear', subject: '' }]);
  });
  it('is not evaluated where a need is unmet, and names what to collect', () => {
    const [finding] = run([make('sip/a', [{ subject: 'x' }], { needs: ['report', 'signalling', 'events'] })]);
    expect(finding).toMatchObject({ outcome: 'not-evaluated', missing: ['art.signalling', 'art.events'] });
  });
  it('takes any of an inner list', () => {
    expect(run([make('sip/a', [], { needs: [['events', 'report']] })])[0]?.outcome).toBe('clear');
  });
  it('is not evaluated where a fact is unknown', () => {
    const open = make('sip/a', [], { facts: ['adminEmail'] });
    expect(run([open])[0]).toMatchObject({ outcome: 'not-evaluated', missing: ['adminEmail'] });
    expect(run([open], groundsOf([], { adminEmail: 'a@b.c' }))[0]?.outcome).toBe('clear');
  });
  it('tells in one row for whom guards failed, beside what was found', () => {
    const findings = run([
      make('sip/a', [
        { subject: 'x' },
        { subject: 'y', guards: ['G2'] },
        { subject: 'z', guards: ['G1', 'G2'], missing: ['art.ntp'] },
      ]),
    ]);
    expect(findings.map(({ outcome }) => outcome)).toEqual(['found', 'not-evaluated']);
    expect(findings[1]).toMatchObject({ guards: ['G2', 'G1'], missing: ['art.ntp'], also: ['y', 'z'] });
  });
  it('is not applicable where the known system excludes it; an unknown one excludes nothing', () => {
    const only = make('sip/a', [{ subject: 'x' }], { pbx: ['mivb'] });
    expect(run([only])[0]?.outcome).toBe('found');
    expect(run([only], groundsOf([], { pbx: 'mivb' }))[0]?.outcome).toBe('found');
    expect(run([only], groundsOf([], { pbx: 'osv' }))[0]?.outcome).toBe('not-applicable');
    const push = make('sip/b', [], { trouble: ['push'] });
    expect(run([push], groundsOf([], { trouble: 'call' }))[0]?.outcome).toBe('not-applicable');
  });
});

describe('an assumed clock', () => {
  it('drops one severity and says so', () => {
    const severities = (['blocker', 'error', 'warning', 'note'] as const).map(
      (severity) => run([make('sip/a', [{ severity, clockAssumed: true }])])[0]!,
    );
    expect(severities.map(({ severity }) => severity)).toEqual(['error', 'warning', 'note', 'note']);
    expect(severities.every(({ clockAssumed }) => clockAssumed)).toBe(true);
  });
});

describe('folding', () => {
  const cause = (hit: Partial<Hit>, when: Parameters<typeof explains>[1]) =>
    make('time/cause', [hit], explains('effect', when));
  const effect = (hit: Partial<Hit>) => make('sip/effect', [hit]);
  it.each([
    ['always', {}, {}, true],
    ['same-subject', { subject: 'anna' }, { subject: 'anna' }, true],
    ['same-subject', { subject: 'anna', also: ['2001'] }, { subject: 'call', also: ['2001'] }, true],
    ['same-subject', { subject: 'anna' }, { subject: 'bob' }, false],
    ['same-subject', { subject: '' }, { subject: '' }, false],
    ['same-hosts', { hosts: ['a', 'b', 'c'] }, { hosts: ['a', 'b'] }, true],
    ['same-hosts', { hosts: ['a', 'b'] }, { hosts: ['a', 'c'] }, false],
    ['same-hosts', { hosts: ['a'] }, { hosts: [] }, false],
    ['overlapping-time', { from: 1, to: 5 }, { from: 5, to: 9 }, true],
    ['overlapping-time', { from: 1, to: 4 }, { from: 5, to: 9 }, false],
    ['overlapping-time', {}, { from: 5, to: 9 }, false],
  ] as const)('%s: %j explains %j is %s', (when, one, other, holds) => {
    expect(folded(run([cause(one, when), effect(other)]))).toEqual(
      holds ? ['cause', 'effect < cause'] : ['cause', 'effect'],
    );
  });
  it('follows a chain to its root', () => {
    const rules = [
      make('time/a', [{}], explains('b', 'always')),
      make('sip/b', [{}], explains('c', 'always')),
      make('csta/c', [{}]),
    ];
    expect(folded(run(rules))).toEqual(['a', 'b < a', 'c < a']);
  });
  it('loses nothing in a ring', () => {
    const ring = ['a', 'b', 'c'].map((id, n) => make(`sip/${id}`, [{}], explains(['b', 'c', 'a'][n]!, 'always')));
    const findings = run([...ring, make('sip/z', [{}])]);
    expect(findings.map(({ rule: id }) => id).sort()).toEqual(['a', 'b', 'c', 'z']);
    expect(findings.some(({ rule: id, under }) => id !== 'z' && under === undefined)).toBe(true);
    expect(findings.every(({ under }) => under === undefined || findings[under]!.under === undefined)).toBe(true);
  });
  it('shows a consequence beneath its root, however severe', () => {
    const rules = [
      make('time/root', [{ severity: 'note' }], explains('loud', 'always')),
      make('sip/loud', [{ severity: 'blocker' }]),
      make('sip/other', [{ severity: 'error' }]),
    ];
    expect(folded(run(rules))).toEqual(['other', 'root', 'loud < root']);
  });
});

describe('order', () => {
  it('is severity, then the layer nearer to the ground, then rule and subject; the rest by outcome', () => {
    const rules = [
      make('cross/f', [{ subject: 'x' }]),
      make('sip/e', [{ subject: 'b' }, { subject: 'a' }]),
      make('time/d', [{ severity: 'note' }]),
      make('capture/c', []),
      make('report/b', [{ severity: 'blocker' }]),
      make('daemon/a', [], { needs: ['signalling'] }),
    ];
    const shown = run(rules).map(({ rule: id, subject, outcome }) => `${id}|${subject} ${outcome}`);
    expect(shown).toEqual([
      'b| found',
      'e|a found',
      'e|b found',
      'f|x found',
      'd| found',
      'a| not-evaluated',
      'c| clear',
    ]);
    expect(run([...rules].reverse())).toEqual(run(rules));
  });
});

it('runs on no evidence at all', () => {
  expect(merge([]).messages.length).toBe(0);
  expect(run([])).toEqual([]);
});

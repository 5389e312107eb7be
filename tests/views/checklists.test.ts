import { describe, expect, it } from 'vitest';
import { checklists, stepOf } from '../../src/checklists';
import type { ChecklistStep, Slot } from '../../src/checklists/checklist';
import type { Finding } from '../../src/rules/evaluate';
import { say } from '../../src/text/text';
import { checklistMarkdown } from '../../src/views/Checklists/markdown';
import { citations, detailsOf, glossFor, menuPath } from '../../src/views/Checklists/places';
import { proxyParts, slotValues } from '../../src/views/Checklists/slots';
import {
  answered,
  fits,
  lastWho,
  passes,
  progressOf,
  settledOf,
  standingOf,
  standingsOf,
} from '../../src/views/Checklists/standing';

const finding = (rule: string, outcome: Finding['outcome'], missing: readonly string[] = []): Finding => ({
  key: `${rule}|`,
  rule,
  rows: [],
  outcome,
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  subject: '',
  also: [],
  hosts: [],
  at: [],
  count: 0,
  values: {},
  missing,
  guards: [],
  clockAssumed: false,
});
const step = (change: Partial<ChecklistStep> = {}): ChecklistStep => ({
  id: 'x',
  phase: 'check',
  system: 'zoom',
  ask: { en: 'Look', fr: 'Regarder' },
  source: 'EN 6.3.4',
  settledBy: ['a', 'b'],
  ...change,
});

describe('a step that evidence answers', () => {
  it('fails where one rule found something, and names the findings', () => {
    const findings = [finding('other', 'found'), finding('a', 'found'), finding('b', 'not-evaluated', ['art.ucr'])];
    expect(settledOf(step(), findings)).toMatchObject({ verdict: 'fail', found: [1], missing: [] });
  });
  it('passes only where all rules ran to their end', () => {
    expect(settledOf(step(), [finding('a', 'clear'), finding('b', 'clear')])?.verdict).toBe('pass');
    expect(settledOf(step(), [finding('a', 'clear'), finding('b', 'not-evaluated', ['art.ucr'])])).toMatchObject({
      verdict: 'not-evaluated',
      found: [],
      missing: ['art.ucr'],
    });
  });
  it('takes a rule by the row that it implements, and one subject of it', () => {
    const own = (change: Partial<Finding>): Finding => ({
      ...finding('trace', 'found'),
      rows: ['f.proc.trace_on'],
      ...change,
    });
    const left = [own({ key: 'trace|CCS TRACE', subject: 'CCS TRACE' })];
    expect(settledOf(step({ settledBy: ['f.proc.trace_on'] }), left)?.verdict).toBe('fail');
    expect(settledOf(step({ settledBy: ['trace|CCS TRACE'] }), left)?.verdict).toBe('fail');
    expect(settledOf(step({ settledBy: ['trace|SIP TCPDUMP'] }), left)).toBeUndefined();
    expect(settledOf(step({ settledBy: ['trace|SIP TCPDUMP'] }), [own({ outcome: 'clear' })])?.verdict).toBe('pass');
  });
  it('is done where the piece to collect is loaded, or what is asked is said; a fault still counts more', () => {
    const collect = step({ phase: 'collect', settledBy: ['a'], yields: ['art.ucr'] });
    const given = { provided: ['art.ucr'], facts: {} };
    expect(settledOf(collect, [], given)).toMatchObject({ verdict: 'pass', there: ['art.ucr'] });
    expect(settledOf(collect, [finding('a', 'found')], given)?.verdict).toBe('fail');
    expect(settledOf(collect, [finding('a', 'clear')], { ...given, provided: [] })).toBeUndefined();
    const { settledBy: _, ...asked } = step({ phase: 'collect', facts: ['users'] });
    const users = { value: ['a@example.org'], origin: 'declared' as const };
    expect(settledOf(asked, [], { provided: [], facts: { users } })).toMatchObject({
      verdict: 'pass',
      there: ['users'],
    });
    expect(settledOf(asked, [])).toBeUndefined();
  });
  it('stays open without evidence and where no rule applies', () => {
    expect(standingOf(step(), [], undefined)).toMatchObject({ state: 'open', by: 'nobody' });
    expect(standingOf(step(), [finding('a', 'not-applicable')], undefined).state).toBe('open');
  });
});

describe('a person and the evidence', () => {
  const fails = [finding('a', 'found')];
  it('keeps the answer of the person and says that they disagree', () => {
    expect(standingOf(step(), fails, { state: 'pass' })).toMatchObject({ state: 'pass', by: 'both', disagree: true });
    expect(standingOf(step(), [finding('a', 'clear')], { state: 'fail' })).toMatchObject({ disagree: true });
  });
  it('says so where they agree, and nothing where the evidence is silent', () => {
    expect(standingOf(step(), fails, { state: 'fail' })).toMatchObject({ by: 'both', disagree: false });
    expect(standingOf(step(), [], { state: 'pass' })).toMatchObject({ by: 'hand', disagree: false });
  });
  it('asks again when the evidence turns after an answer was kept against it', () => {
    expect(standingOf(step(), fails, { state: 'pass', kept: 'fail' }).kept).toBe(true);
    expect(standingOf(step(), [finding('a', 'clear')], { state: 'fail', kept: 'fail' }).kept).toBe(false);
  });
  it('lets the evidence speak where only a note was written', () => {
    expect(standingOf(step(), fails, { state: 'open', note: 'seen' })).toMatchObject({ state: 'fail', by: 'evidence' });
  });
});

it('counts what asks for an answer, not what only tells', () => {
  const list = {
    id: 'l',
    title: { en: 'L', fr: 'L' },
    form: 'phases' as const,
    steps: [
      step(),
      step({ id: 'y', settledBy: ['b'] }),
      step({ id: 'z', phase: 'note', settledBy: undefined }),
    ] as ChecklistStep[],
  };
  const standings = standingsOf(list, [finding('a', 'found')], { y: { state: 'not-relevant' } });
  expect(progressOf(standings)).toEqual({ total: 2, passed: 1, failed: 1, byEvidence: 1, notEvaluated: 0 });
  expect([...standings.values()].filter((one) => passes('failed', one))).toHaveLength(1);
  expect([...standings.values()].filter((one) => passes('open', one))).toHaveLength(0);
});

it('is not misled by step ids that objects know', () => {
  const list = { id: 'l', title: { en: 'L', fr: 'L' }, form: 'phases' as const, steps: [step({ id: 'constructor' })] };
  expect(standingsOf(list, [], {}).get('constructor')?.state).toBe('open');
});

describe('answers', () => {
  it('go when they say nothing any more, and stay with a note', () => {
    const before = { x: { state: 'pass' as const, who: 'L. Moreau', when: 5 } };
    expect(answered(before, 'x', { state: 'open', when: undefined })).toEqual({});
    expect(answered(before, 'x', { note: 'green' })).toEqual({
      x: { state: 'pass', who: 'L. Moreau', when: 5, note: 'green' },
    });
  });
  it('take the name of who answered last', () => {
    expect(lastWho({ a: { state: 'pass', who: 'A', when: 9 }, b: { state: 'pass', who: 'B', when: 3 } })).toBe('A');
    expect(lastWho({})).toBe('');
  });
});

it('puts the lists of the known systems first', () => {
  const known = checklists.filter((list) => fits(list, 'mivb', 'mbg')).map(({ id }) => id);
  expect(known.sort()).toEqual(['cloudlink', 'general', 'mbg', 'mivb', 'zoom']);
  const always = checklists.filter((list) => fits(list, undefined, undefined)).map(({ id }) => id);
  expect(always.sort()).toEqual(['cloudlink', 'general', 'zoom']);
});

describe('slots', () => {
  const host: Slot = { name: 'proxy', label: { en: 'Host', fr: 'Hôte' }, kind: 'host', fact: 'proxyHost' };
  const facts = { proxy: { value: 'http://joe:secret@proxy.example:3128/', origin: 'evidence' as const } };
  it.each([
    ['http://joe:secret@proxy.example:3128/x', 'proxy.example', '3128'],
    ['proxy.example', 'proxy.example', ''],
    ['[2001:db8::1]:8080', '[2001:db8::1]', '8080'],
  ])('split %s', (proxy, name, port) => expect(proxyParts(proxy)).toEqual({ host: name, port }));
  it('are filled from the case until a person types', () => {
    expect(slotValues([host], {}, facts)['proxy']).toEqual({ value: 'proxy.example', known: true, fits: true });
    expect(slotValues([host], { proxy: '; rm -rf /' }, facts)['proxy']).toEqual({
      value: '; rm -rf /',
      known: false,
      fits: false,
    });
  });
  it('take nothing from the case that would not fit a command', () => {
    const hostile = { proxy: { value: 'http://$(reboot):1', origin: 'evidence' as const } };
    expect(slotValues([host], {}, hostile)['proxy']).toEqual({ value: '', known: false, fits: false });
  });
});

describe('places', () => {
  it('shows menu paths as parts, and folders as printed', () => {
    expect(menuPath('Diagnostics & Logs\\Settings')).toBe('Diagnostics & Logs › Settings');
    expect(menuPath('root\\vmail')).toBe('root\\vmail');
  });
  it('translates only what the reader’s language does not say already', () => {
    const where = { path: 'Security', printed: 'en' as const, gloss: 'Sécurité' };
    expect([glossFor(where, 'fr'), glossFor(where, 'en')]).toEqual(['Sécurité', undefined]);
  });
  it('cites sections with their titles and leaves out ids of slips', () => {
    expect(citations('EN 6.3.4, inc.en.16')).toEqual([{ guide: 'EN', section: '6.3.4', title: 'System time' }]);
  });
  it('finds the steps behind each task of the deployment list where the guides have some', () => {
    const list = checklists.find(({ form }) => form === 'tasks')!;
    expect(list.steps.filter((task) => detailsOf(task).length > 0).length).toBeGreaterThan(6);
  });
});

describe('Markdown', () => {
  const { list } = stepOf('osv.chk.05')!;
  const markdown = (locale: string): string =>
    checklistMarkdown({
      list,
      standings: standingsOf(list, [finding('ntp-unsynchronised', 'found')], {
        'osv.chk.03': { state: 'pass', who: 'L. Moreau', when: Date.UTC(2026, 10, 12, 9), note: 'password=hunter22' },
      }),
      slots: { proxy: 'proxy.example', port: '3128' },
      facts: {},
      title: 'Aster',
      locale,
      zone: 'UTC',
      t: (template, values) => say(template, locale, values),
    });
  it('holds every step with its state, the working command and no secret', () => {
    const page = markdown('en');
    expect(page.match(/^- /gm)).toHaveLength(list.steps.length);
    expect(page).toContain('- [x] **Passed** – ');
    expect(page).toContain('(L. Moreau, 12 Nov 2026, 09:00:00)');
    expect(page).toContain('curl -v --proxy http://proxy.example:3128 https://download.mitel.io/');
    expect(page).toContain('- [ ] **Failed** – ');
    expect(page).not.toContain('hunter22');
  });
  it('speaks the language that is asked for', () => {
    expect(markdown('fr')).toContain('# Liste de contrôle\u00a0: OpenScape Voice');
  });
});

import { describe, expect, it } from 'vitest';
import type { CallRow, CaseState, Desk, LineRow } from '../../src/analysis/desk';
import { caseForms, missingFields } from '../../src/checklists/case-forms';
import type { Finding } from '../../src/rules/evaluate';
import { emptyCase } from '../../src/state/workspace.svelte';
import { say, show } from '../../src/text/text';
import { partyOf, prefill, type Prefilled } from '../../src/views/Case/prefill';
import { htmlCase, markdownCase, plainCase } from '../../src/views/Case/render';
import { valueOf, valuesOf } from '../../src/views/Case/values';

const psi = caseForms.find(({ id }) => id === 'psi')!;
const phone = caseForms.find(({ id }) => id === 'zf.phone')!;
const found = (subject: string, at: Finding['at'] = []): Finding => ({
  key: `zoom-user-missing|${subject}`,
  rule: 'zoom-user-missing',
  rows: [],
  outcome: 'found',
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  subject,
  also: [],
  hosts: [],
  at,
  count: 1,
  values: { count: 1, users: subject, list: subject },
  missing: [],
  guards: [],
  clockAssumed: false,
});
const call = (change: Partial<CallRow>): CallRow => ({
  row: 0,
  callIds: ['a@b'],
  from: 'sip:4155@pbx',
  to: 'sip:4169@pbx',
  start: Date.UTC(2026, 10, 12, 8, 41) * 1000,
  outcome: 'rejected',
  finalStatus: 403,
  setup: NaN,
  disconnect: NaN,
  duration: NaN,
  legs: 1,
  messages: 2,
  findings: [],
  hosts: [],
  ...change,
});

function gathered(
  change: Partial<CaseState>,
  calls: readonly CallRow[] = [],
  lines: readonly string[] = [],
): Promise<Prefilled> {
  const state = { ...emptyCase, counts: { ...emptyCase.counts, calls: calls.length, lines: lines.length }, ...change };
  const desk = {
    calls: () => Promise.resolve(Uint32Array.from(calls.keys())),
    callRows: (rows: readonly number[]) => Promise.resolve(rows.map((row) => calls[row])),
    lines: () => Promise.resolve(Uint32Array.from(lines.keys())),
    lineRows: (rows: readonly number[]) => Promise.resolve(rows.map((row) => ({ text: lines[row] }) as LineRow)),
  } as unknown as Desk;
  return prefill({
    state,
    locale: 'en',
    voice: { t: (template, values) => say(template, 'en', values), format: (value) => show(value, 'en') },
    ask: (question) => question(desk),
    describe: () => Promise.resolve({ where: 'cld.log:7', time: NaN, text: 'level=ERROR password=hunter22' }),
  });
}

describe('what the evidence gives', () => {
  it('names each person once, whatever the spelling', async () => {
    const { users, userCount } = await gathered({
      findings: [found('Nora@aster.example'), found('nora@aster.example'), found('4155')],
    });
    expect([users, userCount]).toEqual(['Nora@aster.example', '1']);
  });
  it('takes declared facts before what findings name', async () => {
    const known = { value: ['paula@aster.example'], origin: 'declared' as const };
    expect((await gathered({ facts: { users: known }, findings: [found('a@b.example')] })).users).toBe(
      'paula@aster.example',
    );
  });
  it('gives the incident with its zone', async () => {
    const value = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };
    const got = await gathered({ facts: { incident: { value, origin: 'declared' } } });
    expect(got.incident).toBe('12 Nov 2026, 09:30–10:15 Europe/Paris (UTC+01:00)');
    expect(got.incidentTime).toBe('09:30–10:15 Europe/Paris (UTC+01:00)');
  });
  it('takes numbers, status and Call-ID of a call that went wrong, not of one that was answered', async () => {
    const got = await gathered({}, [call({ outcome: 'answered', from: 'sip:1@x', callIds: ['ok'] }), call({})]);
    expect([got.callingNumber, got.calledNumber]).toEqual(['4155', '4169']);
    expect(got.errors).toBe('12 Nov 2026, 08:41:00 (UTC), 4155 → 4169: 403, Call-ID a@b');
  });
  it('quotes the errors masked', async () => {
    const { errors } = await gathered({ findings: [found('x', [{ artifact: 0, offset: 0, length: 1 }])] });
    expect(errors).toBe('cld.log:7: level=ERROR password=***');
  });
  it('finds the tracking id that Zoom answered with', async () => {
    const got = await gathered({}, [], ['resp headers={"x-zm-trackingid":"v=2.0;x"}', 'x-zm-trackingid: WEB_1234abcd']);
    expect(got.trackingId).toBe('WEB_1234abcd');
  });
  it('lists steps that were done', async () => {
    const answers = { 'osv.chk.05': { state: 'fail' as const, note: 'off by 7 s' }, gone: { state: 'done' as const } };
    const { stepsDone } = await gathered({ notes: { ...emptyCase.notes, answers } });
    expect(stepsDone).toMatch(/^Failed: .+ – off by 7 s$/);
  });
  it('says nothing without evidence', async () => expect(await gathered({})).toEqual({}));
});

it.each([
  ['"Nora" <sip:4155@pbx;user=phone>', '4155'],
  ['sips:nora@pbx', 'nora'],
  ['tel:+33123', '+33123'],
  ['4155', '4155'],
])('reads the party of %s', (address, party) => expect(partyOf(address)).toBe(party));

describe('values of a form', () => {
  const users = phone.fields.find(({ prefill: from }) => from === 'users')!;
  it('are the evidence’s until a person types, and can be emptied by hand', () => {
    const given = { users: 'nora@aster.example' };
    expect(valueOf(phone, users, {}, given)).toMatchObject({ value: 'nora@aster.example', from: 'evidence' });
    expect(valueOf(phone, users, { 'zf.phone.user': '' }, given)).toMatchObject({ value: '', from: 'hand' });
  });
  it('share the account number among the forms', () => {
    const typed = { 'subject.accountNumber': '123' };
    expect(caseForms.map((form) => valuesOf(form, typed, {})['accountNumber'])).toEqual(caseForms.map(() => '123'));
  });
  it('show what is missing', () => {
    const missing = missingFields(psi, valuesOf(psi, {}, { users: 'a', accountNumber: '12x' })).map(
      ({ field }) => field.id,
    );
    expect(missing).toContain('accountNumber');
    expect(missing).not.toContain('psi.data.01');
  });
});

describe('a filled form', () => {
  const values = {
    accountNumber: '123456789',
    summary: 'No ring',
    'psi.data.01': 'nora@aster.example\n<b>paula</b>',
    'psi.data.06': 'Authorization: Bearer abcdefghijklmnop *x*',
  };
  it('has the subject line first and no secret in any form', () => {
    for (const form of [plainCase, markdownCase, htmlCase]) {
      const page = form(psi, values, 'en');
      expect(page.split('\n')[0]).toContain('Account 123456789 / Zoom PSI / No ring');
      expect(page).not.toContain('abcdefghijklmnop');
    }
  });
  it('takes foreign text as text', () => {
    expect(htmlCase(psi, values, 'en')).toContain('<li>&lt;b&gt;paula&lt;/b&gt;</li>');
    expect(markdownCase(psi, values, 'en')).toContain('- \\<b\\>paula\\</b\\>');
  });
  it('leaves conditional fields out where they are empty and shows the others as open', () => {
    expect(plainCase(psi, values, 'fr')).not.toContain('Capture de paquets');
    expect(markdownCase(psi, values, 'fr')).toContain('**Est-ce reproductible\u202f?**\n\n…');
  });
});

import { describe, expect, it } from 'vitest';
import type { Pbx, Trouble } from '../../src/facts/facts';
import { noNotes } from '../../src/session/no-notes';
import { collectList, type Known } from '../../src/views/Start/collect';
import { requestOf } from '../../src/views/Start/request';
import { pbxNames, troubleNames } from '../../src/text/ui/facts';

const notes: Known['notes'] = { ...noNotes, slots: { proxy: 'proxy.customer.example', port: '3128' } };
const artifact = (provides: readonly string[], parent = -1, excluded = false) =>
  ({ provides, parent, excluded }) as unknown as Known['artifacts'][number];
const known = (change: Partial<Known> = {}): Known => ({
  artifacts: [],
  provided: [],
  facts: {},
  findings: [],
  notes,
  ...change,
});
const declared = <Value>(value: Value) => ({ value, origin: 'declared' as const });
const thereOf = (pbx: Pbx, trouble: Trouble, given: Known): string[] =>
  collectList(pbx, trouble, given).rows.flatMap(({ id, there, times }) => (there >= times ? [id] : []));

describe('what is there already', () => {
  it('is nothing at first, whatever the system and the trouble', () => {
    for (const pbx of Object.keys(pbxNames) as Pbx[]) {
      for (const trouble of Object.keys(troubleNames) as Trouble[]) expect(thereOf(pbx, trouble, known())).toEqual([]);
    }
  });

  it('is counted by whole files: an archive and its members are one, an excluded file is none', () => {
    const two = [artifact(['art.ucr']), artifact(['art.ucr'], -1, true), artifact(['art.clgw.logs'])];
    const given = known({ artifacts: [...two, artifact(['art.clgw.logs'], 2)] });
    expect(thereOf('mivb', 'call', given)).toEqual(['art.clgw.logs', 'art.ucr']);
    // provisioning wants a report before and one after
    expect(thereOf('mivb', 'provisioning', given)).toEqual(['art.clgw.logs']);
    const rows = collectList('mivb', 'provisioning', given).rows;
    expect(rows.find(({ id }) => id === 'art.ucr')).toMatchObject({ there: 1, times: 2 });
  });

  it('is what a person typed, answered or wrote into the case', () => {
    const given = known({
      facts: {
        status: declared({ integration: 'Connected', oauth: 'Authorized' }),
        versions: declared({ zoom: '6.6.0' }),
        users: declared(['a@example.org']),
      },
      notes: { ...notes, answers: { 'mivb.clgw.02': { state: 'done' } }, fields: { 'psi.psi.data.04': 'Yes' } },
    });
    expect(thereOf('mivb', 'connectivity', given)).toEqual(['art.status', 'art.versions', 'mivb.clgw.02']);
    const notesRow = collectList('mivb', 'connectivity', given).rows.at(-1)!;
    expect(notesRow.steps.filter(({ there }) => there).map(({ step }) => step.id)).toEqual([
      'psi.data.01',
      'psi.data.04',
    ]);
    expect(thereOf('mivb', 'call', known({ facts: { status: declared({ sync: 'ok' }) } }))).toEqual([]);
  });
});

describe('the request to the customer', () => {
  const request = (pbx: Pbx, trouble: Trouble, given: Known, onlyMissing = true) => ({
    list: collectList(pbx, trouble, given),
    pbx: pbxNames[pbx],
    trouble: troubleNames[trouble],
    onlyMissing,
  });

  it('holds no value of this case: the customer fills the command in', () => {
    const text = requestOf(request('osv', 'connectivity', known()), 'text', ['en']);
    expect(text).toContain('curl -v --proxy http://‹Proxy host›:‹Proxy port› https://download.mitel.io/');
    expect(text).not.toMatch(/customer\.example|\{proxy\}|https:\/\/ /);
    expect(text).toContain('cld-getlogs');
  });

  it('leaves out what is there, or marks it', () => {
    const given = known({ artifacts: [artifact(['art.ucr'])] });
    expect(requestOf(request('mivb', 'call', given), 'text', ['en'])).not.toContain('Generate');
    const whole = requestOf(request('mivb', 'call', given, false), 'text', ['en']);
    expect(whole).toMatch(/comparison report[^\n]*: already there/i);
  });

  it('speaks French, with paths as printed and our gloss', () => {
    const text = requestOf(request('mivb', 'call', known()), 'text', ['fr']);
    expect(text).toContain('Maintenance and Diagnostics → Maintenance commands');
    expect(text).toContain('notre traduction\u00a0: Maintenance et diagnostics → Commandes de maintenance');
    expect(text).toContain('sip registrar all');
  });

  it('is an e-mail with a subject, Markdown with code, and both languages in one', () => {
    const given = request('os4k', 'noncall', known());
    const mail = requestOf(given, 'mail', ['en', 'fr']);
    expect(mail).toMatch(/^Subject: Zoom on OpenScape 4000[^\n]* \/ Objet\u00a0: /);
    expect(mail.indexOf('Hello,')).toBeLessThan(mail.indexOf('Bonjour,'));
    const markdown = requestOf(given, 'markdown', ['en']);
    expect(markdown).toMatch(/^# What to collect: OpenScape 4000/);
    expect(markdown).toContain('`Expert Mode > Permanent Logging > CSTA Tab`');
    for (const form of ['text', 'mail'] as const) expect(requestOf(given, form, ['en'])).not.toContain('`');
  });

  it('says where the guides name nothing particular', () => {
    expect(requestOf(request('mivb', 'noncall', known()), 'text', ['en'])).toContain(
      'The guides name nothing particular',
    );
  });
});

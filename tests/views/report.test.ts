import { expect, it } from 'vitest';
import type { CaseState } from '../../src/analysis/desk';
import type { Finding } from '../../src/rules/evaluate';
import { emptyCase } from '../../src/state/workspace.svelte';
import { say, show } from '../../src/text/text';
import { arrange } from '../../src/views/Overview/model';
import { escape, html } from '../../src/views/Share/html';
import { htmlReport } from '../../src/views/Share/report';

const hostile = `"><img src=x onerror=alert(1)></title><script>alert(2)</script>`;
const finding = (change: Partial<Finding>): Finding => ({
  key: 'cloudlink-user-missing|x',
  rule: 'cloudlink-user-missing',
  rows: [],
  outcome: 'found',
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  subject: hostile,
  also: [],
  hosts: [],
  at: [{ artifact: 0, offset: 0, length: 5 }],
  count: 1,
  values: { count: 2, users: hostile },
  missing: [],
  guards: [],
  clockAssumed: false,
  ...change,
});

function report(locale: string, change: Partial<CaseState> = {}): Promise<string> {
  const state: CaseState = {
    ...emptyCase,
    sources: [{ sha256: 'abc', name: hostile, bytes: 5 }],
    findings: [finding({}), finding({ rule: 'zoom-user-missing', outcome: 'not-evaluated', missing: ['art.ucr'] })],
    ...change,
  };
  const { roots, groups } = arrange(state, 'root');
  return htmlReport({
    title: hostile,
    state,
    roots,
    groups,
    locale,
    now: Date.UTC(2026, 10, 12),
    voice: { t: (template, values) => say(template, locale, values), format: (value) => show(value, locale) },
    describe: () =>
      Promise.resolve({
        where: hostile,
        time: NaN,
        text: `${hostile} password=hunter22 Authorization: Bearer abcdefghijklmnop`,
      }),
  });
}

it('shows foreign text as text, whatever it looks like', async () => {
  const page = await report('en');
  expect(page).not.toMatch(/<img|<script/);
  expect(page.match(/<h3>/g)).toHaveLength(1);
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

it('forbids itself every request and script', async () => {
  const page = await report('en');
  expect(page).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;');
  expect(page).not.toContain('http://');
  expect(page).not.toContain('https://');
});

it('masks secrets of the evidence', async () => {
  const page = await report('en');
  expect(page).not.toContain('hunter22');
  expect(page).not.toContain('abcdefghijklmnop');
});

it('speaks the language that was asked for', async () => {
  const page = await report('fr');
  expect(page).toContain('<html lang="fr">');
  expect(page).toContain('Utilisateur absent de CloudLink');
  expect(page).toContain('Non évalué');
  expect(page).not.toContain('Not evaluated');
});

it('says how a finding was marked, and by which words', async () => {
  const notes = {
    ...emptyCase.notes,
    findings: { 'cloudlink-user-missing|x': { state: 'handled' as const, note: '<b>done</b>' } },
  };
  const page = await report('en', { notes });
  expect(page).toContain('handled');
  expect(page).toContain('&lt;b&gt;done&lt;/b&gt;');
});

it('makes markup of templates only', () => {
  const items = ['<b>', "'"].map((text) => html`<i>${text}</i>`);
  expect(html`<p>${'"&'}${items}${3}</p>`.markup).toBe('<p>&quot;&amp;<i>&lt;b&gt;</i><i>&#39;</i>3</p>');
  expect(escape('a\u202eb\u0000')).toBe('a\ufffdb\ufffd');
});

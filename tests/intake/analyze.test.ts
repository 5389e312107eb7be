import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../tools/analyze/main';
import { createDesk } from '../../src/analysis/create-desk';
import { intake } from '../../src/intake/run';
import { ruleWants, rules } from '../../src/rules';
import { noNotes } from '../../src/session/no-notes';
import { gzip } from '../build/gzip';
import { tar } from '../build/tar';
import { xz } from '../build/xz';

interface Result {
  format: string;
  version: number;
  facts: Record<string, { value: unknown; origin: string }>;
  sources: { name: string; alias?: string[] }[];
  artifacts: {
    path: string;
    kind: string;
    provides: string[];
    zone?: string;
    first?: string;
    sha256?: string;
    problems: number;
  }[];
  findings: { rule: string; rows: string[]; outcome: string; subject: string; missing: string[] }[];
  problems: { artifact: string; code: string }[];
  users: { rows: number; withIssues: number; notChecked: number; issues: Record<string, number> };
  timing?: unknown;
}

const folder = mkdtempSync(join(tmpdir(), 'analyze-'));
const at = (name: string): string => join(folder, name);
const report = [
  'email,name,clUserId,licenses,zmUserId,zmUserStatus,zmSipPhoneId,zmSipPhoneNumber,zmSipPhoneMobileId,zmSipPhoneMobileNumber,issues',
  'a@example.com,A,1,"[""ZoomPSI""]",z1,active,p1,1001,m1,2001,',
  'b@example.com,B,2,,,,,,,,NoClZoomPsiLicense',
].join('\r\n');
const log = '2026-05-04 08:00:00 first\n2026-05-04 08:00:01 second\n'.repeat(20);

beforeAll(() => {
  mkdirSync(at('more/deep'), { recursive: true });
  writeFileSync(
    at('bundle.tar.xz'),
    xz(
      tar([
        { name: 'var/log/app.log.1.gz', bytes: gzip(log) },
        { name: 'readme', bytes: 'hello' },
      ]),
    ),
  );
  writeFileSync(at('report.csv'), report);
  writeFileSync(at('more/deep/report again.csv'), report);
  writeFileSync(at('facts.json'), JSON.stringify({ pbx: 'mivb', zones: { 'bundle.tar.xz': 'Europe/Paris' } }));
  writeFileSync(at('wrong.json'), JSON.stringify({ pbx: 'asterisk' }));
  writeFileSync(
    at('opaque.bin'),
    new Uint8Array(500).map((_, n) => (n * 151) % 256),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function analyze(...argv: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await main(argv, (more) => (text += more));
  return { code, text };
}
async function json(...argv: string[]): Promise<Result> {
  const { text } = await analyze('--json', ...argv);
  const { timing, ...result } = JSON.parse(text) as Result;
  expect(timing).toBeTypeOf('object');
  return result as Result;
}

it('prints the contract’s JSON, the same in any order of files', async () => {
  const files = [at('bundle.tar.xz'), at('report.csv'), at('more')];
  const result = await json('--digest', '--facts', at('facts.json'), ...files);
  expect(await json('--digest', '--facts', at('facts.json'), ...files.reverse())).toEqual(result);
  expect(result).toMatchObject({
    format: 'psiscope-analysis',
    version: 1,
    facts: { pbx: { value: 'mivb', origin: 'declared' } },
  });
  expect(result.sources.map(({ name, alias }) => [name, alias])).toEqual([
    ['bundle.tar.xz', undefined],
    ['more/deep/report again.csv', ['report.csv']],
  ]);
  const row = result.artifacts.find(({ path }) => path === 'bundle.tar.xz!/var/log/app.log.1.gz!/app.log.1');
  expect(row).toMatchObject({
    kind: 'timestamped-text',
    zone: '+02:00 (declared)',
    first: '2026-05-04T06:00:00.000Z',
    problems: 0,
  });
  expect(row!.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(result.users).toEqual({ rows: 2, withIssues: 1, notChecked: 1, issues: { NoClZoomPsiLicense: 1 } });
  expect(result.findings.filter(({ outcome }) => outcome === 'found').map(({ rows }) => rows)).toContainEqual([
    'f.ucr.no_license',
  ]);
});

it('prints a summary in the chosen language', async () => {
  expect((await analyze(at('report.csv'))).text).toContain('Findings');
  expect((await analyze('--lang', 'fr', at('report.csv'))).text).toContain('Constats');
});

it('takes a kind set by hand', async () => {
  const { artifacts } = await json('--kind', 'report.csv=unrecognised', at('report.csv'));
  expect(artifacts[0]!.kind).toBe('unrecognised');
});

it('ends with 1 where nothing is recognised, with 2 for wrong usage, and prints no result then', async () => {
  expect((await analyze(at('opaque.bin'))).code).toBe(1);
  for (const argv of [
    [],
    ['--lang', 'de', at('report.csv')],
    ['--nothing'],
    [at('not there')],
    ['--kind', 'x', at('report.csv')],
    ['--facts', at('wrong.json'), at('report.csv')],
  ]) {
    expect(await analyze(...argv)).toEqual({ code: 2, text: '' });
  }
});

it('opens a session file and finds what the session found', async () => {
  const desk = createDesk({ rules, computerZone: 'UTC' });
  const blob = new Blob([report]);
  const { harvest, blobs } = await intake({ path: 'report.csv', blob, keepBytes: true }, ruleWants);
  await desk.declare({ pbx: 'osv' });
  await desk.note({ ...noNotes, title: 'a case' });
  await desk.add([harvest], [blob], [blobs]);
  writeFileSync(at('case.psiscope'), new Uint8Array(await (await desk.exported()).arrayBuffer()));
  const result = await json(at('case.psiscope'));
  expect(result.facts['pbx']).toMatchObject({ value: 'osv', origin: 'declared' });
  expect(result.artifacts.map(({ path }) => path)).toEqual(['report.csv']);
  const brief = (list: readonly { rule: string; outcome: string; subject: string }[]): string[] =>
    list.map(({ rule, outcome, subject }) => `${rule} ${outcome} ${subject}`);
  expect(brief(result.findings)).toEqual(brief(desk.view().findings));
});

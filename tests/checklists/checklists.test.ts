import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { caseForms, subjectFields } from '../../src/checklists/case-forms';
import { filled, phases, systems, type ChecklistStep } from '../../src/checklists/checklist';
import { glossary } from '../../src/checklists/glossary';
import { cited, guides, sections } from '../../src/checklists/guides';
import { checklists } from '../../src/checklists/index';
import { deploymentIds, documentIds, formFieldIds, rowIds, slipIds } from '../../src/checklists/rows';
import { documents, documentStates, slips } from '../../src/checklists/slips';
import { factIds, factList } from '../../src/facts/list';
import { provenances } from '../../src/provenance/table';
import { rules } from '../../src/rules/index';
import { say, type Text } from '../../src/text/text';
import { caseText } from '../../src/views/Case/text';
import { checklistText } from '../../src/views/Checklists/text';
import { start } from '../../src/text/ui/start';
import { catalogue } from '../walk/catalogue';

const steps = checklists.flatMap((list) => list.steps);
const textsOf = (step: ChecklistStep): Text[] =>
  [
    step.ask,
    step.expected,
    step.warning,
    step.remark,
    step.section,
    ...(step.commands ?? []).map(({ label }) => label),
    ...(step.slots ?? []).map(({ label }) => label),
  ].filter((one) => one !== undefined);

/** Prints `name: found/wanted` and gives what is missing. */
function coverage(name: string, wanted: readonly string[], found: readonly string[]): string[] {
  const missing = wanted.filter((id) => !found.includes(id));
  console.log(`${name}: ${wanted.length - missing.length}/${wanted.length}`);
  return missing;
}
/** In both languages, and not by an empty text. */
const spoken = (texts: readonly Text[]): boolean => texts.every(({ en, fr }) => en.trim() !== '' && fr.trim() !== '');

describe('coverage', () => {
  it('every row of the guides is a step, and every step is a row', () => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rows = steps.filter((step) => !step.id.startsWith('dep.') && spoken(textsOf(step))).map(({ id }) => id);
    expect(coverage('checklist rows', rowIds, rows)).toEqual([]);
    expect(rows.filter((id) => !rowIds.includes(id))).toEqual([]);
    expect(rowIds).toHaveLength(124);
  });

  it('the deployment list has its twelve tasks in order', () => {
    const list = checklists.find(({ form }) => form === 'tasks')!;
    expect(
      coverage(
        'deployment tasks',
        deploymentIds,
        list.steps.map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(list.steps.map(({ id }) => id)).toEqual(deploymentIds);
  });

  it('every field of the case forms is there', () => {
    const found = [{ id: 'subject', fields: subjectFields }, ...caseForms].flatMap(({ id, fields }) =>
      fields.flatMap((field) => (spoken([field.label]) ? [`${id}.${field.id}`] : [])),
    );
    const wanted = Object.entries(formFieldIds).flatMap(([form, fields]) => fields.map((field) => `${form}.${field}`));
    expect(coverage('form fields', wanted, found)).toEqual([]);
  });

  it('every guide section cited has its title', () => {
    const sources = [...steps, ...caseForms, ...rules.map(({ rule }) => rule), ...provenances].map(
      ({ source }) => source,
    );
    const places = [...sources, ...slips.map(({ where }) => where), ...documents.map(({ from }) => from)].flatMap(
      cited,
    );
    const guide = [...new Set(places.filter(({ at }) => /^(?:EN|FR) \d/.test(at)).map(({ at }) => at))];
    expect(coverage('guide sections cited', guide, Object.keys(sections))).toEqual([]);
    expect(coverage('guide sections used', Object.keys(sections), guide)).toEqual([]);
    const others = steps.flatMap(({ source }) => cited(source)).filter(({ title }) => title === undefined);
    expect(others.filter(({ at }) => !slipIds.includes(at))).toEqual([]);
  });

  it('every inconsistency of the guides and every document is handled in words', () => {
    const told = slips.filter(({ what, done }) => spoken([what, done])).map(({ id }) => id);
    expect(coverage('inconsistencies', slipIds, told)).toEqual([]);
    expect(slipIds).toHaveLength(41);
    expect(
      coverage(
        'documents',
        documentIds,
        documents.map(({ id }) => id),
      ),
    ).toEqual([]);
  });

  it('every row that forms and guards feed has its rule', () => {
    const groups = /^f\.(?:cl|ver|zm|os4k|proc|zoom)\.|^f\.(?:cld\.(?:account_mismatch|tunnel_down)|csta\.not_active)$/;
    const rows = [...catalogue].filter((row) => groups.test(row));
    const ready = rules.flatMap(({ rule }) => rule.rows);
    expect(coverage('rules of forms and guards', rows, ready)).toEqual([]);
  });

  it('every acronym of the texts is in the glossary', () => {
    const words = [
      ...steps.flatMap(textsOf),
      ...caseForms.flatMap(({ title, fields, notes }) => [title, ...fields.map(({ label }) => label), ...notes]),
      ...Object.values(systems),
      ...provenances.flatMap(({ name, collect }) => [name, collect]),
    ].flatMap(
      ({ en, fr }) =>
        `${en} ${fr}`.replaceAll(/`[^`]*`/g, ' ').match(/(?<![\w./-])[A-Z][A-Z0-9]*[A-Z0-9](?![\w])/g) ?? [],
    );
    const acronyms = [...new Set(words)].filter((word) => !notAcronyms.includes(word)).sort();
    expect(
      coverage(
        'acronyms',
        acronyms,
        glossary.map(({ term }) => term),
      ),
    ).toEqual([]);
  });
});

/** Words in capitals that are commands, article numbers, buttons or the guide’s own placeholder. */
const notAcronyms = [
  'ON',
  'OFF',
  'TCPDUMP',
  'TRACE',
  'ENABLE',
  'CONTINUOUS',
  'KB0060684',
  'KB0079172',
  'OK',
  'XYZ',
  'ID',
];

describe('links', () => {
  it('settledBy names rules or rows, and steps of rules name rows', () => {
    const known = new Set(rules.flatMap(({ rule }) => [rule.id, ...rule.rows]));
    const entries = steps.flatMap(({ id, settledBy }) =>
      (settledBy ?? []).map((entry) => ({ id, entry: entry.split('|')[0]! })),
    );
    const ready = entries.filter(({ entry }) => known.has(entry));
    console.log(
      `answers by rules: ${ready.length} of ${entries.length} links, ${new Set(ready.map(({ id }) => id)).size} steps`,
    );
    expect(entries.filter(({ entry }) => !known.has(entry) && !catalogue.has(entry))).toEqual([]);
    const fed = steps.flatMap(({ id, feeds }) => (feeds ?? []).map((row) => `${id} → ${row}`));
    expect(fed.filter((link) => !catalogue.has(link.split(' → ')[1]!))).toEqual([]);
    const facts = steps.flatMap(({ facts = [] }) => facts).filter((id) => !factIds.includes(id));
    expect(facts).toEqual([]);
    const ids = new Set(steps.map(({ id }) => id));
    const lost = rules.flatMap(({ rule }) =>
      rule.steps.flatMap(({ step }) => (step !== undefined && !ids.has(step) ? [`${rule.id} → ${step}`] : [])),
    );
    expect(lost).toEqual([]);
  });
});

/** Texts that read alike in both languages: names, printed words, and words that are the same. Reviewed one by one. */
const alike = [
  ...['MiVoice Border Gateway', 'MiVoice 5000', 'OpenScape 4000', 'OpenScape SBC', 'OpenScape Voice'],
  ...['MiVoice Business (MiVB)', 'Mitel Standard Linux (MSL)', 'MiVoice Border Gateway (MBG)', 'CloudLink Gateway'],
  ...['Mitel Administration', 'Zoom Meetings', 'Zoom Team Chat', 'Zoom Whiteboard', 'SSO (SAML, SCIM)'],
  ...['Date', 'Note', 'Source', 'PSI', 'Versions', 'Tunnels', 'Incident', 'Proxy'],
  ...['CloudLink_CSTAProxy', 'Account Number', 'Account ID', 'Zoom Workplace', 'MBG', 'CloudLink Daemon', 'SSO by'],
  ...['MiVB', 'PBX', 'Connected', 'Error', 'Pending', 'Authorized', 'Failed', 'Green', 'SSO', 'SAML', 'SCIM'],
  ...['Zoom Contact Center', '{name} ({bytes})', 'cld-logs-*.tar.xz', 'sosreport-*.tar.xz', '.pcap .pcapng'],
  ...['User Comparison Report .csv', 'Event History .csv', '.log .txt'],
  ...['Integration status', 'OAuth status', 'Sync status', 'Last successful sync', 'CloudLink reachable', 'Zoom Phone'],
];
const said = (node: unknown): Text[] => {
  if (typeof node !== 'object' || node === null || node instanceof RegExp) return [];
  if ('en' in node && 'fr' in node) return [node as Text];
  return Object.values(node).flatMap(said);
};

describe('texts', () => {
  it('are in two languages, without «same as above»', () => {
    for (const step of steps) {
      for (const one of textsOf(step)) {
        expect(one.fr, step.id).not.toBe(one.en);
        expect(`${one.en} ${one.fr}`, step.id).not.toMatch(/['"]|please|sorry|oops|invalid|veuillez|désolé/i);
        // English has its own quotation marks; French ones stand with blanks, which say() makes no-break
        expect(one.en, step.id).not.toMatch(/[«»]/);
        expect(one.fr, step.id).not.toMatch(/«\S|\S»|[^\s\d(][;!?»]|\w:(?!\/\/)/);
      }
    }
  });

  it('French is no «Idem», and English only where the word is the same', () => {
    const all = [checklists, phases, systems, caseForms, subjectFields, glossary, slips, documentStates, guides];
    const texts = [...all, factList, checklistText, caseText, start].flatMap(said);
    console.log(
      `texts of the guides: ${texts.length}, alike in both languages: ${texts.filter(({ en, fr }) => en === fr).length}`,
    );
    expect(texts.filter(({ fr }) => /\bidem\b|même (?:menu|page|chemin|section)\b/i.test(fr))).toEqual([]);
    const equal = texts.filter(({ en, fr }) => en === fr && /[a-z]{3}/i.test(en)).map(({ en }) => en);
    expect([...new Set(equal)].filter((one) => !alike.includes(one))).toEqual([]);
  });

  it('a menu path stands as printed, with a gloss in the other language where its words need one', () => {
    const places = steps.flatMap(({ id, where, orWhere }) =>
      [where, orWhere].flatMap((one) => (one ? [{ id, ...one }] : [])),
    );
    const bare = places.filter(({ gloss }) => gloss === undefined).map(({ path }) => path);
    // names of products and words that both languages have
    expect([...new Set(bare)].sort()).toEqual(glossless);
    for (const { id, path, gloss } of places) if (gloss) expect(gloss, id).not.toBe(path);
  });

  it('French is set with no-break spaces', () => {
    const step = steps.find(({ id }) => id === 'mivb.sip.01')!;
    expect(say(step.expected!, 'fr')).toContain('«\u00a0SIP TCPDUMP ON Started...\u00a0»');
  });
});

/** Paths that read alike in both languages. Reviewed one by one. */
const glossless = [
  'Applications > CloudLink Gateway',
  'Applications>MiVoice Border Gateway',
  'Configuration > CloudLink',
  'Configuration>CloudLink',
  'Expert -> CSTA',
  'Support > Zoom',
  'https://gomarketplace.zoom.us/',
  'root\\vmail',
];

describe('commands', () => {
  const shell = steps.flatMap((step) =>
    (step.commands ?? []).filter(({ at }) => at === 'shell').map((command) => ({ step, command })),
  );

  it('are never the misprinted form', () => {
    const slips = steps.flatMap((step) => (step.commands ?? []).filter(({ slip }) => slip));
    expect(slips).toHaveLength(5);
    for (const { run, printed } of slips) expect(run).not.toBe(printed);
  });

  it('on a PBX console stand as printed', () => {
    expect(
      steps.flatMap((step) => (step.commands ?? []).filter(({ at }) => at === 'pbx').map(({ run }) => run)).sort(),
    ).toEqual([
      'CCS TRACE ENABLE CONTINUOUS',
      'CCS TRACE disable',
      'SIP TCPDUMP OFF',
      'SIP TCPDUMP ON',
      'sip registrar all',
    ]);
  });

  it('in a shell are the words that were meant', () => {
    const values = { proxy: 'proxy.example.org', port: '3128' };
    const words = shell.map(({ step, command }) => wordsOf(filled(command, step.slots ?? [], values)!).join(' | '));
    const url = 'https://download.mitel.io/cld/linux/amd64/current.json';
    expect([...new Set(words)].sort()).toEqual(
      [
        'chronyc | tracking',
        'cld-getlogs',
        'cstasmdump',
        `curl | -v | ${url}`,
        `curl | -v | --proxy | http://proxy.example.org:3128 | ${url}`,
        'docker | cp | cloudlink:/opt/CstaProxy/log/. | /var/log/cstaproxy_log/',
        'docker | cp | cloudlink:/opt/micloud-link/src/log/. | /var/log/micloud_logs/',
        'grep | level=ERROR | /var/log/cld/*.log',
        'ntpq | -p',
        'oprtd_ctl | -p | 11 | OP_RTT_TRACE_ALL=-1',
        'oprtd_ctl | -p | 12 | OP_RTT_TRACE_ALL=-1',
        'systemctl | restart | cld',
        'timedatectl',
      ].sort(),
    );
  });

  it('take hosts, ports and digits only', () => {
    const { step, command } = shell.find(({ command }) => command.run.includes('{proxy}'))!;
    const fill = (proxy: string, port: string): string | undefined => filled(command, step.slots!, { proxy, port });
    expect(fill('10.0.0.5', '3128')).toContain('--proxy http://10.0.0.5:3128 https://');
    expect(fill('[2001:db8::5]', '3128')).toContain('http://[2001:db8::5]:3128');
    for (const bad of ['', 'a b', 'x;reboot', '$(reboot)', '-oProxy', 'a\nb', 'a`b`', 'user@host', '\u001b[0m']) {
      expect(fill(bad, '3128')).toBeUndefined();
    }
    for (const bad of ['', '0', '65536', '31 28', '3128;', '+1']) expect(fill('proxy', bad)).toBeUndefined();
  });

  it('hold no control character', () => {
    for (const { command } of shell) expect(command.run).not.toMatch(/[\u0000-\u001f\u007f]/);
  });
});

/** The words that bash passes on: commands are replaced by functions that print them. */
function wordsOf(line: string): string[] {
  const program = /^\S+/.exec(line)![0];
  const script = `set -f; pidof() { echo "\${1#dispProc}"; }; ${program}() { printf '%s\\n' ${program} "$@" >&2; }; ${line.replace(/ > \S+$/, ' > /dev/null')}`;
  const output = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`], { encoding: 'utf8' });
  return output.trim().split('\n');
}

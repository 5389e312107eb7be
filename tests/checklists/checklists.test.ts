import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { filled, type ChecklistStep } from '../../src/checklists/checklist';
import { cited, sections } from '../../src/checklists/guides';
import { checklists } from '../../src/checklists/index';
import { rules } from '../../src/rules/index';
import { say, type Text } from '../../src/text/text';
import { deploymentIds, rowIds } from './rows';

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

describe('coverage', () => {
  it('every row of the guides is a step, and every step is a row', () => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const rows = ids.filter((id) => !id.startsWith('dep.'));
    console.log(`checklist rows: ${rows.filter((id) => rowIds.includes(id)).length}/${rowIds.length}`);
    expect(rowIds.filter((id) => !ids.includes(id))).toEqual([]);
    expect(rows.filter((id) => !rowIds.includes(id))).toEqual([]);
  });

  it('the deployment list has its twelve tasks in order', () => {
    const list = checklists.find(({ form }) => form === 'tasks');
    console.log(`deployment tasks: ${list?.steps.length}/${deploymentIds.length}`);
    expect(list?.steps.map(({ id }) => id)).toEqual(deploymentIds);
  });

  it('every guide section cited has its title', () => {
    const sources = [...steps.map(({ source }) => source), ...rules.map(({ rule }) => rule.source)];
    const guide = sources.flatMap(cited).filter(({ at }) => /^(?:EN|FR) /.test(at));
    console.log(`guide sections: ${new Set(guide.map(({ at }) => at)).size} cited of ${Object.keys(sections).length}`);
    expect(guide.filter(({ title }) => title === undefined)).toEqual([]);
    const others = steps.flatMap(({ source }) => cited(source)).filter(({ title }) => title === undefined);
    expect(others.filter(({ at }) => !/^inc\.(?:en|fr|x)\.\d\d$/.test(at))).toEqual([]);
  });
});

describe('links', () => {
  it('settledBy names rules, and steps of rules name rows', () => {
    const known = new Set(rules.map(({ rule }) => rule.id));
    const unknown = steps.flatMap(({ id, settledBy }) =>
      (settledBy ?? []).filter((rule) => !known.has(rule)).map((rule) => `${id} → ${rule}`),
    );
    expect(unknown).toEqual([]);
    const ids = new Set(steps.map(({ id }) => id));
    const lost = rules.flatMap(({ rule }) =>
      rule.steps.flatMap(({ step }) => (step !== undefined && !ids.has(step) ? [`${rule.id} → ${step}`] : [])),
    );
    expect(lost).toEqual([]);
  });
});

describe('texts', () => {
  it('are in two languages, without «same as above»', () => {
    for (const step of steps) {
      for (const one of textsOf(step)) {
        expect(one.fr, step.id).not.toBe(one.en);
        expect(one.fr, step.id).not.toMatch(/idem|même (?:menu|page)/i);
        expect(`${one.en} ${one.fr}`, step.id).not.toMatch(/['"]|please|sorry|oops|invalid|veuillez|désolé/i);
        // English has its own quotation marks; French ones stand with blanks, which say() makes no-break
        expect(one.en, step.id).not.toMatch(/[«»]/);
        expect(one.fr, step.id).not.toMatch(/«\S|\S»|[^\s\d(][;!?»]|\w:(?!\/\/)/);
      }
    }
  });

  it('French is set with no-break spaces', () => {
    const step = steps.find(({ id }) => id === 'mivb.sip.01')!;
    expect(say(step.expected!, 'fr')).toContain('«\u00a0SIP TCPDUMP ON Started...\u00a0»');
  });
});

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

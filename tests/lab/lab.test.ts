/** What the analysis says of each recording of the lab: calls with their legs and why they are one, and what rules find. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcomes, registrationOutcomes } from '../../src/evidence/links';
import { evaluate } from '../../src/rules/evaluate';
import { rules } from '../../src/rules/index';
import { contextOf, groundsOf, readFiles, type ReadGrounds } from '../build/grounds';

const folder = 'tests/lab/captures';
const recorded = (...names: readonly string[]): ReadGrounds =>
  groundsOf(
    readFiles(Object.fromEntries(names.map((name) => [name, new Uint8Array(readFileSync(`${folder}/${name}`))]))),
  );

const user = (uri: string): string => uri.replace(/^sips?:/, '').replace(/@.*/, '');

/** `caller > called outcome status, n legs: reason weight` a call; AOR, outcome and seconds a registration. */
function told(given: ReadGrounds): { calls: string[]; registrations: string[]; found: string[] } {
  const { links, evidence } = given;
  const { calls, legs, joins, registrations } = links;
  const text = (id: number): string => evidence.strings.text(id);
  const reasons = (call: number): string[] =>
    Array.from({ length: joins.length }, (_, row) => row)
      .filter((row) => legs.call[joins.legA[row]!] === call && legs.call[joins.legB[row]!] === call)
      .map((row) => `${text(joins.reason[row]!)} ${joins.weight[row]}`);
  return {
    calls: Array.from({ length: calls.length }, (_, call) => {
      const why = [...new Set(reasons(call))].sort();
      const of = calls.legs[call] === 1 ? '' : `, ${calls.legs[call]} legs: ${why.join(', ')}`;
      const status = calls.finalStatus[call] || '';
      return `${user(text(calls.from[call]!))} > ${user(text(calls.to[call]!))} ${outcomes[calls.outcome[call]!]} ${status}${of}`;
    }),
    registrations: Array.from(
      { length: registrations.length },
      (_, row) =>
        `${user(text(registrations.aor[row]!))} ${registrationOutcomes[registrations.outcome[row]!]} ${registrations.expires[row]}`,
    ),
    found: evaluate(rules, given, contextOf(given))
      .filter(({ outcome }) => outcome === 'found')
      .map(({ severity, rule, under }) => `${severity} ${rule}${under === undefined ? '' : ' (folded)'}`),
  };
}

interface Expected {
  readonly calls?: readonly string[];
  readonly registrations?: readonly string[];
  readonly found?: readonly string[];
}
const lab: Readonly<Record<string, Expected>> = {
  busy: { calls: ['2001 > 2002 busy 486'] },
  cancelled: { calls: ['2001 > 2002 cancelled 487'] },
  'not-acceptable': { calls: ['2001 > 2002 rejected 488'], found: ['error media-refused'] },
  'not-acknowledged': { calls: ['2001 > 2002 answered 200'], found: ['error answer-unacknowledged'] },
  'timed-out': { calls: ['2001 > 2002 timeout 408'], found: ['error server-failure'] },
  'register-refused': { registrations: ['2001 challenged -1'], found: ['error credentials-refused'] },
  registered: { registrations: ['2001 removed 0'] },
  'push-registered': { calls: ['2001 > 2002 answered 200'], registrations: ['2002 registered 300'] },
  'push-asleep': {
    calls: ['2001 > 2002 rejected 480'],
    registrations: ['2002 registered 300'],
    found: ['error push-wake-failed'],
  },
  'push-unknown': {
    calls: ['2001 > 2002 rejected 480'],
    registrations: ['2003 registered 300', '2002 removed 0'],
    found: ['error push-parameters-missing'],
  },
  b2bua: { calls: ['2001 > 2002 answered 200, 2 legs: users 60'] },
  'b2bua-rewrites': { calls: ['2001 > 2002 answered 200, 2 legs: sdp-address 80'] },
  topoh: {
    calls: ['2001 > 2002 answered 200, 2 legs: sdp-address 80, sdp-origin 80'],
    found: ['note dscp-unmarked', 'note dscp-unmarked'],
  },
};

describe('the lab', () => {
  for (const [name, { calls = [], registrations = [], found = [] }] of Object.entries(lab)) {
    it(name, () => expect(told(recorded(`${name}.pcap`))).toEqual({ calls, registrations, found }));
  }
  it('expects something of every recording', () => {
    const border = ['border', 'client-side', 'pbx-side'];
    const names = readdirSync(folder).filter((name) => name.endsWith('.pcap'));
    expect(names.map((name) => name.replace('.pcap', '')).sort()).toEqual([...border, ...Object.keys(lab)].sort());
  });
});

import { SECOND } from '../../base/time';
import { flowFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { flowAt } from '../connections';
import { noCapture, three } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { borderAddresses } from '../listings';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { ranOn, seenIn } from '../signalling';
import { sipSteps } from '../sip-steps';
import { shownPlaces } from '../users';

/** Requests, or connections, that fail in a row. */
const enough = 3;
const wait = 32 * SECOND;

export default rule({
  id: 'border-blocked',
  rows: ['f.mv5.allowlist'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  facts: ['pbx'],
  pbx: ['mv5000'],
  guards: ['G1', 'G2'],
  find: (grounds) => blocked(grounds),
  title: text('MiVoice 5000 may be blocking the MBG {border}', 'Le MiVoice 5000 bloque peut-être le MBG {border}'),
  seen: text(
    '{host} answered {border} until {until}; then {count} requests or connections of it in a row stayed without an answer, while others were still answered.',
    '{host} a répondu à {border} jusqu’à {until} ; ensuite {count} de ses requêtes ou connexions de suite sont restées sans réponse, alors que d’autres en recevaient encore.',
  ),
  cause: text(
    'The SIP protection of the MiVoice 5000 takes the many requests that come from one address for an attack and shuts that address out, unless it stands in the Allow-List.',
    'La protection SIP du MiVoice 5000 prend les nombreuses requêtes venues d’une seule adresse pour une attaque et exclut cette adresse, sauf si elle figure dans l’Allow-List.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.allowList, sipSteps.network],
  explains: [
    { row: 'T14', when: 'same-hosts' },
    { row: 'D02', when: 'same-hosts' },
    { row: 'T02', when: 'same-hosts' },
  ],
  source: 'FR 3.5.2',
});

interface Way {
  readonly border: number;
  readonly host: number;
  /** Corrected µs of the last answer. */
  until: number;
  /** Transactions and connections that failed since then. */
  transactions: number[];
  flows: number[];
}

function blocked(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, links } = grounds;
  const { messages, flows, strings } = evidence;
  const { transactions } = links;
  const borders = new Set([...borderAddresses(grounds)].map((address) => strings.find(address)));
  borders.delete(-1);
  if (borders.size === 0) return [{ subject: '', missing: ['hosts'] }];
  const ways = new Map<string, Way>();
  const wayOf = (border: number, host: number): Way => {
    const key = `${border} ${host}`;
    const known = ways.get(key) ?? { border, host, until: NaN, transactions: [], flows: [] };
    ways.set(key, known);
    return known;
  };
  /** Per host and asker, when it was last heard. */
  const heard = new Map<number, Map<number, number>>();
  for (let row = 0; row < messages.length; row++) {
    if (messages.status[row] === 0) continue;
    const own = heard.get(messages.source[row]!) ?? new Map<number, number>();
    heard.set(messages.source[row]!, own);
    own.set(messages.target[row]!, Math.max(own.get(messages.target[row]!) ?? -Infinity, clock.messages[row]!));
  }
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const request = transactions.request[transaction]!;
    if (request === -1 || !borders.has(messages.source[request]!)) continue;
    const way = wayOf(messages.source[request]!, messages.target[request]!);
    const isAnswered = links.transactionMessages(transaction).some((row) => messages.status[row] !== 0);
    if (!isAnswered) way.transactions.push(transaction);
  }
  for (let flow = 0; flow < flows.length; flow++) {
    const flags = flows.flags[flow]!;
    const failed =
      (flags & flowFlags.opened) === 0 && ((flags & flowFlags.refused) !== 0 || flows.attempts[flow]! >= 3);
    if (failed && borders.has(flows.client[flow]!)) wayOf(flows.client[flow]!, flows.server[flow]!).flows.push(flow);
  }
  const verdicts: (Hit | CannotTell)[] = [];
  for (const way of ways.values()) {
    const until = heard.get(way.host)?.get(way.border);
    const begun = (transaction: number): number => clock.messages[transactions.request[transaction]!]!;
    const shift = (flow: number): number => flows.time[flow]! + clock.zones[flows.artifact[flow]!]!.shift;
    const subject = `${strings.text(way.border)} → ${strings.text(way.host)}`;
    if (until === undefined) {
      // shut out from the first packet on, or simply not running: nothing was ever answered
      if (way.transactions.length + way.flows.length >= enough) verdicts.push({ subject, guards: ['G1'] });
      continue;
    }
    const silent = way.transactions.filter((transaction) => begun(transaction) > until);
    const refused = way.flows.filter((flow) => shift(flow) > until);
    const count = silent.length + refused.length;
    if (count < enough) continue;
    const waited = refused.length >= enough || silent.every((transaction) => ranOn(grounds, transaction, wait));
    if (!waited) {
      verdicts.push({ subject, guards: ['G2'] });
      continue;
    }
    const from = Math.min(...silent.map(begun), ...refused.map(shift));
    const others = [...heard.get(way.host)!].filter(([asker]) => asker !== way.border);
    if (others.length === 0) {
      // what others get is not in this capture: the host may as well be down
      verdicts.push({ subject, missing: ['art.pcap.any'] });
      continue;
    }
    if (!others.some(([, last]) => last > from)) continue;
    const rows = silent.map((transaction) => transactions.request[transaction]!);
    const seen = seenIn(grounds, rows);
    const [border, host] = [strings.text(way.border), strings.text(way.host)];
    verdicts.push({
      ...seen,
      subject,
      hosts: [border, host].sort(),
      from,
      at: [...seen.at, ...refused.map((flow) => flowAt(evidence, flow))].slice(0, shownPlaces),
      count,
      values: { border, host, count, until: { time: until } },
    });
  }
  return verdicts;
}

const silence = ['60 >>OPTIONS-2', '90 >>OPTIONS-3', '120 >>OPTIONS-4'];
/** The phone `zoom` speaks to the PBX as well, past the border. */
const link = (others: readonly string[], end = '200', hosts?: DrawnCapture['hosts']): DrawnCapture => ({
  drawn: `zoom mbg mv5000
0 |  |--OPTIONS-1-->|
0.1 |  |<--200-1--|
${silence.map((step) => `${step.split(' ')[0]} |  |--${step.split('>>')[1]}-->|`).join('\n')}
${others.join('\n')}
${end} |  |  |`,
  ...(hosts ? { hosts } : {}),
});
const others = ['130 |----REGISTER-1b---->|', '130.1 |<----200-1b----|'];
const facts = { pbx: 'mv5000' as const, hosts: [{ address: '10.0.0.2', role: 'border' as const }] };

export const examples: Examples = [
  { given: { ladder: link(others), facts }, expect: 'found', subjects: ['10.0.0.2 → 10.0.0.3'] },
  // nobody is answered any more: the PBX is down
  {
    given: { ladder: link(['10 |----REGISTER-1b---->|', '10.1 |<----200-1b----|']), facts },
    expect: 'clear',
  },
  // answered again before long
  {
    given: { ladder: link([...others, '150 |  |--OPTIONS-5-->|', '150.1 |  |<--200-5--|']), facts },
    expect: 'clear',
  },
  // only the border speaks with the PBX here
  { given: { ladder: link([]), facts }, expect: 'not-evaluated' },
  // G1: never answered
  {
    given: {
      ladder: three('60 >>OPTIONS-2', '90 >>OPTIONS-3', '120 >>OPTIONS-4', '200'),
      facts,
    },
    expect: 'not-evaluated',
  },
  // G2: the capture ends too early
  { given: { ladder: link(others, '131'), facts }, expect: 'not-evaluated' },
  // which PBX?
  { given: { ladder: link(others), facts: { hosts: facts.hosts } }, expect: 'not-evaluated' },
  { given: { ladder: link(others), facts: { ...facts, pbx: 'mivb' } }, expect: 'not-applicable' },
  noCapture,
];

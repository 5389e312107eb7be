import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { ends, flowAt, groupBy, hasFlag, kindOf, seenInFlows, serverOf } from '../connections';
import type { Examples } from '../example';
import { rule, type Grounds, type Hit } from '../rule';
import { messageAt } from '../signalling';
import { transportSteps } from '../transport-steps';
import { capped, shownPlaces } from '../users';

/** Timer B and F (RFC 3261 §17.1): longer ago, and the request has failed by itself. */
const patience = 32 * SECOND;
/** A client that lost its flow makes a new one within this time (RFC 5626 §4.5). */
const recovery = 60 * SECOND;

export default rule({
  id: 'connection-lost',
  rows: ['T03'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, strings } = evidence;
    const lost = Array.from({ length: flows.length }, (_, flow) => flow).filter(
      (flow) =>
        (flows.kind[flow] === kindOf.sip || flows.kind[flow] === kindOf.web) && Number.isFinite(flows.closed[flow]),
    );
    const open = openRequests(grounds, lost);
    const running = runningCalls(grounds, lost);
    const bad = lost.filter((flow) => open.has(flow) || running.has(flow));
    return capped(
      [...groupBy(bad, (flow) => serverOf(evidence, flow))].map(([subject, all]): Hit => {
        const requests = all.flatMap((flow) => open.get(flow) ?? []);
        const calls = all.flatMap((flow) => running.get(flow) ?? []);
        const methods = [...new Set(requests.map((row) => strings.text(evidence.messages.method[row]!)))].sort();
        const first = all[0]!;
        return {
          subject,
          ...seenInFlows(grounds, all),
          at: [
            ...[...requests, ...calls].map((row) => messageAt(evidence, row)),
            ...all.map((flow) => flowAt(evidence, flow)),
          ].slice(0, shownPlaces),
          values: {
            server: subject,
            count: all.length,
            requests: requests.length,
            methods: { list: methods.length > 0 ? methods : ['–'] },
            calls: calls.length,
            who: ends[flows.closedBy[first] as 1 | 2],
            how: hasFlag(evidence, first, 'reset') ? 'RST' : 'FIN',
          },
        };
      }),
    );
  },
  title: text(
    'Connection to {server} ended while requests or calls were open',
    'Connexion vers {server} terminée avec des requêtes ou des appels en cours',
  ),
  seen: text(
    '{count} {count|connection|connections} ended ({how} by {who}) with {requests} {requests|request|requests} without a final response ({methods}) and {calls} {calls|call|calls} still running.',
    '{count} {count|connexion terminée|connexions terminées} ({how} par {who}) avec {requests} {requests|requête|requêtes} sans réponse finale ({methods}) et {calls} {calls|appel|appels} en cours.',
  ),
  cause: text(
    'The end of a TCP connection is the end of the transactions on it; a call goes on only when the phone connects again. A device between the two, an idle timeout or a restart ends connections that the phone still uses.',
    'La fin d’une connexion TCP met fin aux transactions qu’elle porte ; un appel ne continue que si le téléphone se reconnecte. Un équipement entre les deux, un délai d’inactivité ou un redémarrage coupe des connexions que le téléphone utilise encore.',
  ),
  causeIs: 'symptom',
  steps: [transportSteps.firewall],
  source: 'RFC 5626 §4.5, RFC 3261 §18.4',
});

type FlowsOf = (row: number) => readonly number[];

/** The connections among those given on which a message went. */
function flowsBy({ evidence, clock }: Grounds, lost: readonly number[]): FlowsOf {
  const { flows, messages } = evidence;
  const byEnds = groupBy(lost, (flow) =>
    [
      flows.artifact[flow],
      flows.client[flow],
      flows.clientPort[flow],
      flows.server[flow],
      flows.serverPort[flow],
    ].join(),
  );
  return (row) => {
    const near = [messages.source[row], messages.sourcePort[row]];
    const far = [messages.target[row], messages.targetPort[row]];
    const found = [
      ...(byEnds.get([messages.artifact[row], ...near, ...far].join()) ?? []),
      ...(byEnds.get([messages.artifact[row], ...far, ...near].join()) ?? []),
    ];
    return found.filter((flow) => {
      const shift = clock.zones[flows.artifact[flow]!]!.shift;
      const time = clock.messages[row]!;
      return time >= flows.time[flow]! + shift && time <= flows.closed[flow]! + shift;
    });
  };
}

const push = (map: Map<number, number[]>, key: number, row: number): void => {
  const own = map.get(key);
  if (own) own.push(row);
  else map.set(key, [row]);
};
const closedAt = ({ evidence: { flows }, clock }: Grounds, flow: number): number =>
  flows.closed[flow]! + clock.zones[flows.artifact[flow]!]!.shift;

/** Per connection that was ended, its requests that nobody had answered, not even on another connection. */
function openRequests(grounds: Grounds, lost: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const { evidence, links, clock } = grounds;
  const { messages, strings } = evidence;
  const flowsOf = flowsBy(grounds, lost);
  const open = new Map<number, number[]>();
  for (let row = 0; lost.length > 0 && row < messages.length; row++) {
    if (messages.status[row] !== 0 || strings.text(messages.method[row]!) === 'ACK') continue;
    const transaction = links.transactionOf[row]!;
    if (
      transaction < 0 ||
      links.transactions.final[transaction] !== -1 ||
      links.transactions.request[transaction] !== row
    )
      continue;
    for (const flow of flowsOf(row)) {
      if (closedAt(grounds, flow) - clock.messages[row]! <= patience) push(open, flow, row);
    }
  }
  return open;
}

/**
 * Per connection that was ended, the answers of calls on it of which nothing was seen again: no BYE, no word over another
 * connection. Only where the capture runs on, and the client made no new connection in that time.
 */
function runningCalls(grounds: Grounds, lost: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const { evidence, links, clock } = grounds;
  const { flows, messages, strings } = evidence;
  const final = lost.filter(
    (flow) => links.coverage[flows.artifact[flow]!]! >= closedAt(grounds, flow) + recovery && !isMadeAnew(flow),
  );
  const running = new Map<number, number[]>();
  if (final.length === 0) return running;
  const flowsOf = flowsBy(grounds, final);
  const lastOf = new Float64Array(links.legs.length);
  for (let row = 0; row < messages.length; row++) {
    const leg = links.legOf[row]!;
    if (leg >= 0) lastOf[leg] = Math.max(lastOf[leg]!, clock.messages[row]!);
  }
  const invite = strings.find('INVITE');
  const ended = strings.find('BYE');
  const over = new Set<number>();
  for (let row = 0; row < messages.length; row++) if (messages.method[row] === ended) over.add(links.legOf[row]!);
  const seen = new Set<number>();
  for (let row = 0; row < messages.length; row++) {
    const isAnswer = messages.status[row]! >= 200 && messages.status[row]! < 300 && messages.method[row] === invite;
    const leg = links.legOf[row]!;
    if (!isAnswer || leg < 0 || seen.has(leg) || over.has(leg)) continue;
    for (const flow of flowsOf(row)) {
      if (lastOf[leg]! > closedAt(grounds, flow)) continue;
      seen.add(leg);
      push(running, flow, row);
    }
  }
  return running;

  function isMadeAnew(flow: number): boolean {
    const closed = flows.closed[flow]!;
    return Array.from({ length: flows.length }, (_, other) => other).some(
      (other) =>
        flows.client[other] === flows.client[flow] &&
        flows.server[other] === flows.server[flow] &&
        flows.time[other]! >= closed &&
        flows.time[other]! <= closed + recovery &&
        hasFlag(evidence, other, 'opened'),
    );
  }
}

const at = '10.0.0.1:5060 > 10.0.0.2:5060';
/** A call on one connection, and what happens to it after ten seconds. */
const answered = (...ending: readonly string[]) => [
  {
    ends: at,
    steps: [
      '0 > SYN',
      '0.001 < SYN',
      '0.01 > sip INVITE-1',
      '2 < sip 200:INVITE-1',
      '2.01 > sip ACK-1',
      `10 > ${ending[0]!}`,
      ...ending.slice(1),
    ],
  },
];
const later = (...steps: readonly string[]) => [{ ends: '10.0.0.1:5062 > 10.0.0.2:5060', steps }];
export const examples: Examples = [
  {
    given: { connections: [{ ends: at, steps: ['0 > SYN', '0.001 < SYN', '0.01 > sip REGISTER-1', '2 < RST'] }] },
    expect: 'found',
    subjects: ['10.0.0.2:5060'],
  },
  // answered before the end; ended long after
  {
    given: { connections: [{ ends: at, steps: ['0 > sip REGISTER-1', '0.1 < sip 200-1', '2 < RST'] }] },
    expect: 'clear',
  },
  { given: { connections: [{ ends: at, steps: ['0 > sip REGISTER-1', '40 > FIN'] }] }, expect: 'clear' },
  // a call that nothing ended
  { given: { connections: [...answered('RST'), ...later('80')] }, expect: 'found' },
  // the phone connects again; the capture ends too soon to tell; the call was over
  {
    given: {
      connections: [
        ...answered('RST'),
        ...later('20 > SYN', '20.001 < SYN', '20.1 > sip REGISTER-1', '20.2 < sip 200-1', '80'),
      ],
    },
    expect: 'clear',
  },
  { given: { connections: answered('RST') }, expect: 'clear' },
  {
    given: {
      connections: [...answered('sip BYE-2', '10.1 < sip 200:BYE-2', '11 > FIN'), ...later('80')],
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

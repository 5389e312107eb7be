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
    const bad = lost.filter((flow) => open.has(flow));
    return capped(
      [...groupBy(bad, (flow) => serverOf(evidence, flow))].map(([subject, all]): Hit => {
        const requests = all.flatMap((flow) => open.get(flow)!);
        const methods = [...new Set(requests.map((row) => strings.text(evidence.messages.method[row]!)))].sort();
        const first = all[0]!;
        return {
          subject,
          ...seenInFlows(grounds, all),
          at: [...requests.map((row) => messageAt(evidence, row)), ...all.map((flow) => flowAt(evidence, flow))].slice(
            0,
            shownPlaces,
          ),
          values: {
            server: subject,
            count: all.length,
            requests: requests.length,
            methods: { list: methods },
            who: ends[flows.closedBy[first] as 1 | 2],
            how: hasFlag(evidence, first, 'reset') ? 'RST' : 'FIN',
          },
        };
      }),
    );
  },
  title: text(
    'Connection to {server} ended while requests were open',
    'Connexion vers {server} terminée avec des requêtes en cours',
  ),
  seen: text(
    '{count} {count|connection|connections} ended ({how} by {who}) with {requests} {requests|request|requests} without a final response: {methods}.',
    '{count} {count|connexion terminée|connexions terminées} ({how} par {who}) avec {requests} {requests|requête|requêtes} sans réponse finale : {methods}.',
  ),
  cause: text(
    'The end of a TCP connection is the end of the transactions on it. A device between the two, an idle timeout or a restart ends connections that the phone still uses.',
    'La fin d’une connexion TCP met fin aux transactions qu’elle porte. Un équipement entre les deux, un délai d’inactivité ou un redémarrage coupe des connexions que le téléphone utilise encore.',
  ),
  causeIs: 'symptom',
  steps: [transportSteps.firewall],
  source: 'RFC 5626 §4.5, RFC 3261 §18.4',
});

/** Per connection that was ended, its requests that nobody had answered, not even on another connection. */
function openRequests(
  { evidence, links, clock }: Grounds,
  lost: readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const { flows, messages, strings } = evidence;
  const byEnds = groupBy(lost, (flow) =>
    [
      flows.artifact[flow],
      flows.client[flow],
      flows.clientPort[flow],
      flows.server[flow],
      flows.serverPort[flow],
    ].join(),
  );
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
    const near = [messages.source[row], messages.sourcePort[row]];
    const far = [messages.target[row], messages.targetPort[row]];
    const found = [
      ...(byEnds.get([messages.artifact[row], ...near, ...far].join()) ?? []),
      ...(byEnds.get([messages.artifact[row], ...far, ...near].join()) ?? []),
    ];
    for (const flow of found) {
      const shift = clock.zones[flows.artifact[flow]!]!.shift;
      const before = flows.closed[flow]! + shift - clock.messages[row]!;
      const onIt = clock.messages[row]! >= flows.time[flow]! + shift;
      if (before < 0 || before > patience || !onIt) continue;
      const own = open.get(flow);
      if (own) own.push(row);
      else open.set(flow, [row]);
    }
  }
  return open;
}

const at = '10.0.0.1:5060 > 10.0.0.2:5060';
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
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { groupBy, hasFlag, kindOf, seenInFlows, serverOf, sipFlows } from '../connections';
import type { Examples } from '../example';
import { rule, type CannotTell, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { transportSteps } from '../transport-steps';
import { capped } from '../users';

const patience = 5 * SECOND;

export default rule({
  id: 'tls-handshake-stalled',
  rows: ['T06'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G1', 'G2'],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, alerts, artifacts } = evidence;
    const warned = new Set(alerts.flow);
    const stalled = (flow: number): boolean =>
      flows.kind[flow] === kindOf.tls &&
      Number.isFinite(flows.hello[flow]) &&
      !warned.has(flow) &&
      !hasFlag(evidence, flow, 'lost') &&
      (!Number.isFinite(flows.answer[flow]) || !hasFlag(evidence, flow, 'clientSpoke'));
    const rows = sipFlows(grounds).sip.filter(stalled);
    // nothing at all from the server: perhaps only one direction is captured
    const deaf = rows.filter((flow) => flows.serverBytes[flow] === 0 && !hasFlag(evidence, flow, 'opened'));
    const early = rows.filter(
      (flow) => flows.closedBy[flow] === 0 && artifacts[flows.artifact[flow]!]!.last < flows.end[flow]! + patience,
    );
    const open: CannotTell[] = [
      ...deaf.map((flow) => ({ subject: serverOf(evidence, flow), guards: ['G1'] as const })),
      ...early
        .filter((flow) => !deaf.includes(flow))
        .map((flow) => ({ subject: serverOf(evidence, flow), guards: ['G2'] as const })),
    ];
    const sure = rows.filter((flow) => !deaf.includes(flow) && !early.includes(flow));
    const hits = [...groupBy(sure, (flow) => serverOf(evidence, flow))].map(([subject, all]): Hit => {
      const silent = all.filter((flow) => !Number.isFinite(flows.answer[flow])).length;
      return {
        subject,
        ...seenInFlows(grounds, all),
        values: { server: subject, count: all.length, silent, left: all.length - silent },
      };
    });
    return [...capped(hits), ...open];
  },
  title: text('TLS with {server} starts and does not come about', 'TLS avec {server} commence et n’aboutit pas'),
  seen: text(
    '{count} {count|handshake|handshakes}: {silent} without a ServerHello, {left} that the client left after the ServerHello, without an alert.',
    '{count} {count|négociation|négociations} : {silent} sans ServerHello, {left} que le client a quittées après le ServerHello, sans alerte.',
  ),
  cause: text(
    'Without ServerHello: the service hangs, or a device on the way drops the handshake. Left after ServerHello: the client most likely does not accept the certificate.',
    'Sans ServerHello : le service est bloqué, ou un équipement du chemin jette la négociation. Quittée après le ServerHello : le client n’accepte sans doute pas le certificat.',
  ),
  causeIs: 'symptom',
  steps: [transportSteps.certificate, transportSteps.firewall, sipSteps.captureBorder],
  source: 'RFC 8446 §4',
});

const at = '203.0.113.7:40000 > 198.51.100.10:5061';
const open = ['0 > SYN', '0.001 < SYN'];
export const examples: Examples = [
  { given: { connections: [{ ends: at, steps: [...open, '0.002 > hello 1.2', '8'] }] }, expect: 'found' },
  {
    given: {
      connections: [
        {
          ends: at,
          steps: [...open, '0.002 > hello 1.2', '0.003 < hello 1.2', '0.004 < certificate a by=b', '0.1 > FIN'],
        },
      ],
    },
    expect: 'found',
    subjects: ['198.51.100.10:5061'],
  },
  {
    given: {
      connections: [
        {
          ends: at,
          steps: [
            ...open,
            '0.002 > hello 1.2',
            '0.003 < hello 1.2',
            '0.01 > keys',
            '0.011 > done',
            '0.012 < done',
            '9',
          ],
        },
      ],
    },
    expect: 'clear',
  },
  // the capture ends too soon; only one direction is in it
  { given: { connections: [{ ends: at, steps: [...open, '0.002 > hello 1.2', '2'] }] }, expect: 'not-evaluated' },
  { given: { connections: [{ ends: at, steps: ['0.002 > hello 1.2', '12'] }] }, expect: 'not-evaluated' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

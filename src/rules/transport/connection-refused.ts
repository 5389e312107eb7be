import { flowFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { groupBy, seenInFlows, serverOf, sipFlows } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';
import { transportSteps } from '../transport-steps';
import { capped } from '../users';

/** A SYN is sent again after 1, 3, 7 s (RFC 9293 §3.8.1); three say that nobody answers. */
const unanswered = 3;

export default rule({
  id: 'connection-refused',
  rows: ['T02', 'f.tcp.refused'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  explains: [
    { row: 'T06', when: 'same-subject' },
    { row: 'f.reg.no_answer', when: 'same-hosts' },
  ],
  find(grounds) {
    const { evidence } = grounds;
    const { flows } = evidence;
    const failed = (flow: number): boolean =>
      (flows.flags[flow]! & flowFlags.opened) === 0 &&
      ((flows.flags[flow]! & flowFlags.refused) !== 0 || flows.attempts[flow]! >= unanswered);
    const { sip } = sipFlows(grounds);
    return capped(
      [...groupBy(sip, (flow) => serverOf(evidence, flow))].flatMap(([subject, all]): Hit[] => {
        const rows = all.filter(failed);
        if (rows.length === 0) return [];
        const refused = rows.filter((flow) => (flows.flags[flow]! & flowFlags.refused) !== 0).length;
        const last = Math.max(...rows.map((flow) => flows.time[flow]!));
        const recovered = all.some((flow) => flows.kind[flow] !== 0 && flows.time[flow]! > last);
        return [
          {
            subject,
            ...seenInFlows(grounds, rows),
            severity: recovered ? 'warning' : 'error',
            values: { server: subject, count: rows.length, refused, silent: rows.length - refused },
          },
        ];
      }),
    );
  },
  title: text('No TCP connection to {server}', 'Aucune connexion TCP vers {server}'),
  seen: text(
    '{count} {count|attempt|attempts}: {refused} refused by a reset, {silent} without any answer after three SYN.',
    '{count} {count|tentative|tentatives} : {refused} refusées par un reset, {silent} sans aucune réponse après trois SYN.',
  ),
  cause: text(
    'A reset says that no service listens on this port, or that a firewall refuses it; silence, that packets are dropped on the way or that the host is down.',
    'Un reset dit qu’aucun service n’écoute sur ce port, ou qu’un pare-feu le refuse ; le silence, que des paquets sont jetés en chemin ou que l’hôte est arrêté.',
  ),
  causeIs: 'symptom',
  steps: [transportSteps.firewall, sipSteps.network],
  source: 'EN 5.1, RFC 9293 §3.5.3',
});

const ends = '10.0.0.1:40000 > 10.0.0.2:5061';
export const examples: Examples = [
  {
    given: { connections: [{ ends, steps: ['0 > SYN', '0.001 < RST'] }] },
    expect: 'found',
    subjects: ['10.0.0.2:5061'],
  },
  {
    given: { connections: [{ ends, steps: ['0 > SYN', '1 > SYN', '3 > SYN', '20'] }] },
    expect: 'found',
    subjects: ['10.0.0.2:5061'],
  },
  // one SYN at the end of a capture, and a port that is not SIP's
  { given: { connections: [{ ends, steps: ['0 > SYN', '1 > SYN'] }] }, expect: 'clear' },
  {
    given: { connections: [{ ends: '10.0.0.1:40000 > 10.0.0.2:8443', steps: ['0 > SYN', '0.001 < RST'] }] },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

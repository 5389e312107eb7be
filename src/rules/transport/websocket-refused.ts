import { text, type Text } from '../../text/text';
import { groupBy, kindOf, seenInFlows, serverOf } from '../connections';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { transportSteps } from '../transport-steps';
import { capped } from '../users';

/** 1000 = done, 1001 = going away, 1005 = closed without a code (RFC 6455 §7.4.1). */
const usualEnds = [0, 1000, 1001, 1005];

export default rule({
  id: 'websocket-refused',
  rows: ['T08'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { flows, strings } = evidence;
    const faultOf = (flow: number): Text | undefined => {
      if (flows.kind[flow] !== kindOf.web) return undefined;
      // other programs use WebSocket too
      const asksSip = strings.text(flows.protocols[flow]!).split(/[, ]+/).includes('sip');
      if (!asksSip) return undefined;
      const status = flows.status[flow]!;
      if (status > 0 && status !== 101) return text(`answered ${status}`, `réponse ${status}`);
      if (status === 101 && strings.text(flows.protocol[flow]!).toLowerCase() !== 'sip')
        return text('sub-protocol sip not accepted', 'sous-protocole sip non accepté');
      const code = flows.closeCode[flow]!;
      return usualEnds.includes(code) ? undefined : text(`closed with code ${code}`, `fermé avec le code ${code}`);
    };
    const bad = Array.from({ length: flows.length }, (_, flow) => ({ flow, fault: faultOf(flow) })).flatMap(
      ({ flow, fault }) => (fault ? [{ flow, fault }] : []),
    );
    return capped(
      [...groupBy(bad, ({ flow, fault }) => `${serverOf(evidence, flow)} ${fault.en}`)].map(([subject, all]): Hit => ({
        subject,
        ...seenInFlows(
          grounds,
          all.map(({ flow }) => flow),
        ),
        values: { server: serverOf(evidence, all[0]!.flow), fault: all[0]!.fault, count: all.length },
      })),
    );
  },
  title: text('SIP over WebSocket with {server} fails: {fault}', 'SIP sur WebSocket avec {server} en échec : {fault}'),
  seen: text(
    '{count} {count|connection|connections} asked for the sub-protocol sip: {fault}.',
    '{count} {count|connexion a demandé|connexions ont demandé} le sous-protocole sip : {fault}.',
  ),
  cause: text(
    'The server or a proxy on the way does not speak SIP over WebSocket on this address and path, or ended it for a fault of its own.',
    'Le serveur ou un proxy du chemin ne parle pas SIP sur WebSocket à cette adresse et sur ce chemin, ou y a mis fin pour un défaut propre.',
  ),
  causeIs: 'symptom',
  steps: [transportSteps.firewall],
  source: 'RFC 7118 §4.1, RFC 6455 §7.4',
});

const at = '203.0.113.7:40000 > 198.51.100.10:8080';
export const examples: Examples = [
  { given: { connections: [{ ends: at, steps: ['0 > upgrade sip', '0.01 < status 403'] }] }, expect: 'found' },
  { given: { connections: [{ ends: at, steps: ['0 > upgrade sip', '0.01 < status 101'] }] }, expect: 'found' },
  {
    given: { connections: [{ ends: at, steps: ['0 > upgrade sip', '0.01 < status 101 sip', '5 < close 1011'] }] },
    expect: 'found',
    subjects: ['198.51.100.10:8080 closed with code 1011'],
  },
  {
    given: { connections: [{ ends: at, steps: ['0 > upgrade sip', '0.01 < status 101 sip', '5 > close 1000'] }] },
    expect: 'clear',
  },
  { given: { connections: [{ ends: at, steps: ['0 > upgrade chat', '0.01 < status 403'] }] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

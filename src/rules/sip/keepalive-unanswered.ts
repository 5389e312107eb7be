import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { seenFrom } from '../signalling';
import { sipSteps } from '../sip-steps';

const enough = 3;

export default rule({
  id: 'keepalive-unanswered',
  rows: ['T13'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G1'],
  find(grounds) {
    const { evidence } = grounds;
    const { checks, messages, strings } = evidence;
    const places = new Set<string>();
    for (let row = 0; checks.length > 0 && row < messages.length; row++)
      places.add(`${messages.target[row]}:${messages.targetPort[row]}`);
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (let row = 0; row < checks.length; row++) {
      // a binding request to a SIP port without the marks of ICE is a keepalive (RFC 5626 §4.4.2)
      if (checks.method[row] !== 1 || (checks.flags[row]! & 1) !== 0 || checks.requests[row]! < enough) continue;
      if (checks.answers[row]! > 0 || !places.has(`${checks.target[row]}:${checks.targetPort[row]}`)) continue;
      const subject = `${strings.text(checks.source[row]!)} → ${strings.text(checks.target[row]!)}`;
      if (!seenFrom(evidence, checks.target[row]!, checks.source[row]!)) {
        open.set(subject, { subject, guards: ['G1'] });
        continue;
      }
      sights.push({ subject, rows: [], values: { tries: checks.requests[row]! } });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: keepalives are not answered', '{subject} : keepalives sans réponse'),
  seen: text(
    '{tries} STUN requests to the SIP port stayed without an answer.',
    '{tries} requêtes STUN vers le port SIP sont restées sans réponse.',
  ),
  cause: text(
    'The peer does not know this keepalive, or its answers are lost; the client takes its flow for dead and registers anew.',
    'Le pair ne connaît pas ce keepalive, ou ses réponses se perdent ; le client croit son flux mort et se réenregistre.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.firewall, sipSteps.network],
  source: 'RFC 5626 §4.4.1',
});

const binding = Uint8Array.of(0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
const ping = { from: 'zoom:5060', to: 'mbg:5060', start: 1, end: 5, ptime: 1000, payload: binding };
export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1'), media: [ping] } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  { given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1'), media: [{ ...ping, end: 2 }] } }, expect: 'clear' },
  // G1: nothing is ever heard from there
  { given: { ladder: { drawn: two('0 >REGISTER-1'), media: [ping] } }, expect: 'not-evaluated' },
  noCapture,
];

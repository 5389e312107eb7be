import { text } from '../../text/text';
import { noCapture, three, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** Refusals that speak of the number: unknown, gone, incomplete, ambiguous, nowhere to be found. */
const counts = (status: number): boolean => [404, 410, 484, 485, 604].includes(status);

export default rule({
  id: 'number-unknown',
  rows: ['D28'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { messages, strings } = grounds.evidence;
    return hitsOf(
      grounds,
      refusalsOf(grounds, 'INVITE', counts).map((refusal): Sight => {
        const asked = refusal.request === -1 ? '' : strings.text(messages.requestUri[refusal.request]!);
        const called = addressOf(asked || strings.text(messages.toUri[refusal.final]!));
        const dialled = addressOf(strings.text(messages.toUri[refusal.final]!));
        return {
          subject: called,
          rows: rowsOf(grounds, refusal),
          also: [userOf(asked), userOf(strings.text(messages.toUri[refusal.final]!))],
          values: { dialled, status: String(refusal.status), host: strings.text(messages.source[refusal.final]!) },
        };
      }),
    );
  },
  title: text('{subject}: number not found ({status})', '{subject} : numéro introuvable ({status})'),
  seen: text(
    '{host} answered {status} to {count} {count|call|calls} for {subject}; dialled as {dialled}.',
    '{host} a répondu {status} à {count} {count|appel|appels} pour {subject} ; composé sous la forme {dialled}.',
  ),
  cause: text(
    'The host that answered has no such number: it is not provisioned there, it is incomplete, or digits were changed on the way (prefix, country code).',
    'L’hôte qui a répondu ne connaît pas ce numéro : il n’y est pas créé, il est incomplet, ou des chiffres ont été modifiés en route (préfixe, indicatif).',
  ),
  causeIs: 'cause',
  steps: [sipSteps.checkNumber, sipSteps.openLadder, sipSteps.listRegistrar],
  source: 'RFC 3261 §21.4.5, RFC 3261 §21.4.22',
});

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.02 <404-1', '0.03 >ACK-1') },
    expect: 'found',
    subjects: ['2002@10.0.0.2'],
  },
  // passed back by the border: told where it was refused
  {
    given: { ladder: three('0 >INVITE-1', '0.01 >>INVITE-1b', '0.02 <<404-1b', '0.03 <404-1') },
    expect: 'found',
    subjects: ['2002@10.0.0.3'],
  },
  // busy is another matter
  { given: { ladder: two('0 >INVITE-1', '0.02 <486-1') }, expect: 'clear' },
  noCapture,
];

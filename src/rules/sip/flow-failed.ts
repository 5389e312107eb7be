import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'flow-failed',
  rows: ['T16'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { messages, strings } = grounds.evidence;
    const sights = ['INVITE', 'REGISTER', 'SUBSCRIBE', 'NOTIFY', 'BYE'].flatMap((method) =>
      refusalsOf(grounds, method, (status) => status === 430 || status === 439, 'any').map((refusal): Sight => {
        const called = strings.text(messages.toUri[refusal.final]!);
        return {
          subject: addressOf(called),
          rows: rowsOf(grounds, refusal),
          also: [userOf(called)],
          values: { host: strings.text(messages.source[refusal.final]!), status: String(refusal.status), method },
        };
      }),
    );
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: the flow to the client is gone ({status})',
    '{subject} : le flux vers le client a disparu ({status})',
  ),
  seen: text('{host} answered {status} to {count} {method}.', '{host} a répondu {status} à {count} {method}.'),
  cause: text(
    '430: the connection over which the client had registered is dead. 439: the first hop does not support outbound.',
    '430 : la connexion par laquelle le client s’était enregistré est morte. 439 : le premier saut ne gère pas outbound.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.firewall, sipSteps.openLadder],
  source: 'RFC 5626 §11.5, RFC 5626 §11.6',
});

export const examples: Examples = [
  { given: { ladder: two('0 >INVITE-1', '0.1 <430-1') }, expect: 'found', subjects: ['2002@pbx.example'] },
  { given: { ladder: two('0 >INVITE-1', '0.1 <480-1') }, expect: 'clear' },
  noCapture,
];

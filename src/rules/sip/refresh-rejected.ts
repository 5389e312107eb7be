import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'refresh-rejected',
  rows: ['D49'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, clock, links } = grounds;
    const { messages, strings } = evidence;
    const BYE = strings.find('BYE');
    const byes = new Map<number, number>();
    for (const row of links.order)
      if (messages.method[row] === BYE && messages.status[row] === 0) byes.set(links.legOf[row]!, row);
    const sights: Sight[] = [];
    for (const { isInitial, status, request, response, leg } of exchangesOf(grounds)) {
      // 422 and 491 are tried again, 401 and 407 ask for credentials, 488 on a change of media leaves the call as it was
      if (isInitial || status < 400 || [401, 407, 422, 491].includes(status)) continue;
      const bye = byes.get(leg);
      const wait = bye === undefined ? NaN : clock.messages[bye]! - clock.messages[response]!;
      if (!(wait >= 0 && wait <= 32 * SECOND)) continue;
      sights.push({
        subject: wayOf(grounds, response),
        rows: [request, response, bye!],
        values: { status: String(status), method: strings.text(messages.method[request]!), after: { duration: wait } },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: a refusal within the call ends it', '{subject} : un refus pendant l’appel y met fin'),
  seen: text(
    '{count} {count|call was|calls were} ended {after} after a {method} within {count|it|them} got {status}.',
    '{count} {count|appel terminé|appels terminés} {after} après qu’un {method} y a reçu {status}.',
  ),
  cause: text(
    'A refresh or a change of the session was refused, and who sent it gave the call up.',
    'Un rafraîchissement ou une modification de la session a été refusé, et son auteur a abandonné l’appel.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.captureBorder],
  source: 'RFC 4028 §10, RFC 3261 §14.1',
});

const talk = ['0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'];
export const examples: Examples = [
  {
    given: { ladder: two(...talk, '60 >INVITE-2', '60.1 <500-2', '60.2 >ACK-2', '61 >BYE-3', '61.1 <200-3') },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  // refused, and the call went on
  {
    given: { ladder: two(...talk, '60 >INVITE-2', '60.1 <488-2', '60.2 >ACK-2', '300 >BYE-3', '300.1 <200-3') },
    expect: 'clear',
  },
  noCapture,
];

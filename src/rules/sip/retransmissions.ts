import { text } from '../../text/text';
import { noCapture, two, wholeSeconds } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { type Sight, timedHitsOf, wayOf } from '../sights';
import { repeatsOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** Copies besides the original; fewer are usual on any network. */
const notable = 3;

const causes = {
  request: text(
    'the request itself was lost: the first copies stay without any answer',
    'la requête elle-même s’est perdue : les premières copies restent sans réponse',
  ),
  response: text(
    'the answer was lost: it was there before the request came again',
    'la réponse s’est perdue : elle était là avant que la requête revienne',
  ),
  slow: text(
    'the peer was slow: it answered only after the copies',
    'le pair était lent : il n’a répondu qu’après les copies',
  ),
} as const;

export default rule({
  id: 'retransmissions',
  rows: ['D20', 'f.sip.retrans'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, clock, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const sights: Sight[] = [];
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const repeats = transactions.repeats[transaction]!;
      const request = transactions.request[transaction]!;
      // without any answer it is D02
      if (repeats < notable || request === -1 || transactions.final[transaction] === -1) continue;
      const copies = repeatsOf(links, transaction, request);
      const answers = [...links.transactionMessages(transaction)].filter((row) => messages.status[row]! > 0);
      const heard = clock.messages[answers[0] ?? request]!;
      const before = copies.filter((row) => clock.messages[row]! < heard).length;
      const cause =
        before === 0 ? 'response' : heard - clock.messages[copies[before - 1]!]! < 300_000 ? 'request' : 'slow';
      const way = wayOf(grounds, request);
      sights.push({
        subject: way,
        rows: [request, ...copies, ...answers.slice(0, 1)],
        values: { method: strings.text(transactions.method[transaction]!), copies: repeats, why: causes[cause] },
      });
    }
    return timedHitsOf(grounds, sights);
  },
  title: text('{subject}: requests are sent again and again', '{subject} : requêtes renvoyées plusieurs fois'),
  seen: text(
    '{count} {count|request|requests} on this way needed 3 copies or more; of the first ({method}, {copies} copies) {why}.',
    '{count} {count|requête|requêtes} sur ce trajet ont demandé 3 copies ou plus ; pour la première ({method}, {copies} copies) {why}.',
  ),
  cause: text(
    'Packets are lost or late between the two hosts, or the host that answers is overloaded.',
    'Des paquets se perdent ou tardent entre les deux hôtes, ou l’hôte qui répond est surchargé.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.firewall, sipSteps.openLadder],
  source: 'RFC 3261 §17.1.1.2, RFC 3261 §17.2.1',
});

const tries = ['0 >INVITE-1', '0.5 >INVITE-1', '1.5 >INVITE-1', '3.5 >INVITE-1'];
export const examples: Examples = [
  {
    given: { ladder: two(...tries, '3.6 <100-1', '4 <200-1', '4.1 >ACK-1') },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  // the answer was there each time
  {
    given: {
      ladder: two('0 >INVITE-1', '0.01 <486-1', '0.5 >INVITE-1', '0.51 <486-1', '1.5 >INVITE-1', '3.5 >INVITE-1'),
    },
    expect: 'found',
  },
  { given: { ladder: two('0 >INVITE-1', '0.5 >INVITE-1', '1.5 >INVITE-1', '2 <200-1') }, expect: 'clear' },
  // a trace of whole seconds measures nothing
  wholeSeconds('0 >INVITE-1', '1 >INVITE-1', '2 >INVITE-1', '4 >INVITE-1', '4 <200-1'),
  noCapture,
];

import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { type Sight, timedHitsOf, wayOf } from '../sights';
import { repeatsOf, seenFrom } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'refusal-unacknowledged',
  rows: ['D23'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G1'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    const INVITE = strings.find('INVITE');
    const { transactions } = links;
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const final = transactions.final[transaction]!;
      if (transactions.method[transaction] !== INVITE || transactions.status[transaction]! < 300) continue;
      if (transactions.ack[transaction] !== -1) continue;
      const copies = repeatsOf(links, transaction, final);
      if (copies.length < 2) continue;
      const subject = wayOf(grounds, final);
      if (!seenFrom(evidence, messages.target[final]!, messages.source[final]!)) {
        open.set(subject, { subject, guards: ['G1'] });
        continue;
      }
      sights.push({
        subject,
        rows: [final, ...copies],
        values: { status: String(transactions.status[transaction]), copies: copies.length },
      });
    }
    return [...timedHitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: the {status} is never acknowledged', '{subject} : le {status} n’est jamais acquitté'),
  seen: text(
    'For {count} {count|call|calls} the refusal ({status}) was sent again {copies} times and no ACK came.',
    'Pour {count} {count|appel|appels}, le refus ({status}) a été renvoyé {copies} fois sans qu’un ACK arrive.',
  ),
  cause: text(
    'The refusal or its ACK is lost on this hop, or the caller does not take the answer for its own (Via, tags).',
    'Le refus ou son ACK se perd sur ce saut, ou l’appelant ne reconnaît pas la réponse comme sienne (Via, tags).',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.openLadder],
  source: 'RFC 3261 §17.2.1, RFC 3261 §17.1.1.3',
});

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <486-1', '0.6 <486-1', '1.6 <486-1') },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  { given: { ladder: two('0 >INVITE-1', '0.1 <486-1', '0.6 <486-1', '1.6 <486-1', '1.7 >ACK-1') }, expect: 'clear' },
  // G1: nothing of the caller is in the capture
  { given: { ladder: two('0.1 <486-1', '0.6 <486-1', '1.6 <486-1') }, expect: 'not-evaluated' },
  noCapture,
];

import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'answer-mismatch',
  rows: ['D41'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages } = evidence;
    const { transactions } = links;
    const media = mediaOf(evidence);
    // a log may leave out every body
    const described = new Set(Array.from(evidence.media.message, (message) => messages.artifact[message]!));
    const sights: Sight[] = [];
    for (const exchange of exchangesOf(grounds)) {
      const { status, offer, answer, request, response, transaction, method } = exchange;
      if (status < 200 || status >= 300 || response === -1) continue;
      // what was cut off cannot be counted
      const rows = [offer, answer, request, response].filter((row) => row !== -1);
      if (rows.some((row) => (messages.flags[row]! & messageFlags.cut) !== 0)) continue;
      const ack = transactions.ack[transaction]!;
      const why =
        offer !== -1 && answer !== -1
          ? media(offer).length !== media(answer).length
            ? count
            : undefined
          : offer !== -1 && answer === -1
            ? offer === request
              ? none
              : ack !== -1
                ? inAck
                : undefined
            : method === 'INVITE' && offer === -1 && exchange.isInitial && described.has(messages.artifact[request]!)
              ? nothing
              : undefined;
      if (!why) continue;
      sights.push({ subject: wayOf(grounds, response), rows: [...new Set(rows)], values: { why } });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: offer without a fitting answer', '{subject} : offre sans réponse correspondante'),
  seen: text('{count} {count|call|calls}: {why}.', '{count} {count|appel|appels} : {why}.'),
  cause: text(
    'One side breaks the rules of offer and answer; the other cannot know where to send media.',
    'Un côté enfreint les règles d’offre et de réponse ; l’autre ne peut savoir où envoyer les médias.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.captureBorder],
  source: 'RFC 3264 §6, RFC 3261 §13.3.1.4, RFC 3261 §13.2.1',
});

const count = text(
  'the answer has another number of m-lines than the offer',
  'la réponse n’a pas le même nombre de lignes m= que l’offre',
);
const none = text('the 2xx carries no answer to the offer', 'le 2xx ne porte pas de réponse à l’offre');
const inAck = text(
  'the offer stood in the 2xx and the ACK carries no answer',
  'l’offre était dans le 2xx et l’ACK ne porte pas de réponse',
);
const nothing = text('neither INVITE nor 2xx describes media', 'ni l’INVITE ni le 2xx ne décrivent de médias');

const audio = 'm=audio 40000 RTP/AVP 8';
const call = (offer: readonly string[], answer: readonly string[]) => ({
  ladder: { drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'), with: { 'INVITE-1': offer, '200-1': answer } },
});
export const examples: Examples = [
  { given: call([audio, 'm=video 40002 RTP/AVP 34'], [audio]), expect: 'found', subjects: ['10.0.0.2 → 10.0.0.1'] },
  { given: call([audio], []), expect: 'found' },
  { given: call([], []), expect: 'clear' },
  { given: call([audio, 'm=video 40002 RTP/AVP 34'], [audio, 'm=video 0 RTP/AVP 34']), expect: 'clear' },
  noCapture,
];

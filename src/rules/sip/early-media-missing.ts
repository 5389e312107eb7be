import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf, hasMedia, mediaOf } from '../exchanges';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

const least = 2 * SECOND;

export default rule({
  id: 'early-media-missing',
  rows: ['D34'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G5'],
  find(grounds) {
    const { evidence, clock, links } = grounds;
    const { media, messages, streams } = evidence;
    const rowsAt = mediaOf(evidence);
    let byLeg: Map<number, number[]> | undefined;
    const streamsOf = (leg: number): readonly number[] => {
      byLeg ??= rowsByLeg(links.streams.leg);
      return byLeg.get(leg) ?? [];
    };
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const { isInitial, method, transaction, request, response, leg, status } of exchangesOf(grounds)) {
      if (!isInitial || method !== 'INVITE' || rowsAt(request).length === 0 || status >= 300) continue;
      const early = [...links.transactionMessages(transaction)].find(
        (row) => messages.status[row] === 183 && rowsAt(row).length > 0,
      );
      if (early === undefined || response === -1 || clock.messages[response]! - clock.messages[early]! < least)
        continue;
      const offered = rowsAt(request)[0]!;
      const came = streamsOf(leg).some(
        (row) =>
          streams.target[row] === media.address[offered] && links.streams.start[row]! < clock.messages[response]!,
      );
      if (came) continue;
      const subject = wayOf(grounds, early);
      if (!hasMedia(grounds, messages.artifact[early]!, [media.address[offered]!, media.address[rowsAt(early)[0]!]!])) {
        open.set(subject, { subject, guards: ['G5'] });
        continue;
      }
      sights.push({
        subject,
        rows: [early, response],
        values: { waited: { duration: clock.messages[response]! - clock.messages[early]! } },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: early media announced and never sent', '{subject} : média anticipé annoncé et jamais envoyé'),
  seen: text(
    '{count} {count|call|calls}: a 183 with SDP came {waited} before the answer, and no RTP until then. The caller hears silence instead of ringing.',
    '{count} {count|appel|appels} : un 183 avec SDP est venu {waited} avant la réponse, sans RTP jusque-là. L’appelant entend un silence au lieu de la sonnerie.',
  ),
  cause: text(
    'The called side promises its own tones and does not send them, or they are blocked.',
    'L’appelé promet ses propres tonalités et ne les envoie pas, ou elles sont bloquées.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.rtpRange],
  source: 'RFC 3960 §3, RFC 3264 §5.1',
});

const sdp = {
  'INVITE-1': ['m=audio 40000 RTP/AVP 8'],
  '183-1': ['m=audio 41000 RTP/AVP 8'],
  '200-1': ['m=audio 41000 RTP/AVP 8'],
};
const drawn = two('0 >INVITE-1', '0.1 <183-1', '8 <200-1', '8.1 >ACK-1');
const sent = (start: number) => [{ from: 'mbg:41000', to: 'zoom:40000', start, end: 12, ptime: 200 }];
function rowsByLeg(legs: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  legs.forEach((leg, row) => {
    const own = rows.get(leg);
    if (own) own.push(row);
    else rows.set(leg, [row]);
  });
  return rows;
}

export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(8.1) } }, expect: 'found', subjects: ['10.0.0.2 → 10.0.0.1'] },
  { given: { ladder: { drawn, with: sdp, media: sent(0.2) } }, expect: 'clear' },
  // G5: a capture of signalling alone
  { given: { ladder: { drawn, with: sdp } }, expect: 'not-evaluated' },
  noCapture,
];

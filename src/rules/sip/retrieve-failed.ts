import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { byLeg, exchangesOf, isHeld, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'retrieve-failed',
  rows: ['D44', 'f.sip.hold_stuck'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media } = evidence;
    const rowsAt = mediaOf(evidence);
    const held = (message: number): boolean => message !== -1 && rowsAt(message).some((row) => isHeld(evidence, row));
    const sights: Sight[] = [];
    for (const own of byLeg(exchangesOf(grounds)).values()) {
      const holding = new Set<number>();
      let holdRow = -1;
      for (const { isInitial, offer, answer, request, response, status, side } of own) {
        if (isInitial || offer === -1) continue;
        const [asked] = rowsAt(offer);
        const accepted = status >= 200 && status < 300;
        if (held(offer)) {
          if (accepted) {
            holding.add(side);
            holdRow = request;
          }
          continue;
        }
        if (!holding.has(side) || asked === undefined || status === 0) continue;
        const given = answer === -1 ? undefined : rowsAt(answer)[0];
        const why =
          status >= 300 && status !== 491
            ? rejected
            : accepted &&
                given !== undefined &&
                (media.port[given] === 0 || (media.direction[given] !== 1 && !holding.has(1 - side)))
              ? still
              : accepted && given !== undefined && holding.has(1 - side)
                ? both
                : undefined;
        if (accepted) holding.delete(side);
        if (why)
          sights.push({
            subject: wayOf(grounds, request),
            rows: [holdRow, request, response].filter((row) => row !== -1),
            values: { why, status: String(status) },
          });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: the call is not taken out of hold', '{subject} : l’appel ne sort pas de la garde'),
  seen: text(
    '{count} {count|call|calls} were held and offered back ({status}): {why}.',
    '{count} {count|appel|appels} mis en garde puis repris ({status}) : {why}.',
  ),
  cause: text(
    'The side that was held stays silent: its user hears nothing after the retrieve.',
    'Le côté mis en garde reste muet : son utilisateur n’entend rien après la reprise.',
  ),
  causeIs: 'symptom',
  steps: [
    sipSteps.openLadder,
    {
      do: text('Take the traces of the PBX for this call.', 'Prendre les traces du PBX pour cet appel.'),
      step: 'psi.data.09',
    },
  ],
  source: 'RFC 3264 §8.4, EN 5.2.2.3',
});

const rejected = text('the other side refused it', 'l’autre côté l’a refusée');
const still = text('the answer keeps the media off', 'la réponse garde les médias coupés');
const both = text('both sides hold each other', 'les deux côtés se tiennent en garde');
const call = (back: string, more: readonly string[]) => ({
  drawn: two(
    '0 >INVITE-1',
    '0.1 <200-1',
    '0.2 >ACK-1',
    '5 >INVITE-2',
    '5.1 <200-2',
    '5.2 >ACK-2',
    '9 >INVITE-3',
    `9.1 <${back}-3`,
    '9.2 >ACK-3',
  ),
  with: {
    'INVITE-1': ['m=audio 40000 RTP/AVP 8'],
    '200-1': ['m=audio 41000 RTP/AVP 8'],
    'INVITE-2': ['m=audio 40000 RTP/AVP 8', 'a=sendonly'],
    '200-2': ['m=audio 41000 RTP/AVP 8', 'a=recvonly'],
    'INVITE-3': ['m=audio 40000 RTP/AVP 8'],
    [`${back}-3`]: more,
  },
});
export const examples: Examples = [
  {
    given: { ladder: call('200', ['m=audio 41000 RTP/AVP 8', 'a=inactive']) },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  { given: { ladder: call('488', []) }, expect: 'found' },
  { given: { ladder: call('200', ['m=audio 41000 RTP/AVP 8']) }, expect: 'clear' },
  noCapture,
];

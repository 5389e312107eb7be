import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { byLeg, exchangesOf, isHeld, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

/** Answers that an offered direction allows (RFC 3264 §6.1): by `direction` of the schema. */
const allowed: Readonly<Record<number, readonly number[]>> = { 2: [3, 4], 3: [2, 4], 4: [4] };
const directionsOf = ['', 'sendrecv', 'sendonly', 'recvonly', 'inactive'] as const;

export default rule({
  id: 'hold-not-honoured',
  rows: ['D43'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { media, streams, strings, messages } = evidence;
    const rowsAt = mediaOf(evidence);
    const sights: Sight[] = [];
    for (const [leg, own] of byLeg(exchangesOf(grounds))) {
      own.forEach((exchange, n) => {
        const { offer, answer, request, response, status, isInitial } = exchange;
        if (isInitial || status < 200 || status >= 300 || offer === -1 || answer === -1) return;
        const [asked, given] = [rowsAt(offer)[0], rowsAt(answer)[0]];
        if (asked === undefined || given === undefined) return;
        const direction = media.direction[asked]!;
        const holder = strings.text(messages.source[offer]!);
        const legal = allowed[direction];
        if (legal && media.port[given] !== 0 && !legal.includes(media.direction[given]!)) {
          sights.push({
            subject: wayOf(grounds, offer),
            rows: [request, response],
            values: {
              holder,
              asked: directionsOf[direction]!,
              given: directionsOf[media.direction[given]!]!,
              why: refused,
            },
          });
          return;
        }
        // held and acknowledged, yet media go on towards the holder
        if (!isHeld(evidence, asked) || media.port[asked] === 0) return;
        const from = clock.messages[response]! + 2 * SECOND;
        const until = own[n + 1] ? clock.messages[own[n + 1]!.request]! : Infinity;
        for (let row = 0; row < streams.length; row++) {
          if (links.streams.leg[row] !== leg || links.streams.same[row] !== -1) continue;
          if (streams.target[row] !== media.address[asked] || streams.targetPort[row] !== media.port[asked]) continue;
          // said of no message without a time
          const goesOn =
            links.streams.start[row]! <= from && Math.min(links.streams.end[row]!, until) >= from + 2 * SECOND;
          if (!goesOn) continue;
          sights.push({
            subject: wayOf(grounds, offer),
            rows: [request, response],
            streams: [row],
            values: {
              holder,
              asked: directionsOf[direction]!,
              given: directionsOf[media.direction[given]!]!,
              why: flows,
            },
          });
        }
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: hold is not honoured', '{subject} : mise en garde non respectée'),
  seen: text(
    '{holder} offered {asked}, the answer says {given}; {why}. {count} {count|time|times}.',
    '{holder} a proposé {asked}, la réponse dit {given} ; {why}. {count} fois.',
  ),
  cause: text(
    'The other side does not know this kind of hold: it hears or sends where it must not.',
    'L’autre côté ne connaît pas cette forme de mise en garde : il écoute ou émet là où il ne doit pas.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder, sipSteps.captureBorder],
  source: 'RFC 3264 §6.1, RFC 3264 §8.4',
});

const refused = text('that answer is not allowed', 'cette réponse n’est pas admise');
const flows = text('media towards the holder went on', 'les médias vers celui-ci ont continué');
const hold = (answer: string, asked = 'sendonly') => ({
  drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 >INVITE-2', '5.1 <200-2', '5.2 >ACK-2'),
  with: {
    'INVITE-1': ['m=audio 40000 RTP/AVP 8'],
    '200-1': ['m=audio 41000 RTP/AVP 8'],
    'INVITE-2': ['m=audio 40000 RTP/AVP 8', `a=${asked}`],
    '200-2': ['m=audio 41000 RTP/AVP 8', `a=${answer}`],
  },
});
export const examples: Examples = [
  { given: { ladder: hold('sendrecv') }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  {
    given: {
      ladder: {
        ...hold('inactive', 'inactive'),
        media: [{ from: 'mbg:41000', to: 'zoom:40000', start: 0.3, end: 15, ptime: 100 }],
      },
    },
    expect: 'found',
  },
  { given: { ladder: hold('recvonly') }, expect: 'clear' },
  noCapture,
];

import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { heard, talksOf } from '../exchanges';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const least = 5 * SECOND;

export default rule({
  id: 'one-way-media',
  rows: ['M01', 'f.rtp.oneway'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G5'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, messages, streams, strings } = evidence;
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const { exchange, audio, from, to, held, towards } of talksOf(grounds)) {
      const [caller, called] = audio;
      if (held || caller === -1 || called === -1 || to - from < least) continue;
      if (media.direction[caller] !== 1 || media.direction[called] !== 1) continue;
      const packets = towards.map((rows) => rows.reduce((sum, row) => sum + streams.packets[row]!, 0)) as [
        number,
        number,
      ];
      const quiet = packets[0] >= 100 && packets[1] < 5 ? 1 : packets[1] >= 100 && packets[0] < 5 ? 0 : -1;
      if (quiet === -1) continue;
      // who hears nothing, and who should speak to it
      const [deaf, mute] = quiet === 0 ? [caller, called] : [called, caller];
      const rows = towards[1 - quiet]!;
      const comfort = rows.reduce((sum, row) => sum + streams.comfort[row]!, 0);
      if (comfort > 0.3 * packets[1 - quiet]!) continue;
      const subject = `${strings.text(media.address[mute]!)} → ${strings.text(media.address[deaf]!)}`;
      const artifact = messages.artifact[exchange.response]!;
      if (!heard(grounds, artifact, media.address[mute]!)) {
        open.set(subject, { subject, guards: ['G5'] });
        continue;
      }
      sights.push({
        subject,
        rows: [exchange.request, exchange.response],
        streams: rows,
        values: {
          deaf: `${strings.text(media.address[deaf]!)}:${media.port[deaf]}`,
          mute: `${strings.text(media.address[mute]!)}:${media.port[mute]}`,
          packets: packets[1 - quiet]!,
        },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: media run one way only', '{subject} : média à sens unique'),
  seen: text(
    'In {count} {count|call|calls} nothing came to {deaf}, though {mute} received {packets} packets and both sides had agreed to speak.',
    'Dans {count} {count|appel|appels}, rien n’est arrivé à {deaf}, alors que {mute} a reçu {packets} paquets et que les deux côtés devaient parler.',
  ),
  cause: text(
    'One direction is blocked or sent elsewhere: a firewall that forwards only part of the RTP range, NAT without latching, or an address in SDP that cannot be reached.',
    'Un sens est bloqué ou part ailleurs : pare-feu qui ne transmet qu’une partie de la plage RTP, NAT sans apprentissage, ou adresse du SDP injoignable.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.rtpRange, sipSteps.wholeCapture, sipSteps.openLadder],
  source: 'RFC 3264 §6.1, EN 5.2.1.4',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const there = { from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 12, ptime: 100 };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: [there] } }, expect: 'found', subjects: ['10.0.0.2 → 10.0.0.1'] },
  {
    given: { ladder: { drawn, with: sdp, media: [there, { ...there, from: 'mbg:41000', to: 'zoom:40000' }] } },
    expect: 'clear',
  },
  // held: one way is what was asked for
  {
    given: {
      ladder: { drawn, with: { ...sdp, 'INVITE-1': ['m=audio 40000 RTP/AVP 8', 'a=sendonly'] }, media: [there] },
    },
    expect: 'clear',
  },
  // G5: the media of the called side come from a host of which nothing is in the capture
  {
    given: {
      ladder: {
        drawn,
        with: {
          ...sdp,
          '200-1': ['v=0', 'o=- 1 1 IN IP4 10.7.7.7', 's=-', 'c=IN IP4 10.7.7.7', 't=0 0', 'm=audio 41000 RTP/AVP 8'],
        },
        media: [{ ...there, to: '10.7.7.7:41000' }],
      },
    },
    expect: 'not-evaluated',
  },
  noCapture,
];

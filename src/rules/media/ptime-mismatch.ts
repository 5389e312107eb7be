import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'ptime-mismatch',
  rows: ['M06'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, streams, strings } = evidence;
    const sights: Sight[] = [];
    for (const { exchange, audio, towards } of talksOf(grounds)) {
      towards.forEach((rows, side) => {
        const asked = audio[side] === -1 ? 0 : media.ptime[audio[side]!]!;
        for (const row of rows) {
          const clock = streams.clock[row]!;
          if (asked === 0 || clock === 0 || streams.step[row] === 0 || streams.packets[row]! < 20) continue;
          const sent = (streams.step[row]! * 1000) / clock;
          if (Math.abs(sent - asked) <= asked / 2) continue;
          sights.push({
            subject: `${strings.text(streams.source[row]!)} → ${strings.text(streams.target[row]!)}`,
            rows: [exchange.request, exchange.response],
            streams: [row],
            values: { asked, sent: Math.round(sent) },
          });
        }
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: packets of {sent} ms instead of {asked} ms',
    '{subject} : paquets de {sent} ms au lieu de {asked} ms',
  ),
  seen: text(
    '{count} {count|stream carries|streams carry} {sent} ms in each packet; the receiver asked for {asked} ms (a=ptime).',
    '{count} {count|flux porte|flux portent} {sent} ms par paquet ; le récepteur demandait {asked} ms (a=ptime).',
  ),
  cause: text(
    'Some devices cannot play other packet lengths than their own: choppy or robotic sound.',
    'Certains appareils ne savent pas jouer d’autres longueurs de paquets que la leur : son haché ou robotique.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder],
  source: 'RFC 8866 §6.4',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8', 'a=ptime:20'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
const sent = (ptime: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 3, ptime }];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(60) } }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: { drawn, with: sdp, media: sent(20) } }, expect: 'clear' },
  noCapture,
];

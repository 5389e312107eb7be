import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'media-source-differs',
  rows: ['M04'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, streams, strings } = evidence;
    const sights: Sight[] = [];
    for (const { exchange, audio, towards, moved } of talksOf(grounds)) {
      if (moved) continue;
      towards.forEach((rows, side) => {
        const sender = audio[1 - side]!;
        if (sender === -1) return;
        for (const row of rows) {
          const sameAddress = streams.source[row] === media.address[sender];
          if (sameAddress && streams.sourcePort[row] === media.port[sender]) continue;
          const silent = towards[1 - side]!.every((other) => streams.packets[other]! < 5);
          const said = `${strings.text(media.address[sender]!)}:${media.port[sender]}`;
          const seen = `${strings.text(streams.source[row]!)}:${streams.sourcePort[row]}`;
          sights.push({
            subject: sameAddress
              ? strings.text(streams.source[row]!)
              : `${strings.text(media.address[sender]!)} ⇢ ${strings.text(streams.source[row]!)}`,
            rows: [exchange.request, exchange.response],
            streams: [row],
            severity: silent ? 'error' : 'note',
            values: { said, seen },
          });
        }
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: media come from another place than announced',
    '{subject} : les médias viennent d’un autre endroit qu’annoncé',
  ),
  seen: text(
    'In {count} {count|stream|streams} SDP said {said}, the packets came from {seen}.',
    'Dans {count} {count|flux|flux}, le SDP annonçait {said}, les paquets venaient de {seen}.',
  ),
  cause: text(
    'NAT on the way, or a device that sends from one port and listens at another: the far end must send to where packets come from (latching).',
    'NAT en chemin, ou appareil qui émet depuis un port et écoute sur un autre : l’autre extrémité doit émettre là d’où viennent les paquets.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.firewall, sipSteps.openLadder],
  source: 'RFC 3264 §5.1',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
const media = (port: number) => [
  { from: `zoom:${port}`, to: 'mbg:41000', start: 0.3, end: 5, ptime: 100 },
  { from: 'mbg:41000', to: 'zoom:40000', start: 0.3, end: 5, ptime: 100 },
];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: media(50_000) } }, expect: 'found', subjects: ['10.0.0.1'] },
  { given: { ladder: { drawn, with: sdp, media: media(40_000) } }, expect: 'clear' },
  noCapture,
];

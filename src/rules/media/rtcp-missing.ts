import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const least = 30 * SECOND;

export default rule({
  id: 'rtcp-missing',
  rows: ['M14'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { reports, streams, strings } = evidence;
    const reporting = new Set<number>();
    for (let row = 0; row < reports.length; row++) reporting.add(reports.source[row]!).add(reports.target[row]!);
    const sights: Sight[] = [];
    for (const { exchange, towards } of talksOf(grounds)) {
      for (const row of towards.flat()) {
        if (streams.end[row]! - streams.start[row]! < least || links.streams.same[row] !== -1) continue;
        if (reporting.has(streams.source[row]!)) continue;
        sights.push({
          subject: strings.text(streams.source[row]!),
          rows: [exchange.response],
          streams: [row],
          values: { lasted: { duration: streams.end[row]! - streams.start[row]! } },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: sends RTP and no RTCP', '{subject} : envoie du RTP sans RTCP'),
  seen: text(
    '{count} {count|stream|streams} of {subject} ran for more than 30 s (the first {lasted}) and no RTCP of it was seen.',
    '{count} {count|flux|flux} de {subject} ont duré plus de 30 s (le premier {lasted}) sans aucun RTCP de sa part.',
  ),
  cause: text(
    'RTCP is switched off or its port (the next one) is blocked. Nobody learns what the far end receives; some systems take the call for dead.',
    'RTCP est désactivé ou son port (le suivant) est bloqué. Personne ne sait ce que reçoit l’autre extrémité ; certains systèmes croient l’appel mort.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.rtpRange],
  source: 'RFC 5761 §5.1.1',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '60 >BYE-2', '60.1 <200-2');
const sent = (end: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end, ptime: 400 }];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(40) } }, expect: 'found', subjects: ['10.0.0.1'] },
  { given: { ladder: { drawn, with: sdp, media: sent(10) } }, expect: 'clear' },
  noCapture,
];

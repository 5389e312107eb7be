import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

/** Expedited forwarding, RFC 4594 §4.1. */
const expedited = 46;

export default rule({
  id: 'dscp-unmarked',
  rows: ['M15'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { streams, strings } = evidence;
    const sights: Sight[] = [];
    for (let row = 0; row < streams.length; row++) {
      if (streams.dscp[row] === expedited || streams.packets[row]! < 50 || streams.kind[row] !== 0) continue;
      if (links.streams.same[row] !== -1 || links.streams.continues[row] !== -1) continue;
      if (links.streams.call[row] === -1) continue;
      sights.push({
        subject: strings.text(streams.source[row]!),
        rows: [],
        streams: [row],
        values: { dscp: String(streams.dscp[row]) },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: voice packets marked DSCP {dscp}', '{subject} : paquets de voix marqués DSCP {dscp}'),
  seen: text(
    '{count} {count|stream|streams} of {subject} carry DSCP {dscp} at this point instead of 46 (EF).',
    '{count} {count|flux|flux} de {subject} portent DSCP {dscp} à cet endroit au lieu de 46 (EF).',
  ),
  cause: text(
    'Not marked by the sender, or the mark was removed on the way: under load the network does not prefer voice.',
    'Non marqués par l’émetteur, ou marquage retiré en chemin : sous charge, le réseau ne favorise pas la voix.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network],
  source: 'RFC 4594 §4.1',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1');
const sent = (dscp: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 7, ptime: 100, dscp }];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(0) } }, expect: 'found', subjects: ['10.0.0.1'] },
  { given: { ladder: { drawn, with: sdp, media: sent(46) } }, expect: 'clear' },
  noCapture,
];

import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { hasMedia, talksOf } from '../exchanges';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const least = 5 * SECOND;

export default rule({
  id: 'media-absent',
  rows: ['M02', 'f.rtp.none'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G5'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, messages, strings } = evidence;
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const { exchange, audio, from, to, held, moved, towards } of talksOf(grounds)) {
      const [caller, called] = audio;
      if (held || moved || caller === -1 || called === -1 || to - from < least) continue;
      if (towards.some((rows) => rows.length > 0)) continue;
      if (media.direction[caller] === 4 || media.direction[called] === 4) continue;
      const hosts = [media.address[caller]!, media.address[called]!];
      const subject = hosts.map((host) => strings.text(host)).join(' ↔ ');
      if (!hasMedia(grounds, messages.artifact[exchange.response]!, hosts)) {
        open.set(subject, { subject, guards: ['G5'] });
        continue;
      }
      sights.push({
        subject,
        rows: [exchange.request, exchange.response],
        values: { talked: { duration: to - from } },
      });
    }
    return [...hitsOf(grounds, sights), ...[...open.values()].slice(0, 50)];
  },
  title: text('{subject}: answered calls without any media', '{subject} : appels établis sans aucun média'),
  seen: text(
    '{count} answered {count|call has|calls have} no RTP either way (the first lasted {talked}), while other media of these hosts are in the capture.',
    '{count} {count|appel établi n’a|appels établis n’ont} aucun RTP dans aucun sens (le premier a duré {talked}), alors que d’autres médias de ces hôtes sont dans la capture.',
  ),
  cause: text(
    'Media are blocked both ways, or neither side sends: a firewall, or a path of media that was never opened.',
    'Les médias sont bloqués dans les deux sens, ou aucun côté n’émet : pare-feu, ou chemin de média jamais ouvert.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.rtpRange, sipSteps.wholeCapture],
  source: 'RFC 3264 §5.1, EN 5.2.1.4',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const other = { from: 'mbg:42000', to: 'zoom:43000', start: 0.3, end: 3, ptime: 100 };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: [other] } }, expect: 'found', subjects: ['10.0.0.1 ↔ 10.0.0.2'] },
  {
    given: { ladder: { drawn, with: sdp, media: [{ ...other, from: 'mbg:41000', to: 'zoom:40000' }] } },
    expect: 'clear',
  },
  // G5: a capture of signalling alone
  { given: { ladder: { drawn, with: sdp } }, expect: 'not-evaluated' },
  noCapture,
];

import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'media-restarted',
  rows: ['M09'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { streams, strings } = evidence;
    const sights: Sight[] = [];
    for (const { exchange, towards, moved } of talksOf(grounds)) {
      for (const rows of towards) {
        for (const row of rows) {
          if (streams.resets[row] === 0) continue;
          sights.push({
            subject: nameOf(row),
            rows: [exchange.response],
            streams: [row],
            values: { why: jumps, resets: streams.resets[row]! },
          });
        }
        // another source on the same ends within one call
        const sources = rows.filter(
          (row) =>
            links.streams.continues[row] === -1 &&
            streams.packets[row]! >= 20 &&
            rows.some(
              (other) =>
                other !== row &&
                links.streams.continues[other] === -1 &&
                streams.source[other] === streams.source[row] &&
                streams.sourcePort[other] === streams.sourcePort[row] &&
                streams.packets[other]! >= 20,
            ),
        );
        if (!moved && sources.length > 1) {
          sights.push({
            subject: nameOf(sources[0]!),
            rows: [exchange.response],
            streams: sources,
            values: { why: newSource, resets: sources.length - 1 },
          });
        }
      }
    }
    return hitsOf(grounds, sights);

    function nameOf(row: number): string {
      return `${strings.text(streams.source[row]!)} → ${strings.text(streams.target[row]!)}`;
    }
  },
  title: text(
    '{subject}: the media stream starts anew within a call',
    '{subject} : le flux de média recommence pendant un appel',
  ),
  seen: text('{count} {count|stream|streams}: {why} ({resets}).', '{count} {count|flux|flux} : {why} ({resets}).'),
  cause: text(
    'The sender was restarted or replaced (music on hold, a transfer, a media server). Some receivers stop playing for a moment.',
    'L’émetteur a redémarré ou été remplacé (musique d’attente, transfert, serveur de média). Certains récepteurs cessent un instant de restituer.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder],
  source: 'RFC 3550 §8.2, RFC 3550 §A.1',
});

const jumps = text('the sequence numbers jump', 'les numéros de séquence sautent');
const newSource = text('another SSRC takes over', 'un autre SSRC prend la suite');
const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
const first = { from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 3, ptime: 100 };
export const examples: Examples = [
  {
    given: { ladder: { drawn, with: sdp, media: [first, { ...first, start: 3, end: 6, ssrc: 77 }] } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  {
    given: { ladder: { drawn, with: sdp, media: [first, { ...first, start: 3, end: 6, first: 30_000 }] } },
    expect: 'found',
  },
  { given: { ladder: { drawn, with: sdp, media: [first] } }, expect: 'clear' },
  noCapture,
];

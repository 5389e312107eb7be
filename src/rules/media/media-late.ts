import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { talksOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

const late = 500_000;
const early = 10 * SECOND;

export default rule({
  id: 'media-late',
  rows: ['M08'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { streams, strings } = evidence;
    const sights: Sight[] = [];
    for (const { exchange, from, to, ended, held, moved, towards } of talksOf(grounds)) {
      if (held || moved || !ended || to - from < early) continue;
      for (const rows of towards) {
        if (rows.length === 0) continue;
        const first = Math.min(...rows.map((row) => links.streams.start[row]!));
        const last = Math.max(...rows.map((row) => links.streams.end[row]!));
        const why =
          first > from + late
            ? lateStart
            : last < to - early
              ? earlyStop
              : last > to + 2 * SECOND
                ? afterBye
                : undefined;
        if (!why) continue;
        const row = rows[0]!;
        const by = why === lateStart ? first - from : why === earlyStop ? to - last : last - to;
        sights.push({
          subject: `${strings.text(streams.source[row]!)} → ${strings.text(streams.target[row]!)}`,
          rows: [exchange.response],
          streams: rows,
          values: { why, by: { duration: by } },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: media start late or stop early', '{subject} : médias tardifs ou interrompus'),
  seen: text('{count} {count|call|calls}: {why}, by {by}.', '{count} {count|appel|appels} : {why}, de {by}.'),
  cause: text(
    'A path of media opens late (ICE, DTLS, latching), or one end has stopped: a timeout of media, a lost network.',
    'Un chemin de média s’ouvre tard (ICE, DTLS, apprentissage), ou une extrémité s’est arrêtée : temporisation de média, réseau perdu.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.firewall],
  source: 'RFC 3264 §5.1',
});

const lateStart = text('the first packet came after the answer', 'le premier paquet est venu après la réponse');
const earlyStop = text('the last packet came before the BYE', 'le dernier paquet est venu avant le BYE');
const afterBye = text('packets went on after the BYE', 'les paquets ont continué après le BYE');
const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '20 >BYE-2', '20.1 <200-2');
const sent = (start: number, end: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start, end, ptime: 200 }];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(0.3, 6) } }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: { drawn, with: sdp, media: sent(3, 20) } }, expect: 'found' },
  { given: { ladder: { drawn, with: sdp, media: sent(0.3, 19.9) } }, expect: 'clear' },
  noCapture,
];

import { estimate } from '../../evidence/mos';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'media-quality-poor',
  rows: ['M07', 'M16', 'f.rtp.quality'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['x-siemens-rtp-stats-list', 'p-rtp-stat', 'x-rtp-stat'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { streams, strings, messages } = evidence;
    const sights: Sight[] = [];
    for (let row = 0; row < streams.length; row++) {
      const packets = streams.packets[row]!;
      if (links.streams.same[row] !== -1 || packets < 100 || streams.kind[row] !== 0) continue;
      const loss = streams.lost[row]! / (packets + streams.lost[row]!);
      const jitter = streams.jitter[row]!;
      if (!(loss > 0.01 || jitter > 30_000)) continue;
      const codec = strings.text(streams.codec[row]!);
      const guess = estimate(codec, packets, streams.lost[row]!, streams.gaps[row]!, jitter);
      const message = links.streams.message[row]!;
      sights.push({
        subject: `${strings.text(streams.source[row]!)} → ${strings.text(streams.target[row]!)}`,
        rows: message === -1 ? [] : [message],
        streams: [row],
        severity: loss > 0.03 || jitter > 50_000 ? 'error' : 'warning',
        values: {
          loss: { percent: loss },
          jitter: Number.isNaN(jitter) ? '?' : { duration: jitter },
          run: streams.longestGap[row]!,
          mos: guess ? `${guess.mos} (R ${guess.r}, Ie ${guess.ie}, Bpl ${guess.bpl}, ${guess.delay} ms)` : '–',
        },
      });
    }
    // what a phone counted itself, where no RTP is in the capture
    for (const name of ['x-siemens-rtp-stats-list', 'p-rtp-stat', 'x-rtp-stat', 'body-vq-rtcpxr']) {
      for (const [row, values] of headerValues(evidence, name)) {
        const told = statistics(values.join(','));
        if (!told || links.repeatOf[row] !== -1 || links.duplicateOf[row] !== -1) continue;
        if (!(told.loss > 0.01 || told.jitter > 30_000)) continue;
        const host = strings.text(messages.source[row]!);
        sights.push({
          subject: `${host} ${name}`,
          rows: [row],
          severity: told.loss > 0.03 || told.jitter > 50_000 ? 'error' : 'warning',
          values: { loss: { percent: told.loss }, jitter: { duration: told.jitter }, run: '?', mos: told.mos },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: poor media quality', '{subject} : mauvaise qualité de média'),
  seen: text(
    '{count} {count|stream|streams}; the first lost {loss} (up to {run} in a row), mean jitter {jitter}. Estimated MOS {mos}.',
    '{count} {count|flux|flux} ; le premier a perdu {loss} (jusqu’à {run} de suite), gigue moyenne {jitter}. MOS estimé {mos}.',
  ),
  cause: text(
    'The network between the sender and this point loses or delays packets. The MOS is an estimate (G.107 with the values of G.113), not a measurement of speech.',
    'Le réseau entre l’émetteur et ce point perd ou retarde des paquets. Le MOS est une estimation (G.107 avec les valeurs de G.113), non une mesure de la parole.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.wholeCapture],
  source: 'RFC 3550 §6.4.1, RFC 3611 §4.7.2',
});

/**
 * Loss share and jitter (µs) that endpoints report: `PS=…,PR=998,PL=12,JI=35` (packets, lost, jitter in ms), Unify's
 * list of the same names, and RFC 6035 `PacketLoss: NLR=5.0`, `JIT`, `QualityEst: MOSLQ=3.8`. Unknown forms say nothing.
 */
function statistics(
  text: string,
): { readonly loss: number; readonly jitter: number; readonly mos: string } | undefined {
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN);
  const [received, lost] = [number(/\bPR=(\d{1,9})/i), number(/\bPL=(\d{1,9})/i)];
  const share = number(/\bNLR=(\d{1,3}(?:\.\d{1,4})?)/i) / 100;
  const loss = Number.isNaN(share) ? (received > 0 ? lost / (received + lost) : NaN) : share;
  const jitter = number(/\b(?:JI|IAJ)=(\d{1,6})/i) * 1000;
  const mos = /\bMOSLQ=(\d(?:\.\d{1,2})?)/i.exec(text)?.[1] ?? '–';
  if (Number.isNaN(loss) && Number.isNaN(jitter)) return undefined;
  return { loss: Number.isNaN(loss) ? 0 : loss, jitter: Number.isNaN(jitter) ? 0 : jitter, mos };
}

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
const sent = (lose: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 11.9, ptime: 100, lose }];
const bye = { 'BYE-2': ['P-RTP-Stat: PS=600,OS=1,PR=560,OR=1,PL=40,JI=12,LA=0'] };
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(20) } }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: { drawn, with: bye } }, expect: 'found', subjects: ['10.0.0.1 p-rtp-stat'] },
  { given: { ladder: { drawn, with: sdp, media: sent(0) } }, expect: 'clear' },
  noCapture,
];

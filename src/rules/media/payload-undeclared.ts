import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { byLeg, codecsOf, exchangesOf, mediaChains, mediaOf, talksOf } from '../exchanges';
import { rule } from '../rule';
import { firstTexts, hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'payload-undeclared',
  rows: ['M05'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { streams, strings } = evidence;
    const rowsAt = mediaOf(evidence);
    const { first, next } = mediaChains(evidence);
    const legs = byLeg(exchangesOf(grounds));
    const sights: Sight[] = [];
    /** Most streams carry what the description of one side names: told by number, once a pair of texts. */
    const covered = new Map<number, boolean>();
    const covers = (media: number, stream: number): boolean => {
      const key = media * 2 ** 26 + stream;
      const known = covered.get(key);
      if (known !== undefined) return known;
      const named = new Set(typesOf(media));
      const all = typesOf(stream).every((type) => named.has(type));
      covered.set(key, all);
      return all;
    };
    const typesOf = (formats: number): readonly string[] =>
      strings
        .text(formats)
        .split(', ')
        .map((one) => one.split(' ')[0]!);
    const describes = (message: number, stream: number): boolean => {
      for (let row = message === -1 ? -1 : first[message]!; row !== -1; row = next[row]!) {
        if (covers(evidence.media.formats[row]!, streams.formats[stream]!)) return true;
      }
      return false;
    };
    const isForeign = (leg: number, stream: number): boolean =>
      streams.packets[stream]! >= 20 &&
      !legs.get(leg)?.some(({ offer, answer }) => describes(offer, stream) || describes(answer, stream));
    for (const { leg, exchange, towards } of talksOf(grounds)) {
      if (!towards.some((rows) => rows.some((row) => isForeign(leg, row)))) continue;
      const own = towards.flat().filter((row) => isForeign(leg, row));
      const declared = new Set<string>();
      for (const { offer, answer } of legs.get(leg) ?? []) {
        for (const message of [offer, answer]) {
          if (message === -1) continue;
          for (const row of rowsAt(message))
            for (const format of codecsOf(evidence, row)) declared.add(format.split(' ')[0]!);
        }
      }
      for (const row of own) {
        const types = typesOf(streams.formats[row]!);
        // comfort noise may come undeclared (RFC 3389 §4)
        const foreign = types.filter((type) => type !== '13' && type !== '' && !declared.has(type));
        if (foreign.length === 0) continue;
        sights.push({
          subject: `${strings.text(streams.source[row]!)} → ${strings.text(streams.target[row]!)}`,
          rows: [exchange.request, exchange.response],
          streams: [row],
          values: { types: foreign.join(', '), declared: firstTexts(declared, 10) },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: RTP of a type that nobody declared', '{subject} : RTP d’un type que personne n’a déclaré'),
  seen: text(
    '{count} {count|stream carries|streams carry} payload type {types}; offers and answers name {declared}.',
    '{count} {count|flux porte|flux portent} le type de charge {types} ; offres et réponses nomment {declared}.',
  ),
  cause: text(
    'The sender keeps the number of another offer, or sends a codec that was not agreed: the receiver drops it and hears nothing.',
    'L’émetteur garde le numéro d’une autre offre, ou émet un codec non convenu : le récepteur le rejette et n’entend rien.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder, sipSteps.captureBorder],
  source: 'RFC 3264 §6.1',
});

const sdp = { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': ['m=audio 41000 RTP/AVP 8'] };
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '12 >BYE-2', '12.1 <200-2');
const sent = (type: number) => [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 5, ptime: 100, type }];
export const examples: Examples = [
  { given: { ladder: { drawn, with: sdp, media: sent(0) } }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: { drawn, with: sdp, media: sent(8) } }, expect: 'clear' },
  noCapture,
];

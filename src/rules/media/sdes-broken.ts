import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'sdes-broken',
  rows: ['M11'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, strings } = evidence;
    const isSecure = (row: number): boolean =>
      strings.text(media.profile[row]!).toUpperCase().startsWith('RTP/SAVP') || (media.keyed[row]! & 1) !== 0;
    if (!media.message.some((_, row) => isSecure(row))) return [];
    const rowsAt = mediaOf(evidence);
    const sights: Sight[] = [];
    const suites = (row: number): readonly string[] =>
      strings
        .text(media.crypto[row]!)
        .split(', ')
        .filter((one) => one !== '');
    for (const { offer, answer, request, response } of exchangesOf(grounds)) {
      for (const message of [offer, answer]) {
        if (message === -1) continue;
        const bare = rowsAt(message).find((row) => {
          const profile = strings.text(media.profile[row]!).toUpperCase();
          return media.port[row] !== 0 && profile.startsWith('RTP/SAVP') && media.keyed[row] === 0;
        });
        if (bare !== undefined)
          sights.push({
            subject: strings.text(evidence.messages.source[message]!),
            rows: [message],
            values: { why: keyless, detail: strings.text(media.profile[bare]!) },
          });
      }
      if (offer === -1 || answer === -1) continue;
      rowsAt(answer).forEach((row, n) => {
        const asked = rowsAt(offer)[n];
        if (
          asked === undefined ||
          media.port[row] === 0 ||
          (media.keyed[row]! & 1) === 0 ||
          (media.keyed[asked]! & 1) === 0
        )
          return;
        if (suites(row).every((suite) => suites(asked).includes(suite))) return;
        sights.push({
          subject: strings.text(evidence.messages.source[answer]!),
          rows: [request, response].filter((one) => one !== -1),
          values: { why: other, detail: `${suites(asked).join(', ')} / ${suites(row).join(', ')}` },
        });
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: SRTP keys do not fit', '{subject} : clés SRTP incohérentes'),
  seen: text(
    '{count} {count|description|descriptions}: {why} ({detail}).',
    '{count} {count|description|descriptions} : {why} ({detail}).',
  ),
  cause: text(
    'The two sides cannot decrypt each other: silence or noise, or the call is refused.',
    'Les deux côtés ne peuvent se déchiffrer : silence ou bruit, ou appel refusé.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Set the same SRTP mode and suite on both sides of this leg.',
        'Régler le même mode SRTP et la même suite des deux côtés de cette jambe.',
      ),
    },
    sipSteps.openLadder,
  ],
  source: 'RFC 4568 §5.1.2, RFC 4568 §5.1.3',
});

const keyless = text(
  'a secure profile without a=crypto or fingerprint',
  'un profil sécurisé sans a=crypto ni fingerprint',
);
const other = text(
  'the answer names a tag and suite that the offer has not',
  'la réponse nomme un tag et une suite absents de l’offre',
);
const key = (tag: number, suite: string): readonly string[] => [
  'm=audio 40000 RTP/SAVP 8',
  `a=crypto:${tag} ${suite} inline:a2V5`,
];
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1');
const with_ = (offer: readonly string[], answer: readonly string[]) => ({
  ladder: { drawn, with: { 'INVITE-1': offer, '200-1': answer } },
});
export const examples: Examples = [
  {
    given: with_(key(1, 'AES_CM_128_HMAC_SHA1_80'), key(2, 'AES_CM_128_HMAC_SHA1_32')),
    expect: 'found',
    subjects: ['10.0.0.2'],
  },
  { given: with_(['m=audio 40000 RTP/SAVP 8'], []), expect: 'found', subjects: ['10.0.0.1'] },
  { given: with_(key(1, 'AES_CM_128_HMAC_SHA1_80'), key(1, 'AES_CM_128_HMAC_SHA1_80')), expect: 'clear' },
  noCapture,
];

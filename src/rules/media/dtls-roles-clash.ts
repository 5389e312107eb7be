import { mediaFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { exchangesOf, mediaOf } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'dtls-roles-clash',
  rows: ['M12'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, messages, strings } = evidence;
    if (media.keyed.every((keyed) => (keyed & 2) === 0)) return [];
    const rowsAt = mediaOf(evidence);
    const sights: Sight[] = [];
    const roles = mediaFlags.active | mediaFlags.passive | mediaFlags.actpass;
    for (const { offer, answer, request, response } of exchangesOf(grounds)) {
      if (offer === -1 || answer === -1) continue;
      rowsAt(answer).forEach((row, n) => {
        const asked = rowsAt(offer)[n];
        if (asked === undefined || media.port[row] === 0 || (media.keyed[asked]! & 2) === 0) return;
        const [a, b] = [media.flags[asked]! & roles, media.flags[row]! & roles];
        const clash = (a === b && (a === mediaFlags.active || a === mediaFlags.passive)) || b === mediaFlags.actpass;
        const bare = (media.keyed[row]! & 2) === 0;
        if (!clash && !bare) return;
        sights.push({
          subject: wayOf(grounds, answer),
          rows: [request, response].filter((one) => one !== -1),
          values: { why: bare ? keyless : roleClash, host: strings.text(messages.source[answer]!) },
        });
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: DTLS-SRTP cannot start', '{subject} : DTLS-SRTP ne peut démarrer'),
  seen: text('{count} {count|answer|answers} of {host}: {why}.', '{count} {count|réponse|réponses} de {host} : {why}.'),
  cause: text(
    'Nobody opens the DTLS handshake, both do, or one side has no certificate to show: no media keys.',
    'Personne n’ouvre la négociation DTLS, les deux le font, ou un côté n’a pas de certificat à montrer : pas de clés de média.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder, sipSteps.wholeCapture],
  source: 'RFC 5763 §5, RFC 8842 §5',
});

const roleClash = text('both sides took the same role (a=setup)', 'les deux côtés ont pris le même rôle (a=setup)');
const keyless = text(
  'the offer has a=fingerprint, the answer has none',
  'l’offre porte a=fingerprint, la réponse n’en a pas',
);
const line = (role: string): readonly string[] => [
  'm=audio 40000 UDP/TLS/RTP/SAVPF 8',
  'a=fingerprint:sha-256 AA:BB',
  `a=setup:${role}`,
];
const drawn = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1');
export const examples: Examples = [
  {
    given: { ladder: { drawn, with: { 'INVITE-1': line('active'), '200-1': line('active') } } },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  { given: { ladder: { drawn, with: { 'INVITE-1': line('actpass'), '200-1': line('active') } } }, expect: 'clear' },
  noCapture,
];

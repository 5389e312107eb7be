import { text, type Text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

/** Q.850 causes that end a call as it should: normal clearing, busy, no answer. */
const usual = new Set([16, 17, 18, 19, 31]);
const meanings: Readonly<Record<number, Text>> = {
  1: text('unallocated number', 'numéro non attribué'),
  3: text('no route to destination', 'pas de route vers la destination'),
  20: text('subscriber absent', 'abonné absent'),
  21: text('call rejected', 'appel rejeté'),
  27: text('destination out of order', 'destination hors service'),
  28: text('number incomplete', 'numéro incomplet'),
  34: text('no circuit available', 'aucun circuit disponible'),
  38: text('network out of order', 'réseau hors service'),
  41: text('temporary failure', 'défaillance temporaire'),
  47: text('resource unavailable', 'ressource indisponible'),
  58: text('bearer capability not available', 'service support indisponible'),
  88: text('incompatible destination', 'destination incompatible'),
  102: text('recovery on timer expiry', 'reprise sur temporisation'),
  111: text('protocol error', 'erreur de protocole'),
  127: text('interworking', 'interfonctionnement'),
};
const other = text('see Q.850', 'voir Q.850');

export default rule({
  id: 'release-cause',
  rows: ['D35'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['reason'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const ends = ['BYE', 'CANCEL', 'INVITE'].map((name) => strings.find(name));
    const seen = new Set<string>();
    const sights: Sight[] = [];
    for (const [row, values] of headerValues(evidence, 'reason')) {
      if (!ends.includes(messages.method[row]!) || links.duplicateOf[row] !== -1 || links.repeatOf[row] !== -1)
        continue;
      for (const value of values) {
        const cause = Number(/^\s*Q\.850\s*;.*?cause\s*=\s*(\d{1,3})/i.exec(value)?.[1] ?? 16);
        const key = `${links.callOf[row]} ${cause}`;
        if (usual.has(cause) || seen.has(key)) continue;
        seen.add(key);
        const host = strings.text(messages.source[row]!);
        sights.push({
          subject: `${host} Q.850 ${cause}`,
          rows: [row],
          values: { host, cause: String(cause), meaning: meanings[cause] ?? other, said: value.slice(0, 200) },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{host} ends calls with cause {cause}: {meaning}',
    '{host} termine des appels avec la cause {cause} : {meaning}',
  ),
  seen: text(
    '{count} {count|call was|calls were} ended by {host} with Reason {said}.',
    '{count} {count|appel terminé|appels terminés} par {host} avec Reason {said}.',
  ),
  cause: text(
    'The cause comes from the telephone network or PBX behind the host, in the words of Q.850.',
    'La cause vient du réseau téléphonique ou du PBX derrière l’hôte, dans les termes de Q.850.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder],
  source: 'RFC 3326 §2',
});

const call = two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 <BYE-2', '5.1 >200-2');
export const examples: Examples = [
  {
    given: { ladder: { drawn: call, with: { 'BYE-2': ['Reason: Q.850;cause=41;text="Temporary failure"'] } } },
    expect: 'found',
    subjects: ['10.0.0.2 Q.850 41'],
  },
  { given: { ladder: { drawn: call, with: { 'BYE-2': ['Reason: Q.850;cause=16'] } } }, expect: 'clear' },
  noCapture,
];

import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type Hit, rule } from '../rule';
import { messageAt } from '../signalling';
import { shownPlaces } from '../users';

const share = 0.02;

export default rule({
  id: 'messages-seen-twice',
  rows: ['Q02'],
  severity: 'warning',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, artifacts } = evidence;
    const total = new Map<number, number>();
    const twice = new Map<number, number[]>();
    for (let row = 0; row < messages.length; row++) {
      const artifact = messages.artifact[row]!;
      total.set(artifact, (total.get(artifact) ?? 0) + 1);
      const original = links.duplicateOf[row]!;
      // two captures of one message are what several captures are for
      if (original === -1 || messages.artifact[original] !== artifact) continue;
      const own = twice.get(artifact);
      if (own) own.push(row);
      else twice.set(artifact, [row]);
    }
    return [...twice].flatMap(([artifact, rows]): Hit[] => {
      const count = rows.length;
      if (count < share * total.get(artifact)! || count < 2) return [];
      const { path } = artifacts[artifact]!;
      return [
        {
          subject: path,
          at: rows.slice(0, shownPlaces).map((row) => messageAt(evidence, row)),
          count,
          values: { path, count, share: { percent: count / total.get(artifact)! } },
        },
      ];
    });
  },
  title: text('{path}: messages captured twice', '{path} : messages capturés deux fois'),
  seen: text(
    '{count} SIP messages ({share}) stand in this file twice within milliseconds; they are counted once.',
    '{count} messages SIP ({share}) figurent deux fois dans ce fichier à quelques millisecondes ; ils sont comptés une fois.',
  ),
  cause: text(
    'The capture ran on all interfaces at once, or on a mirror port that sees both directions of a switch.',
    'La capture tournait sur toutes les interfaces à la fois, ou sur un port miroir voyant les deux sens d’un commutateur.',
  ),
  causeIs: 'cause',
  steps: [{ do: text('Capture on one interface.', 'Capturer sur une seule interface.'), step: 'psi.data.09' }],
  source: 'RFC 3261 §17.2.3',
});

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.001 >INVITE-1', '0.1 <486-1', '0.101 <486-1') },
    expect: 'found',
    subjects: ['capture.pcap'],
  },
  // sent again half a second later
  { given: { ladder: two('0 >INVITE-1', '0.5 >INVITE-1', '0.6 <486-1') }, expect: 'clear' },
  noCapture,
];

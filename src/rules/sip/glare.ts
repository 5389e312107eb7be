import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type Refusal, refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'glare',
  rows: ['D45', 'f.sip.glare'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { links } = grounds;
    const legs = new Map<number, Refusal[]>();
    for (const refusal of [
      ...refusalsOf(grounds, 'INVITE', (status) => status === 491, 'any'),
      ...refusalsOf(grounds, 'UPDATE', (status) => status === 491, 'any'),
    ]) {
      const leg = links.legOf[refusal.final]!;
      legs.set(leg, [...(legs.get(leg) ?? []), refusal]);
    }
    return hitsOf(
      grounds,
      [...legs.values()].map((own): Sight => ({
        subject: wayOf(grounds, own[0]!.final),
        rows: own.flatMap((refusal) => rowsOf(grounds, refusal)),
        severity: own.length >= 3 ? 'error' : 'note',
        values: { times: own.length },
      })),
    );
  },
  title: text('{subject}: re-INVITEs collide', '{subject} : des re-INVITE se croisent'),
  seen: text(
    'In {count} {count|call|calls} both sides changed the session at once; 491 was sent {times} {times|time|times}.',
    'Dans {count} {count|appel|appels}, les deux côtés ont modifié la session en même temps ; 491 envoyé {times} fois.',
  ),
  cause: text(
    'Both sides hold, retrieve or refresh at the same moment. The owner of the Call-ID must wait 2.1–4 s, the other 0–2 s; who does not wait collides again.',
    'Les deux côtés mettent en garde, reprennent ou rafraîchissent au même moment. Le propriétaire du Call-ID doit attendre 2,1 à 4 s, l’autre 0 à 2 s ; qui n’attend pas recommence.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.openLadder],
  source: 'RFC 3261 §14.1, RFC 3311 §5.2',
});

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 >INVITE-2', '5.1 <491-2', '5.2 >ACK-2') },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  { given: { ladder: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '5 >INVITE-2', '5.1 <200-2') }, expect: 'clear' },
  noCapture,
];

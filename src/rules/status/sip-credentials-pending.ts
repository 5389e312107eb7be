import { text } from '../../text/text';
import { notSaid, said, wordsOf } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { someOf } from '../users';

export default rule({
  id: 'sip-credentials-pending',
  rows: ['f.zm.sip_pending'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['sipCredentials'],
  find({ facts }) {
    const pending = said(facts, 'sipCredentials', 'pending');
    const users = wordsOf(said(facts, 'sipCredentials', 'users') ?? '');
    if (pending === undefined && users.length === 0) return notSaid('sipCredentials');
    if (pending === 'none') return [];
    return [
      {
        subject: 'Identifiants SIP en attente',
        also: users,
        at: [],
        count: users.length,
        values: { users: users.length === 0 ? '–' : someOf(users) },
      },
    ];
  },
  title: text('SIP credentials pending', 'Identifiants SIP en attente dans Zoom'),
  seen: text(
    'The Zoom portal shows “Identifiants SIP en attente” (SIP credentials pending) for: {users}.',
    'Le portail Zoom affiche « Identifiants SIP en attente » pour : {users}.',
  ),
  cause: text(
    'Zoom has not received the SIP credentials of these users from the phone system: the link or the provisioning of the user is not complete.',
    'Zoom n’a pas reçu du système téléphonique les identifiants SIP de ces utilisateurs : la liaison ou le provisioning de l’utilisateur n’est pas complet.',
  ),
  causeIs: 'symptom',
  steps: [steps.sipPending, steps.readStatus, steps.giveZoomRole],
  source: 'FR 4.1.4 (inc.fr.04)',
});

export const examples: Examples = [
  {
    given: { facts: { sipCredentials: { pending: 'some', users: 'anna@example.org; bob@example.org' } } },
    expect: 'found',
    subjects: ['Identifiants SIP en attente'],
  },
  { given: { facts: { sipCredentials: { pending: 'none' } } }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | ZoomSipPhoneNotFound'] }, expect: 'not-evaluated' },
];

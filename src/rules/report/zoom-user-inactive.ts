import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { findCode } from '../users';

export default rule({
  id: 'zoom-user-inactive',
  rows: ['f.ucr.inactive'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findCode(evidence, 'ZoomUserStatusInactive'),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text('Zoom user inactive', 'Utilisateur Zoom inactif'),
  seen: text(
    'ZoomUserStatusInactive for {count} {count|user|users}: {users}.',
    'ZoomUserStatusInactive pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'The Zoom account of the user was deactivated, so its Phone tab cannot work.',
    'Le compte Zoom de l’utilisateur a été désactivé : son onglet Téléphone ne peut pas fonctionner.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Reactivate the user in the Zoom portal.', 'Réactiver l’utilisateur dans le portail Zoom.'),
      where: 'Gestion des utilisateurs > Utilisateurs',
      step: 'zm.act.03',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | ZoomUserStatusInactive', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['ZoomUserStatusInactive'],
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserStatusPending', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense'] }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

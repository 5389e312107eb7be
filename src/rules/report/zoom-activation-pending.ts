import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { findCode } from '../users';

export default rule({
  id: 'zoom-activation-pending',
  rows: ['f.ucr.pending'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findCode(evidence, 'ZoomUserStatusPending'),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text('Zoom activation not finished', 'Activation Zoom non terminée'),
  seen: text(
    'ZoomUserStatusPending for {count} {count|user|users}: {users}.',
    'ZoomUserStatusPending pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'The user has not followed the activation mail, or has not accepted the transfer of an existing Zoom account.',
    'L’utilisateur n’a pas suivi le mail d’activation, ou n’a pas accepté le transfert d’un compte Zoom existant.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Let the user open the activation mail (spam folder too) and finish the form; an existing Zoom user accepts the transfer.',
        'Faire ouvrir le mail d’activation (voir aussi les spams) et terminer le formulaire ; un utilisateur Zoom existant accepte le transfert.',
      ),
      step: 'zm.act.01',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | ZoomUserStatusPending', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['ZoomUserStatusPending'],
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserStatusInactive', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense'] }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

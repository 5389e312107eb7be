import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { findCode } from '../users';

/** The French guide prints this code on its row about SIP phones too; in a report it always means the user (inc.fr.01). */
export default rule({
  id: 'zoom-user-missing',
  rows: ['f.ucr.zm_missing'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findCode(evidence, 'ZoomUserNotFound'),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text('User absent from Zoom', 'Utilisateur absent de Zoom'),
  seen: text(
    'ZoomUserNotFound for {count} {count|user|users}: {users}.',
    'ZoomUserNotFound pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'No user with this e-mail is in the Zoom account: never added, or added with another spelling or case.',
    'Aucun utilisateur avec cet e-mail dans le compte Zoom : jamais ajouté, ou ajouté avec une autre orthographe ou casse.',
  ),
  causeIs: 'cause',
  steps: [
    steps.compareEmails,
    {
      do: text(
        'Add the missing users to the Zoom account; several e-mails are separated by commas.',
        'Ajouter les utilisateurs manquants au compte Zoom ; plusieurs e-mails se séparent par des virgules.',
      ),
      where: 'Gestion des utilisateurs > Utilisateurs',
      step: 'zm.user.01',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  { given: { report: ['anna@example.org | Anna | ZoomSipPhoneNotFound', 'bob@example.org | Bob'] }, expect: 'clear' },
  // other codes on a row without licence are not evidence
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense ZoomUserNotFound'] }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

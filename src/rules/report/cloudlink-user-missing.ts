import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { findCode } from '../users';

export default rule({
  id: 'cloudlink-user-missing',
  rows: ['f.ucr.cl_missing'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findCode(evidence, 'CloudLinkUserNotFound'),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text('User absent from CloudLink', 'Utilisateur absent de CloudLink'),
  seen: text(
    'CloudLinkUserNotFound for {count} {count|user|users}: {users}.',
    'CloudLinkUserNotFound pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'Zoom or the licences know this e-mail, the CloudLink user database does not: not provisioned, or spelled differently.',
    'Zoom ou les licences connaissent cet e-mail, pas la base utilisateurs de CloudLink : non provisionné, ou écrit autrement.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Provision the user in CloudLink with exactly the e-mail that Zoom has.',
        'Provisionner l’utilisateur dans CloudLink avec exactement l’e-mail de Zoom.',
      ),
    },
    steps.resynchronise,
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | CloudLinkUserNotFound', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['CloudLinkUserNotFound'],
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'] }, expect: 'clear' },
  // without the licence no other check was run: not “OK”
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense'] }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

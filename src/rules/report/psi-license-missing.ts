import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { groupHit, needsRows, noLicense, usersOf } from '../users';

export default rule({
  id: 'psi-license-missing',
  rows: ['f.ucr.no_license'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const rows = usersOf(evidence).byCode.get(noLicense);
      return rows ? [groupHit(evidence, noLicense, rows)] : [];
    }),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
  ],
  title: text(
    'ZoomPSI licence missing – other checks were not run',
    'Licence ZoomPSI absente – autres contrôles non effectués',
  ),
  seen: text(
    'The report gives {count} {count|user|users} NoClZoomPsiLicense: {users}. For them it stopped there, so their empty Zoom columns mean nothing.',
    'Le rapport donne NoClZoomPsiLicense à {count} {count|utilisateur|utilisateurs} : {users}. Il s’est arrêté là pour eux : leurs colonnes Zoom vides ne veulent rien dire.',
  ),
  cause: text(
    'CloudLink holds no ZoomPSI licence for this e-mail.',
    'CloudLink n’a pas de licence ZoomPSI pour cet e-mail.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Assign the ZoomPSI licence to the user in Mitel Administration.',
        'Attribuer la licence ZoomPSI à l’utilisateur dans Mitel Administration.',
      ),
      where: 'MiAccess > Mitel Administration',
    },
    steps.giveZoomRole,
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['NoClZoomPsiLicense'],
  },
  // the French guide prints a capital I, and a spreadsheet user may type a digit
  { given: { report: ['anna@example.org | Anna | NoCIZoomPsiLicense', 'bob@example.org | Bob'] }, expect: 'found' },
  { given: { report: ['anna@example.org | Anna | NoC1ZoomPsiLicense', 'bob@example.org | Bob'] }, expect: 'found' },
  { given: { report: ['anna@example.org | Anna | ZoomSipPhoneNotFound', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

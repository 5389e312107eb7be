import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { needsRows } from '../users';
import { casePairs, pairHit } from '../emails';

/** Twin of `email-case-split` where one of the two rows has no licence: the licence is joined by the e-mail as well. */
export default rule({
  id: 'license-on-other-spelling',
  rows: ['f.ucr.case_split'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () =>
      casePairs(evidence)
        .filter(({ stopped }) => stopped)
        .map((pair) => pairHit(evidence, pair)),
    ),
  title: text(
    'Same person split by letter case: the licence is spelled on the other row',
    'Même personne scindée par la casse : la licence est écrite sur l’autre ligne',
  ),
  seen: text(
    'The e-mails {names} differ only by case, blanks or Unicode form; one row has the CloudLink user, the other the Zoom user, and one of them has no ZoomPSI licence.',
    'Les e-mails {names} ne diffèrent que par la casse, des espaces ou la forme Unicode ; une ligne a l’utilisateur CloudLink, l’autre l’utilisateur Zoom, et l’une d’elles n’a pas de licence ZoomPSI.',
  ),
  cause: text(
    'Probably one person: licence, CloudLink and Zoom are joined by e-mail, case included.',
    'Probablement une seule personne : licence, CloudLink et Zoom sont joints par l’e-mail, casse comprise.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Write the e-mail alike in the PBX record, in CloudLink and in Zoom before assigning a second licence.',
        'Écrire l’e-mail de la même façon dans la fiche du PBX, CloudLink et Zoom avant d’attribuer une seconde licence.',
      ),
      step: 'zm.user.02',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2',
});

export const examples: Examples = [
  {
    given: {
      report: ['Anna@example.org | Anna | NoClZoomPsiLicense', 'anna@example.org | Anna | CloudLinkUserNotFound'],
    },
    expect: 'found',
    subjects: ['anna@example.org'],
  },
  { given: { report: ['Anna@example.org | Anna | NoClZoomPsiLicense', 'anna@example.org | Anna'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

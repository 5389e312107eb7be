import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { needsRows } from '../users';
import { casePairs, pairHit } from '../emails';

export default rule({
  id: 'email-case-split',
  rows: ['f.ucr.case_split'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () =>
      casePairs(evidence)
        .filter(({ stopped }) => !stopped)
        .map((pair) => pairHit(evidence, pair)),
    ),
  explains: [{ row: 'f.ucr.near_email', when: 'same-subject' }],
  title: text('Same person split by letter case', 'Même personne scindée par la casse'),
  seen: text(
    'One row has the CloudLink user, the other the Zoom user, and their e-mails differ only by case, blanks or Unicode form: {names}.',
    'Une ligne a l’utilisateur CloudLink, l’autre l’utilisateur Zoom, et leurs e-mails ne diffèrent que par la casse, des espaces ou la forme Unicode : {names}.',
  ),
  cause: text(
    'The four sources are joined by e-mail, case included: two spellings are two people.',
    'Les quatre sources sont jointes par l’e-mail, casse comprise : deux orthographes sont deux personnes.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Write the e-mail alike on both sides: in the PBX record (and CloudLink) and in Zoom.',
        'Écrire l’e-mail de la même façon des deux côtés : fiche du PBX (et CloudLink) et Zoom.',
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
      report: ['Anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | CloudLinkUserNotFound'],
    },
    expect: 'found',
    subjects: ['anna@example.org'],
  },
  // both rows are complete: two spellings, but nobody is split
  { given: { report: ['Anna@example.org | Anna', 'anna@example.org | Anna'] }, expect: 'clear' },
  {
    given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'hanna@example.org | H | CloudLinkUserNotFound'] },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

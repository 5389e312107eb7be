import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { emailOf, needsRows, noLicense, shownPlaces, someOf, unchecked, userAt, usersOf } from '../users';

/** Share of the rows that were checked at all, and the least number of users: below it a share says nothing. */
const leastShare = 0.8;
const leastRows = 5;

export default rule({
  id: 'issue-on-nearly-all',
  rows: ['f.ucr.mass_issue'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const { rows, stopped, byCode } = usersOf(evidence);
      const checked = rows.reduce((sum, row) => sum + (stopped[row] ? 0 : 1), 0);
      if (checked === 0) return unchecked(evidence);
      const hits: Hit[] = [];
      for (const [code, found] of byCode) {
        if (code === noLicense || code === 'ZoomUserStatusPending') continue;
        if (found.length < leastRows || found.length / checked < leastShare) continue;
        hits.push({
          subject: code,
          at: found.slice(0, shownPlaces).map((row) => userAt(evidence, row)),
          count: found.length,
          values: {
            code,
            count: found.length,
            checked,
            share: { percent: Math.round((found.length / checked) * 100) },
            users: someOf(found.slice(0, 5).map((row) => emailOf(evidence, row))),
          },
        });
      }
      return hits;
    }),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
    { row: 'f.ucr.cl_missing', when: 'same-subject' },
    { row: 'f.ucr.zm_missing', when: 'same-subject' },
    { row: 'f.ucr.no_sip_phone', when: 'same-subject' },
    { row: 'f.ucr.inactive', when: 'same-subject' },
    { row: 'f.ucr.unknown_issue', when: 'same-subject' },
  ],
  title: text(
    'Same issue on nearly all users: integration-level fault',
    'Même écart presque partout : panne d’intégration',
  ),
  seen: text(
    '{code} on {count} of {checked} checked users ({share}).',
    '{code} pour {count} des {checked} utilisateurs contrôlés ({share}).',
  ),
  cause: text(
    'When nearly everyone has one and the same issue, the link between CloudLink and Zoom is at fault rather than each user.',
    'Quand presque tout le monde a un seul et même écart, c’est le lien entre CloudLink et Zoom qui est en cause plutôt que chaque utilisateur.',
  ),
  causeIs: 'symptom',
  steps: [
    steps.readStatus,
    {
      do: text(
        'OAuth status Failed: authorise the Zoom application again.',
        'OAuth status Failed : autoriser à nouveau l’application Zoom.',
      ),
      step: 'zm.app.02',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.1',
});

const all = (count: number, code: string): string[] =>
  Array.from({ length: count }, (_, n) => `user${n}@example.org | User ${n} | ${code}`);

export const examples: Examples = [
  {
    // 4 of 5 checked rows would do; the row without licence does not count
    given: {
      report: [
        ...all(5, 'ZoomSipPhoneNotFound'),
        'eve@example.org | Eve | NoClZoomPsiLicense',
        'bob@example.org | Bob',
      ],
    },
    expect: 'found',
    subjects: ['ZoomSipPhoneNotFound'],
  },
  { given: { report: [...all(7, 'ZoomUserNotFound'), 'a@example.org | A', 'b@example.org | B'] }, expect: 'clear' },
  { given: { report: all(4, 'ZoomUserNotFound') }, expect: 'clear' },
  { given: { report: all(9, 'ZoomUserStatusPending') }, expect: 'clear' },
  { given: { report: all(9, 'NoClZoomPsiLicense') }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

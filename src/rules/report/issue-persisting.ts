import { text } from '../../text/text';
import { findChanges } from '../changes';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'issue-persisting',
  rows: ['f.ucr.persist'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findChanges(evidence, ['persisting']),
  title: text('{code}: still present', '{code} : persiste'),
  seen: text(
    '{count} {count|user has|users have} {code} in {older} and in {newer} alike: {users}.',
    '{count} {count|utilisateur a|utilisateurs ont} {code} dans {older} comme dans {newer} : {users}.',
  ),
  cause: text(
    'The correction was not made, did not reach CloudLink or Zoom, or the newer report was generated before it took effect.',
    'La correction n’a pas été faite, n’est pas parvenue à CloudLink ou à Zoom, ou le nouveau rapport a été généré avant qu’elle prenne effet.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Hand what persists after a correction to the system administrator.',
        'Remettre à l’administrateur système ce qui persiste après correction.',
      ),
      step: 'cl.ucr.02',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

const pair = (before: string, after: string) => ({
  reports: { 'report-2026-11-10.csv': [before], 'report-2026-11-12.csv': [after] },
});

export const examples: Examples = [
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | ZoomUserNotFound'),
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  // the same person, spelled otherwise
  {
    given: pair('Anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | ZoomUserNotFound'),
    expect: 'found',
  },
  { given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna'), expect: 'clear' },
  { given: pair('anna@example.org | Anna', 'anna@example.org | Anna'), expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound'] }, expect: 'not-evaluated' },
];

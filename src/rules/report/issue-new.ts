import { text } from '../../text/text';
import { findChanges } from '../changes';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'issue-new',
  rows: ['f.ucr.new'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findChanges(evidence, ['new', 'revealed']),
  title: text('{code}: new since the last report', '{code} : nouveau depuis le dernier rapport'),
  seen: text(
    '{count} {count|user has|users have} {code} in {newer} and had not in {older}: {users}.',
    '{count} {count|utilisateur a|utilisateurs ont} {code} dans {newer} et ne {count|l’avait|l’avaient} pas dans {older} : {users}.',
  ),
  cause: text(
    'Something changed for these users between the two reports, or a restored licence lets the checks run again and shows what they hid.',
    'Quelque chose a changé pour ces utilisateurs entre les deux rapports, ou une licence rendue relance les contrôles et montre ce qu’ils cachaient.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Read the Event History of these users between the two reports.',
        'Lire l’Event History de ces utilisateurs entre les deux rapports.',
      ),
      where: 'Support > Zoom',
      step: 'cl.ev.01',
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
    given: pair('anna@example.org | Anna', 'anna@example.org | Anna | ZoomUserNotFound'),
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  // the licence came back and shows it
  {
    given: pair('anna@example.org | Anna | NoClZoomPsiLicense', 'anna@example.org | Anna | ZoomUserNotFound'),
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | NoClZoomPsiLicense'),
    expect: 'found',
    subjects: ['NoClZoomPsiLicense'],
  },
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | ZoomUserNotFound'),
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound'] }, expect: 'not-evaluated' },
];

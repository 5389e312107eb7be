import { text } from '../../text/text';
import { findChanges } from '../changes';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'issue-fixed',
  rows: ['f.ucr.fixed'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findChanges(evidence, ['fixed']),
  title: text('{code}: fixed since the last report', '{code} : corrigé depuis le dernier rapport'),
  seen: text(
    '{count} {count|user|users} had {code} in {older} and no longer {count|has|have} it in {newer}: {users}.',
    '{count} {count|utilisateur avait|utilisateurs avaient} {code} dans {older} et ne {count|l’a|l’ont} plus dans {newer} : {users}.',
  ),
  cause: text(
    'The newer report proves it: CloudLink and Zoom now agree on these users.',
    'Le rapport plus récent le prouve : CloudLink et Zoom s’accordent maintenant sur ces utilisateurs.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Test a call with one of these users and close the ticket.',
        'Tester un appel avec l’un de ces utilisateurs et clore le ticket.',
      ),
      step: 'cl.ucr.02',
    },
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

const pair = (before: string, after: string) => ({
  reports: { 'report-2026-11-10.csv': [before], 'report-2026-11-12.csv': [after] },
});

export const examples: Examples = [
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna'),
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  // another issue took its place
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | ZoomSipPhoneNotFound'),
    expect: 'found',
  },
  // gone only because the checks stopped
  {
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | NoClZoomPsiLicense'),
    expect: 'clear',
  },
  {
    given: {
      reports: {
        'report-2026-11-10.csv': ['anna@example.org | Anna | ZoomUserNotFound'],
        'report-2026-11-12.csv': ['bob@example.org | Bob'],
      },
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound'] }, expect: 'not-evaluated' },
];

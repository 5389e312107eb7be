import { text } from '../../text/text';
import { findChanges } from '../changes';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'fix-hidden-by-license',
  rows: ['f.ucr.fix_hides'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) => findChanges(evidence, ['hidden']),
  title: text(
    '{code}: not fixed, the missing licence stopped the checks',
    '{code} : non corrigé, la licence absente a arrêté les contrôles',
  ),
  seen: text(
    '{count} {count|user|users} had {code} in {older}; in {newer} the licence is missing instead, so it was not checked: {users}.',
    '{count} {count|utilisateur avait|utilisateurs avaient} {code} dans {older} ; dans {newer} la licence manque à la place, il n’a donc pas été contrôlé : {users}.',
  ),
  cause: text(
    'A row without ZoomPSI licence is checked no further: the issue is hidden, not gone.',
    'Une ligne sans licence ZoomPSI n’est plus contrôlée : l’écart est caché, pas résolu.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Give the ZoomPSI licence back to these users.', 'Rendre la licence ZoomPSI à ces utilisateurs.'),
      where: 'MiAccess > Mitel Administration',
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
    given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna | NoClZoomPsiLicense'),
    expect: 'found',
    subjects: ['ZoomUserNotFound'],
  },
  {
    given: pair('anna@example.org | Anna | NoClZoomPsiLicense', 'anna@example.org | Anna | NoClZoomPsiLicense'),
    expect: 'clear',
  },
  { given: pair('anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | Anna'), expect: 'clear' },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound'] }, expect: 'not-evaluated' },
];

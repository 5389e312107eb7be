import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { needsRows, noLicense, shownPlaces, userAt, usersOf } from '../users';

export default rule({
  id: 'license-missing-for-all',
  rows: ['f.ucr.mass_license'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const { rows, stopped } = usersOf(evidence);
      if (!rows.every((row) => stopped[row])) return [];
      const at = rows.slice(0, shownPlaces).map((row) => userAt(evidence, row));
      return [{ subject: noLicense, at, count: rows.length, values: { count: rows.length } }];
    }),
  explains: [
    { row: 'f.ucr.persist', when: 'same-subject' },
    { row: 'f.ucr.new', when: 'same-subject' },
    { row: 'f.ucr.no_license', when: 'same-subject' },
  ],
  title: text('No user has ZoomPSI', 'Aucun utilisateur n’a ZoomPSI'),
  seen: text(
    'All {count} {count|row|rows} of the report {count|has|have} NoClZoomPsiLicense; nothing else was checked for anyone.',
    'Les {count} {count|ligne|lignes} du rapport {count|porte|portent} NoClZoomPsiLicense ; rien d’autre n’a été contrôlé pour personne.',
  ),
  cause: text(
    'No CloudLink role with Zoom PSI is given, or the CloudLink Gateway is not configured for Zoom (then the Zoom PSI box does not even show).',
    'Aucun rôle CloudLink avec Zoom PSI n’est attribué, ou la CloudLink Gateway n’est pas configurée pour Zoom (la case Zoom PSI n’apparaît alors même pas).',
  ),
  causeIs: 'symptom',
  steps: [
    steps.giveZoomRole,
    {
      do: text(
        'MiVoice 5000: is the box Zoom PSI there at all? If not, the CloudLink Gateway is not configured for Zoom.',
        'MiVoice 5000 : la case Zoom PSI existe-t-elle ? Sinon, la CloudLink Gateway n’est pas configurée pour Zoom.',
      ),
      where: 'Service téléphonie > Abonnés > Terminaux et Applications > Applications > CloudLink > Rôles',
      step: 'mv5.role.02',
    },
    steps.regenerateReport,
  ],
  source: 'FR 3.5.3, EN 6.4.5.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense', 'bob@example.org | Bob | NoCIZoomPsiLicense'] },
    expect: 'found',
    subjects: ['NoClZoomPsiLicense'],
  },
  { given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { capped, groupHit, unchecked, usersOf } from '../users';

export default rule({
  id: 'issue-code-unknown',
  rows: ['f.ucr.unknown_issue'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find({ evidence }) {
    const { byCode, unknownCodes } = usersOf(evidence);
    const hits = [...unknownCodes].sort().map((code) => groupHit(evidence, code, byCode.get(code)!, { names: code }));
    return [...capped(hits, 50), ...unchecked(evidence)];
  },
  title: text('Issue code not described in the guides', 'Code d’écart non décrit dans les guides'),
  seen: text(
    'The report holds {names} for {count} {count|user|users}: {users}.',
    'Le rapport contient {names} pour {count} {count|utilisateur|utilisateurs} : {users}.',
  ),
  cause: text(
    'Neither guide knows this code. It is shown as written; what it means is not known here.',
    'Aucun des deux guides ne connaît ce code. Il est affiché tel quel ; son sens n’est pas connu ici.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Ask Mitel support what this code means and send it with the report.',
        'Demander au support Mitel le sens de ce code et l’envoyer avec le rapport.',
      ),
      step: 'cl.ucr.02',
    },
  ],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna | ZoomTeapotNotFound', 'bob@example.org | Bob'] },
    expect: 'found',
    subjects: ['ZoomTeapotNotFound'],
  },
  // an alias is not unknown
  {
    given: { report: ['anna@example.org | Anna | nocizoompsilicense', 'bob@example.org | Bob'] },
    expect: 'not-evaluated',
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

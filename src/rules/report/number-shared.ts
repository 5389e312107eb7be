import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { capped, groupHit, needsRows, usersOf, withoutPlatform } from '../users';

export default rule({
  id: 'number-shared',
  rows: ['f.ucr.shared_number'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const { users, strings } = evidence;
      const known = usersOf(evidence);
      const hits: Hit[] = [];
      for (const { rows } of known.reports) {
        const byNumber = new Map<string, number[]>();
        for (const row of rows) {
          // a number that a spreadsheet damaged, or that stands behind a missing licence, proves nothing
          if (users.damaged[row] || known.stopped[row]) continue;
          const number = strings.text(users.zmSipPhoneNumber[row]!).replace(/\s+/g, '');
          const same = byNumber.get(number);
          if (same) same.push(row);
          else byNumber.set(number, [row]);
        }
        byNumber.delete('');
        for (const [number, same] of byNumber) {
          const people = new Set(same.map((row) => withoutPlatform(known.folded(row)).stem));
          if (people.size > 1) hits.push(groupHit(evidence, number, same, { names: number }));
        }
      }
      return capped(hits);
    }),
  title: text('Number shared by several users', 'Numéro partagé par plusieurs utilisateurs'),
  seen: text(
    'zmSipPhoneNumber {names} stands on {count} rows: {users}.',
    'zmSipPhoneNumber {names} figure sur {count} lignes : {users}.',
  ),
  cause: text(
    'Two users have the same SIP number: only one of them can be registered under it as expected.',
    'Deux utilisateurs ont le même numéro SIP : un seul peut s’enregistrer dessus comme prévu.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Check in the PBX which user owns the number, and the assignment of the other.',
        'Vérifier dans le PBX à quel utilisateur est le numéro, et l’affectation de l’autre.',
      ),
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2, FR 5.2.1',
});

export const examples: Examples = [
  {
    given: {
      report: ['anna@example.org | Anna | zmSipPhoneNumber=2001', 'bob@example.org | Bob | zmSipPhoneNumber=2001'],
    },
    expect: 'found',
    subjects: ['2001'],
  },
  // one person on two platforms; no number at all
  {
    given: {
      report: [
        'anna@example.org | Anna | zmSipPhoneNumber=2001',
        'anna@example.org.mobile | Anna | zmSipPhoneNumber=2001',
      ],
    },
    expect: 'clear',
  },
  {
    given: { report: ['anna@example.org | A | ZoomSipPhoneNotFound', 'bob@example.org | B | ZoomSipPhoneNotFound'] },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

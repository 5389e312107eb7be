import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { capped, groupHit, needsRows, usersOf } from '../users';

export default rule({
  id: 'email-duplicate',
  rows: ['f.ucr.dup_email'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const hits: Hit[] = [];
      for (const { rows } of usersOf(evidence).reports) {
        const byEmail = new Map<number, number[]>();
        for (const row of rows) {
          const email = evidence.users.email[row]!;
          const same = byEmail.get(email);
          if (same) same.push(row);
          else byEmail.set(email, [row]);
        }
        for (const [id, same] of byEmail) {
          const email = evidence.strings.text(id);
          if (email.trim() !== '' && same.length > 1) hits.push(groupHit(evidence, email, same, { names: email }));
        }
      }
      return capped(hits);
    }),
  title: text('Duplicate e-mail in the report', 'E-mail en double dans le rapport'),
  seen: text('{names} stands on {count} rows of the report.', '{names} figure sur {count} lignes du rapport.'),
  cause: text(
    'The e-mail is the key of every source; two records share it in one of them.',
    'L’e-mail est la clé de chaque source ; dans l’une d’elles, deux fiches le partagent.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Look for two accounts with this e-mail in CloudLink and in Zoom, and keep one.',
        'Chercher deux comptes avec cet e-mail dans CloudLink et dans Zoom, et n’en garder qu’un.',
      ),
      step: 'mv5.user.01',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna', 'bob@example.org | Bob', 'anna@example.org | Anna B.'] },
    expect: 'found',
    subjects: ['anna@example.org'],
  },
  {
    given: { report: ['anna@example.org | Anna', 'anna@example.org.mobile | Anna', 'Anna@example.org | A'] },
    expect: 'clear',
  },
  { given: { report: ['| Room 1', '| Room 2'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { emailOf, usersOf } from '../users';

/** Zoom takes at most so many users at a time. */
const lot = 50;

export default rule({
  id: 'users-over-fifty',
  rows: ['f.proc.batch50'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find({ evidence, facts }) {
    const typed = facts.usersToAdd?.value;
    // without a list by hand: users whom the report knows in Zoom, but without a phone of the integration
    const report = usersOf(evidence);
    if (typed === undefined && report.rows.length === 0) return [{ subject: '', missing: ['usersToAdd', 'art.ucr'] }];
    const users = typed ?? (report.byCode.get('ZoomSipPhoneNotFound') ?? []).map((row) => emailOf(evidence, row));
    const count = new Set(users).size;
    if (count <= lot) return [];
    return [{ subject: 'Utilisateurs intégrés', at: [], values: { count, lots: Math.ceil(count / lot) } }];
  },
  title: text('Split into lots of 50: {count} users to add', 'Faire des lots de 50 : {count} utilisateurs à ajouter'),
  seen: text(
    '{count} users are to be added to the integration: {lots} lots.',
    '{count} utilisateurs sont à ajouter à l’intégration : {lots} lots.',
  ),
  cause: text(
    'Zoom adds at most 50 users to the integration at a time.',
    'Zoom ajoute au plus 50 utilisateurs à l’intégration en une fois.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'The view of users gives the e-mails ready to paste, in lots of 50.',
        'La vue des utilisateurs donne les e-mails prêts à coller, par lots de 50.',
      ),
      step: 'zm.psi.03',
    },
    steps.addToIntegration,
  ],
  source: 'FR 4.1.4',
});

const some = (count: number): string[] => Array.from({ length: count }, (_, n) => `user${n}@example.org`);

export const examples: Examples = [
  { given: { facts: { usersToAdd: some(51) } }, expect: 'found', subjects: ['Utilisateurs intégrés'] },
  { given: { report: some(51).map((email) => `${email} | U | ZoomSipPhoneNotFound`) }, expect: 'found' },
  { given: { facts: { usersToAdd: [...some(50), 'user0@example.org'] } }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'clear' },
  { given: {}, expect: 'not-evaluated' },
];

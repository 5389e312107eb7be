import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { groupHit, needsRows, usersOf, withoutPlatform } from '../users';

export default rule({
  id: 'email-platform-suffix',
  rows: ['f.ucr.platform_suffix'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const users = usersOf(evidence);
      const bySuffix = new Map<string, number[]>();
      for (const { rows } of users.reports) {
        const known = new Set(rows.map((row) => users.folded(row)));
        for (const row of rows) {
          const { stem, suffix } = withoutPlatform(users.folded(row));
          if (suffix === '' || !known.has(stem)) continue;
          const same = bySuffix.get(suffix);
          if (same) same.push(row);
          else bySuffix.set(suffix, [row]);
        }
      }
      return [...bySuffix].map(([suffix, rows]): Hit => groupHit(evidence, suffix, rows, { suffix }));
    }),
  title: text('Zoom platform suffix, not a separate person', 'Suffixe de plateforme Zoom, pas une autre personne'),
  seen: text(
    '{count} {count|e-mail ends|e-mails end} in {suffix} and the e-mail without it stands on another row: {users}.',
    '{count} {count|e-mail finit|e-mails finissent} par {suffix} et l’e-mail sans ce suffixe figure sur une autre ligne : {users}.',
  ),
  cause: text(
    'Zoom tells several SIP phones of one person apart by such a suffix; these rows are not counted as other people.',
    'Zoom distingue par ce suffixe plusieurs téléphones SIP d’une même personne ; ces lignes ne comptent pas comme d’autres personnes.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Read these rows together with the row of the person.', 'Lire ces lignes avec celle de la personne.'),
    },
  ],
  source: 'Zoom API sip_phones',
});

export const examples: Examples = [
  {
    given: { report: ['anna@example.org | Anna', 'anna@example.org.mobile | Anna | CloudLinkUserNotFound'] },
    expect: 'found',
    subjects: ['.mobile'],
  },
  // nobody stands behind it; not behind a top-level domain
  { given: { report: ['anna@example.org.mobile | Anna', 'bob@example.org | Bob'] }, expect: 'clear' },
  { given: { report: ['anna.mobile@example.org | Anna', 'anna@example.org | Anna'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

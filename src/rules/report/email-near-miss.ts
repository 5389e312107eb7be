import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { capped, needsRows } from '../users';
import { nearPairs, pairHit } from '../emails';

export default rule({
  id: 'email-near-miss',
  rows: ['f.ucr.near_email'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence }) =>
    needsRows(evidence, () => {
      const typed: Hit[] = [];
      const numbered: Hit[] = [];
      for (const pair of nearPairs(evidence)) {
        const hit = pairHit(evidence, pair);
        if (onlyDigitsDiffer(hit.also![0]!, hit.also![1]!)) numbered.push({ ...hit, confidence: 'hint' });
        else typed.push(hit);
      }
      return [...capped(typed), ...capped(numbered, 5, '#')];
    }),
  title: text('Probable e-mail typo', 'Faute probable dans l’e-mail'),
  seen: text(
    'One row has the CloudLink user, the other the Zoom user, and their e-mails are nearly equal: {names}.',
    'Une ligne a l’utilisateur CloudLink, l’autre l’utilisateur Zoom, et leurs e-mails sont presque égaux : {names}.',
  ),
  cause: text(
    'Probably one person whose e-mail was typed differently on one side.',
    'Probablement une seule personne dont l’e-mail a été saisi autrement d’un côté.',
  ),
  causeIs: 'cause',
  steps: [steps.compareEmails, steps.regenerateReport],
  source: 'EN 6.4.5.2, FR 4.1.1',
});

/** user17 and user71 are rather two people than one mistyped. */
const onlyDigitsDiffer = (one: string, other: string): boolean =>
  /\d/.test(one) && /\d/.test(other) && one.replace(/\d/g, '').toLowerCase() === other.replace(/\d/g, '').toLowerCase();

export const examples: Examples = [
  {
    given: {
      report: [
        'anna.martin@example.org | Anna | ZoomUserNotFound',
        'ana.martim@example.org | Anna | CloudLinkUserNotFound',
        'leo@example.org | Leo | ZoomUserNotFound',
        'leo@example.com | Leo | CloudLinkUserNotFound',
      ],
    },
    expect: 'found',
    subjects: ['anna.martin@example.org', 'leo@example.org'],
  },
  // three edits; case alone is another finding; a complete row is nobody's other half
  {
    given: {
      report: [
        'anna.martin@example.org | Anna | ZoomUserNotFound',
        'ana.matim1@example.org | A | CloudLinkUserNotFound',
      ],
    },
    expect: 'clear',
  },
  {
    given: { report: ['Anna@example.org | Anna | ZoomUserNotFound', 'anna@example.org | A | CloudLinkUserNotFound'] },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna | ZoomUserNotFound', 'anne@example.org | Anne'] }, expect: 'clear' },
  // without a licence the empty Zoom columns are no evidence
  {
    given: { report: ['anna@example.org | Anna | NoClZoomPsiLicense', 'anne@example.org | A | CloudLinkUserNotFound'] },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

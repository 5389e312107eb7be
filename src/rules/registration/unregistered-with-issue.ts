import { text } from '../../text/text';
import { findAbsent } from '../absent';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'unregistered-with-issue',
  rows: ['f.reg.absent_with_issue'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report', ['registrar', 'subscribers']],
  find: (grounds) => findAbsent(grounds, true),
  title: text(
    '{email}: not registered, provisioning first ({issues})',
    '{email} : non enregistré, d’abord le provisioning ({issues})',
  ),
  seen: text(
    'The report says {issues} for {email}, and {listing} does not hold the number {number}.',
    'Le rapport dit {issues} pour {email}, et {listing} ne contient pas le numéro {number}.',
  ),
  cause: text(
    'The user is not completely provisioned; a registration cannot be expected before.',
    'L’utilisateur n’est pas entièrement provisionné ; aucun enregistrement n’est à attendre avant.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Repair the issue of the report first.', 'Corriger d’abord l’écart du rapport.'),
      where: 'Support > Zoom',
      step: 'cl.ucr.02',
    },
    steps.regenerateReport,
  ],
  source: 'EN 6.4.5.2',
});

const registrar = {
  'registrar.txt': ['sip registrar all', '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0', 'Total: 1'],
};

export const examples: Examples = [
  {
    given: {
      report: ['anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2002'],
      files: registrar,
    },
    expect: 'found',
    subjects: ['anna@example.org'],
  },
  {
    given: {
      report: ['anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2001'],
      files: registrar,
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna | zmSipPhoneNumber=2002'], files: registrar }, expect: 'clear' },
  {
    given: { report: ['anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2002'] },
    expect: 'not-evaluated',
  },
];

import { text } from '../../text/text';
import { findAbsent } from '../absent';
import type { Examples } from '../example';
import { rule } from '../rule';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'provisioned-not-registered',
  rows: ['f.reg.absent'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['report', ['registrar', 'subscribers']],
  find: (grounds) => findAbsent(grounds, false),
  title: text('{email}: provisioned but not registered', '{email} : provisionné mais non enregistré'),
  seen: text(
    'The report has nothing against {email}, number {number}, and {listing} does not hold it.',
    'Le rapport n’a rien contre {email}, numéro {number}, et {listing} ne le contient pas.',
  ),
  cause: text(
    'The client is signed out or offline, or its registration does not reach the call platform.',
    'Le client est déconnecté ou hors ligne, ou son enregistrement n’atteint pas la plateforme d’appel.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Look at the Phone tab of the client: is the user signed in, and what does it say?',
        'Regarder l’onglet Téléphone du client : l’utilisateur est-il connecté, et que dit-il ?',
      ),
      step: 'zm.tab',
    },
    sipSteps.captureBorder,
    sipSteps.listRegistrar,
  ],
  source: 'EN 5.2.1.1, EN 6.4.5a',
});

const listing = (...entries: readonly string[]) => ({
  'registrar.txt': [
    '> sip registrar all',
    'DN     Contact                  Expires  User Agent',
    ...entries.map((number) => `${number}   sip:${number}@10.0.0.5:5061   1800     Zoom/6.6.0`),
    `Total: ${entries.length}`,
  ],
});
const report = ['anna@example.org | Anna | zmSipPhoneNumber=2001', 'bob@example.org | Bob | zmSipPhoneNumber=2002'];

export const examples: Examples = [
  { given: { report, files: listing('2001') }, expect: 'found', subjects: ['bob@example.org'] },
  // the SBC's list, copied as CSV
  {
    given: {
      report,
      files: {
        'subs.csv': [
          'Subscriber;Status',
          '2001@voice.example;Registered',
          '2002@voice.example;Unregistered',
          'Total: 2',
        ],
      },
    },
    expect: 'found',
    subjects: ['bob@example.org'],
  },
  { given: { report, files: listing('2001', '2002') }, expect: 'clear' },
  // the same number with its prefix
  {
    given: { report: ['anna@example.org | Anna | zmSipPhoneNumber=+33 1 55 50 20 01'], files: listing('2001') },
    expect: 'clear',
  },
  // an issue is another rule's; a number of the mobile client alone is left to the push rules
  {
    given: {
      report: [
        'anna@example.org | Anna | ZoomUserStatusPending | zmSipPhoneNumber=2005',
        'bob@example.org | Bob | zmSipPhoneNumber=2002 | zmSipPhoneId=',
      ],
      files: listing('2001'),
    },
    expect: 'clear',
  },
  // nothing says that the list is whole
  {
    given: { report, files: { 'registrar.txt': ['sip registrar all', '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0'] } },
    expect: 'not-evaluated',
  },
  {
    given: {
      report,
      files: { 'registrar.txt': ['sip registrar all', '2001 sip:2001@10.0.0.5 1800 Zoom/6.6.0'] },
      facts: { listingComplete: true },
    },
    expect: 'found',
  },
  // a list of another day
  {
    given: {
      report,
      files: { 'registrar.txt': ['2026-11-08 10:00:00', ...listing('2001')['registrar.txt']] },
      facts: { incident: { from: '2026-11-12T09:30', to: '', zone: 'Europe/Paris' } },
    },
    expect: 'not-evaluated',
  },
  { given: { report }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import { notSaid, said } from '../declared';
import type { Examples } from '../example';
import { rule } from '../rule';

export default rule({
  id: 'certificate-change-risk',
  rows: ['f.proc.cert_change'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  facts: ['certificate'],
  find({ facts }) {
    const change = said(facts, 'certificate', 'change');
    const remote = said(facts, 'certificate', 'remoteWorkers');
    if (change === 'no' || remote === 'no') return [];
    if (change === undefined || remote === undefined) return notSaid('certificate');
    return [{ subject: 'Certificate', at: [], values: {} }];
  },
  title: text('Certificate change may cut 6xxx and OMM', 'Le changement de certificat peut couper 6xxx et OMM'),
  seen: text(
    'The MBG certificate is to change, and 6xxx terminals or OMM work as Remote Workers through it.',
    'Le certificat du MBG va changer, et des terminaux 6xxx ou l’OMM passent par lui en Remote Worker.',
  ),
  cause: text(
    'Terminals that trust the former type of certificate no longer register after the change.',
    'Les terminaux qui font confiance à l’ancien type de certificat ne s’enregistrent plus après le changement.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Read “Remote Worker via MBG – Manuel de Mise en Œuvre” before the change.',
        'Lire « Remote Worker via MBG – Manuel de Mise en Œuvre » avant le changement.',
      ),
      step: 'mbg.cert.02',
    },
  ],
  source: 'FR 3.2.1',
});

export const examples: Examples = [
  {
    given: { facts: { certificate: { change: 'yes', remoteWorkers: 'yes' } } },
    expect: 'found',
    subjects: ['Certificate'],
  },
  { given: { facts: { certificate: { change: 'yes', remoteWorkers: 'no' } } }, expect: 'clear' },
  { given: { facts: { certificate: { change: 'yes' } } }, expect: 'not-evaluated' },
  { given: {}, expect: 'not-evaluated' },
];

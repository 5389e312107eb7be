import { text } from '../../text/text';
import { certificateHits } from '../certificates';
import type { Examples } from '../example';
import { rule } from '../rule';
import { transportSteps } from '../transport-steps';

export default rule({
  id: 'tls-certificate-expired',
  rows: ['T05', 'f.tls.expired'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  explains: [
    { row: 'T04', when: 'same-subject' },
    { row: 'T06', when: 'same-hosts' },
  ],
  find: (grounds) =>
    certificateHits(
      grounds,
      ({ from, to, time }) => time > to || time < from,
      ({ from, to }) => ({
        from: Number.isFinite(from) ? { time: from } : '–',
        to: Number.isFinite(to) ? { time: to } : '–',
      }),
    ),
  title: text(
    'The certificate of {server} is not valid at this time',
    'Le certificat de {server} n’est pas valide à cette date',
  ),
  seen: text(
    '{certificate} is valid from {from} to {to}; the capture lies outside ({count} {count|handshake|handshakes}).',
    '{certificate} est valable du {from} au {to} ; la capture se situe en dehors ({count} {count|négociation|négociations}).',
  ),
  cause: text(
    'The certificate has expired or is not valid yet, or the clock of the capturing host is wrong.',
    'Le certificat a expiré ou n’est pas encore valable, ou l’horloge de l’hôte de capture est fausse.',
  ),
  causeIs: 'cause',
  steps: [transportSteps.certificate],
  source: 'FR 3.2.1, RFC 5280 §4.1.2.5',
});

const at = '203.0.113.7:40000 > 198.51.100.10:5061';
const shown = (dates: string) => [
  { ends: at, steps: ['0 > hello 1.2', '0.001 < hello 1.2', `0.002 < certificate mbg by=Public-CA ${dates}`] },
];
export const examples: Examples = [
  { given: { connections: shown('from=2025-01-01 to=2026-11-01') }, expect: 'found' },
  { given: { connections: shown('from=2026-12-01 to=2027-11-01') }, expect: 'found' },
  { given: { connections: shown('from=2026-01-01 to=2026-11-13') }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import { certificateHits } from '../certificates';
import type { Examples } from '../example';
import { rule } from '../rule';
import { transportSteps } from '../transport-steps';

export default rule({
  id: 'tls-certificate-self-signed',
  rows: ['f.tls.selfsigned'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  explains: [{ row: 'T04', when: 'same-subject' }],
  find: (grounds) => certificateHits(grounds, ({ selfSigned }) => selfSigned),
  title: text('{server} shows a self-signed certificate', '{server} présente un certificat auto-signé'),
  seen: text(
    '{certificate} is issued by itself; seen in {count} {count|handshake|handshakes}.',
    '{certificate} est émis par lui-même ; vu dans {count} {count|négociation|négociations}.',
  ),
  cause: text(
    'A Zoom client trusts certificates of public authorities only, so it ends the connection.',
    'Un client Zoom ne fait confiance qu’aux certificats d’autorités publiques, il met donc fin à la connexion.',
  ),
  causeIs: 'cause',
  steps: [transportSteps.certificate],
  source: 'FR 3.2.1',
});

const at = '203.0.113.7:40000 > 198.51.100.10:5061';
const shown = (certificate: string) => [
  {
    ends: at,
    steps: ['0 > hello 1.2 sni=mbg.aster.example', '0.001 < hello 1.2', `0.002 < certificate ${certificate}`],
  },
];
export const examples: Examples = [
  { given: { connections: shown('mbg') }, expect: 'found', subjects: ['198.51.100.10:5061 CN=mbg'] },
  { given: { connections: shown('mbg by=Public-CA') }, expect: 'clear' },
  {
    given: {
      connections: [
        { ends: at, steps: ['0 > hello 1.2 sni=a.mitel.io', '0.001 < hello 1.2', '0.002 < certificate x'] },
      ],
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

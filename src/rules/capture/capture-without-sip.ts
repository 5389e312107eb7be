import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Hit } from '../rule';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'capture-without-sip',
  rows: ['f.pcap.nosip'],
  severity: 'note',
  basis: 'capture-quality',
  confidence: 'certain',
  needs: ['signalling'],
  find: ({ evidence }) =>
    evidence.artifacts.flatMap(({ path, capture }, artifact): Hit[] => {
      if (!capture || capture.packets === 0 || capture.sipMessages > 0 || capture.tlsFlows > 0) return [];
      const values = { path, count: capture.packets };
      return [{ subject: path, at: [{ artifact, offset: 0, length: 0 }], count: capture.packets, values }];
    }),
  title: text('{path}: no SIP in this capture', '{path} : pas de SIP dans cette capture'),
  seen: text(
    '{count} {count|packet|packets}, none of them SIP in clear, and no TLS connection that could carry it.',
    '{count} {count|paquet|paquets}, aucun de SIP en clair, et aucune connexion TLS qui puisse le porter.',
  ),
  cause: text(
    'The capture was taken on another interface or host than the one that SIP passes, or its filter left SIP out.',
    'La capture a été prise sur une autre interface ou un autre hôte que ceux où passe le SIP, ou son filtre l’a écarté.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.captureBorder],
  source: 'EN 5.2.1.3b',
});

export const examples: Examples = [
  { given: { ladder: '\n  a  b\n 0.000 |  |\n 1.000 |  |' }, expect: 'found', subjects: ['capture.pcap'] },
  { given: { ladder: '\n  a  b\n 0.000 |--OPTIONS-1-->|\n 1.000 |  |' }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

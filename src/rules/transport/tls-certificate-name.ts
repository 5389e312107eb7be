import { text } from '../../text/text';
import { certificateHits } from '../certificates';
import type { Examples } from '../example';
import { rule } from '../rule';
import { transportSteps } from '../transport-steps';

/** `*` stands for one label on the left (RFC 9525 §6.3); an address is compared as it is written. */
function covers(pattern: string, name: string): boolean {
  const [own, asked] = [pattern.toLowerCase(), name.toLowerCase()];
  if (own === asked) return true;
  const dot = asked.indexOf('.');
  return own.startsWith('*.') && dot > 0 && own.slice(1) === asked.slice(dot);
}

export default rule({
  id: 'tls-certificate-name',
  rows: ['f.tls.name'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  explains: [{ row: 'T04', when: 'same-subject' }],
  find: (grounds) =>
    certificateHits(
      grounds,
      // a certificate without any name could not be read in full
      ({ sni, names }) => sni !== '' && names.length > 0 && !names.some((name) => covers(name, sni)),
      ({ sni }) => ({ asked: sni }),
    ),
  title: text(
    'The certificate of {server} is made for another name',
    'Le certificat de {server} est fait pour un autre nom',
  ),
  seen: text(
    'The client asks for {asked}; the certificate holds {names} ({count} {count|handshake|handshakes}).',
    'Le client demande {asked} ; le certificat porte {names} ({count} {count|négociation|négociations}).',
  ),
  cause: text(
    'The public name of the border is not in its certificate: a client that checks names ends the connection.',
    'Le nom public de la bordure ne figure pas dans son certificat : un client qui vérifie les noms met fin à la connexion.',
  ),
  causeIs: 'cause',
  steps: [transportSteps.certificate],
  source: 'FR 3.5.1, RFC 5922 §7.2',
});

const shown = (certificate: string, asked = 'sni=mbg.aster.example') => [
  {
    ends: '203.0.113.7:40000 > 198.51.100.10:5061',
    steps: [`0 > hello 1.2 ${asked}`, '0.001 < hello 1.2', `0.002 < certificate ${certificate} by=Public-CA`],
  },
];
export const examples: Examples = [
  { given: { connections: shown('mbg for=old.aster.example,mbg.local') }, expect: 'found' },
  // a wildcard stands for one label only
  { given: { connections: shown('x for=*.aster.example', 'sni=a.b.aster.example') }, expect: 'found' },
  { given: { connections: shown('x for=*.aster.example') }, expect: 'clear' },
  { given: { connections: shown('mbg.aster.example') }, expect: 'clear' },
  { given: { connections: shown('mbg', '') }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

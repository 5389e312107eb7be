import { curlHits } from '../curl-hits';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

const exempt = {
  do: text(
    'Exempt *.mitel.io from TLS inspection on the proxy or firewall.',
    'Exclure *.mitel.io de l’inspection TLS sur le proxy ou le pare-feu.',
  ),
};

export default rule({
  id: 'curl-tls-intercepted',
  rows: ['f.cld.tls_intercept'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find: (grounds) => curlHits(grounds, 'tls'),
  explains: [
    { row: 'f.cld.tls_intercept', when: 'always' },
    { row: 'f.cld.error', when: 'same-subject' },
  ],
  title: text('TLS inspection or a missing root CA', 'Inspection TLS ou AC racine absente'),
  seen: text(
    'On the host, curl does not trust the certificate that answers for {target} ({proxy}); it ends with code {code}.',
    'Sur l’hôte, curl ne fait pas confiance au certificat reçu pour {target} ({proxy}) ; il se termine avec le code {code}.',
  ),
  cause: text(
    'A proxy or firewall opens TLS and signs with its own authority, or the host lacks the root certificates.',
    'Un proxy ou pare-feu ouvre le TLS et signe avec sa propre autorité, ou l’hôte n’a pas les certificats racine.',
  ),
  causeIs: 'cause',
  steps: [exempt, steps.restartDaemon],
  source: 'EN 6.3.3',
});

const curl = (...lines: readonly string[]) => ({ files: { 'curl.txt': lines } });

export const examples: Examples = [
  {
    given: curl(
      '* Connected to download.mitel.io (192.0.2.7) port 443',
      '* SSL certificate problem: self-signed certificate in certificate chain',
      'curl: (60) SSL certificate problem: self-signed certificate in certificate chain',
    ),
    expect: 'found',
    subjects: ['download.mitel.io'],
  },
  {
    given: curl('*   Trying 192.0.2.7:443...', '> GET /cld HTTP/2', '> Host: download.mitel.io', '< HTTP/2 200'),
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

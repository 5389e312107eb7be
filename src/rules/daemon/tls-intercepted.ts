import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'tls-intercepted',
  rows: ['f.cld.tls_intercept'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: {
    authority:
      /x509: certificate signed by unknown authority|self[- ]signed certificate in certificate chain|curl: \(60\)/i,
  },
  find: (grounds) => hostHits(grounds, mentions(grounds.evidence, 'tls-intercepted', 'authority')),
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests TLS inspection or a missing root CA',
    'Le texte du journal suggère une inspection TLS ou une AC racine absente',
  ),
  seen: text(
    '{host}: {count} {count|line says|lines say} that a certificate comes from an unknown authority, from {from} to {to}.',
    '{host} : {count} {count|ligne dit|lignes disent} qu’un certificat vient d’une autorité inconnue, du {from} au {to}.',
  ),
  cause: text(
    'A proxy or firewall opens TLS and signs with its own authority, or the host lacks the root certificates.',
    'Un proxy ou pare-feu ouvre le TLS et signe avec sa propre autorité, ou l’hôte n’a pas les certificats racine.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Exempt *.mitel.io from TLS inspection on the proxy or firewall.',
        'Exclure *.mitel.io de l’inspection TLS sur le proxy ou le pare-feu.',
      ),
    },
    steps.curlThroughProxy,
  ],
  source: 'EN 6.3.3',
});

export const examples: Examples = [
  {
    given: { log: ['08:00:00 ERROR get failed err="x509: certificate signed by unknown authority"'] },
    expect: 'found',
  },
  { given: { log: ['08:00:00 ERROR get failed err="x509: certificate has expired"'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

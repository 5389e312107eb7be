import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'proxy-wants-credentials',
  rows: ['f.cld.proxy_auth'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: {
    words: /proxy authentication required/i,
    status: /\bHTTP\/[\d.]{1,3} 407\b|\bstatus(?:[ _]?code)?["']?[=: ]{1,2}["']?407\b|\bHTTP(?: status)? 407\b/i,
  },
  find(grounds) {
    const found = ['words', 'status'].flatMap((name) => mentions(grounds.evidence, 'proxy-wants-credentials', name));
    return hostHits(grounds, found);
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests that the proxy asks for credentials',
    'Le texte du journal suggère que le proxy exige une authentification',
  ),
  seen: text(
    '{host}: {count} {count|line shows|lines show} HTTP 407 (Proxy Authentication Required), from {from} to {to}.',
    '{host} : {count} {count|ligne montre|lignes montrent} HTTP 407 (Proxy Authentication Required), du {from} au {to}.',
  ),
  cause: text(
    'The proxy between the daemon and CloudLink refuses requests without a user and password, or refuses those in HTTPS_PROXY.',
    'Le proxy entre le démon et CloudLink refuse les requêtes sans identifiants, ou refuse ceux de HTTPS_PROXY.',
  ),
  causeIs: 'cause',
  steps: [steps.curlThroughProxy, steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.3.3',
});

export const examples: Examples = [
  {
    given: { log: ['08:00:00 ERROR connect failed err="proxyconnect tcp: Proxy Authentication Required"'] },
    expect: 'found',
  },
  { given: { log: ['08:00:00 ERROR connect failed status=407', '08:00:01 INFO up'] }, expect: 'found' },
  {
    given: { log: ['08:00:00 ERROR 407 users synchronised', '08:00:01 ERROR connect failed status=401'] },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

import { curlHits } from '../curl-hits';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'curl-proxy-credentials',
  rows: ['f.cld.proxy_auth'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find: (grounds) => curlHits(grounds, 'proxy-auth'),
  explains: [
    { row: 'f.cld.proxy_auth', when: 'always' },
    { row: 'f.cld.error', when: 'same-subject' },
  ],
  title: text('The proxy asks for credentials', 'Le proxy exige une authentification'),
  seen: text(
    'The proxy {proxy} answers curl’s request for {target} with HTTP 407.',
    'Le proxy {proxy} répond HTTP 407 à la requête de curl vers {target}.',
  ),
  cause: text(
    'The proxy between the daemon and CloudLink refuses requests without a user and password.',
    'Le proxy entre le démon et CloudLink refuse les requêtes sans identifiants.',
  ),
  causeIs: 'cause',
  steps: [steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.3.3',
});

const curl = (...lines: readonly string[]) => ({ files: { 'curl.txt': lines } });

export const examples: Examples = [
  {
    given: curl(
      '* Connected to 10.0.0.5 (10.0.0.5) port 3128 (#0)',
      '> CONNECT download.mitel.io:443 HTTP/1.1',
      '< HTTP/1.1 407 Proxy Authentication Required',
      'curl: (56) Received HTTP code 407 from proxy after CONNECT',
    ),
    expect: 'found',
    subjects: ['download.mitel.io (10.0.0.5:3128)'],
  },
  // refused for another reason
  {
    given: curl(
      '* Connected to 10.0.0.5 (10.0.0.5) port 3128 (#0)',
      '> CONNECT download.mitel.io:443 HTTP/1.1',
      '< HTTP/1.1 403 Forbidden',
    ),
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

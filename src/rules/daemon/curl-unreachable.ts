import { curlHits } from '../curl-hits';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'curl-unreachable',
  rows: ['f.cld.unreachable'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find: (grounds) => curlHits(grounds, 'unreachable', 'proxy'),
  explains: [
    { row: 'f.cld.unreachable', when: 'always' },
    { row: 'f.cld.error', when: 'same-subject' },
  ],
  title: text('CloudLink unreachable', 'CloudLink injoignable'),
  seen: text(
    'On the host, curl does not reach {target} ({proxy}); it ends with code {code}.',
    'Sur l’hôte, curl ne joint pas {target} ({proxy}) ; il se termine avec le code {code}.',
  ),
  cause: text(
    'A firewall drops or refuses TCP 443 to *.mitel.io, or the proxy is down or forbids the name.',
    'Un pare-feu rejette TCP 443 vers *.mitel.io, ou le proxy est arrêté ou interdit ce nom.',
  ),
  causeIs: 'cause',
  steps: [steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.3.3',
});

const curl = (...lines: readonly string[]) => ({ files: { 'curl.txt': lines } });

export const examples: Examples = [
  {
    given: curl(
      '*   Trying 192.0.2.7:443...',
      'curl: (28) Failed to connect to download.mitel.io port 443: Connection timed out',
    ),
    expect: 'found',
    subjects: ['download.mitel.io'],
  },
  {
    given: curl(
      '$ curl -v --proxy http://10.0.0.5:3128 https://download.mitel.io/cld/linux/amd64/current.json',
      'curl: (7) Failed to connect to 10.0.0.5 port 3128: Connection refused',
    ),
    expect: 'found',
    subjects: ['download.mitel.io (10.0.0.5:3128)'],
  },
  {
    given: curl('*   Trying 192.0.2.7:443...', '> GET /cld HTTP/2', '> Host: download.mitel.io', '< HTTP/2 200'),
    expect: 'clear',
  },
  // it worked the second time
  {
    given: curl(
      '*   Trying 192.0.2.7:443...',
      'curl: (28) Failed to connect to download.mitel.io port 443: Connection timed out',
      '*   Trying 192.0.2.7:443...',
      '> GET /cld HTTP/2',
      '> Host: download.mitel.io',
      '< HTTP/2 200',
    ),
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

import { curlHits } from '../curl-hits';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'curl-name-unresolved',
  rows: ['f.cld.dns'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find: (grounds) => curlHits(grounds, 'dns'),
  explains: [
    { row: 'f.cld.dns', when: 'always' },
    { row: 'f.cld.error', when: 'same-subject' },
  ],
  title: text('DNS cannot resolve CloudLink', 'Le DNS ne trouve pas CloudLink'),
  seen: text(
    'On the host, curl cannot resolve {target} ({proxy}).',
    'Sur l’hôte, curl ne peut pas résoudre {target} ({proxy}).',
  ),
  cause: text(
    'The DNS server of the host does not answer for mitel.io, or a proxy should resolve the name and is not used.',
    'Le serveur DNS de l’hôte ne répond pas pour mitel.io, ou un proxy devrait résoudre le nom et n’est pas utilisé.',
  ),
  causeIs: 'cause',
  steps: [steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.3.3',
});

const curl = (...lines: readonly string[]) => ({ files: { 'curl.txt': lines } });

export const examples: Examples = [
  {
    given: curl('* Could not resolve host: download.mitel.io', 'curl: (6) Could not resolve host: download.mitel.io'),
    expect: 'found',
    subjects: ['download.mitel.io'],
  },
  {
    given: curl('*   Trying 192.0.2.7:443...', '> GET /cld HTTP/2', '> Host: download.mitel.io', '< HTTP/2 200'),
    expect: 'clear',
  },
  // another name
  {
    given: curl('* Could not resolve host: a.example', 'curl: (6) Could not resolve host: a.example'),
    expect: 'not-evaluated',
  },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

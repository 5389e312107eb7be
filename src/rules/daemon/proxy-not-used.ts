import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, isDaemonLog, isMitelHost, mentions } from '../lines';
import { rule, type Hit } from '../rule';
import { placeOf, proxyAddress, stated, transfers } from '../stated';
import { steps } from '../steps';

const none = text('none', 'aucun');

export default rule({
  id: 'proxy-not-used',
  rows: ['f.cld.proxy_mismatch'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  find(grounds) {
    const { evidence, facts } = grounds;
    const works = transfers(evidence).filter(({ proxy, fault, status }) => proxy && fault === 'none' && status === 200);
    if (transfers(evidence).length === 0) return [{ subject: '', missing: ['art.curl'] }];
    const [transfer] = works;
    if (!transfer) return [];
    const failures = ['before', 'behind']
      .flatMap((name) => [
        ...mentions(evidence, 'cloudlink-unreachable', name),
        ...mentions(evidence, 'cloudlink-name-unresolved', name),
      ])
      .filter(
        ({ line, detail }) => isMitelHost(detail) && isDaemonLog(evidence.artifacts[evidence.lines.artifact[line]!]!),
      );
    if (failures.length === 0) return [];
    const set = [...stated(evidence, 'proxy').map(({ value }) => value)];
    if (facts.proxy?.origin === 'declared') set.push(facts.proxy.value);
    if (set.length === 0 && stated(evidence, 'proxy.unset').length === 0)
      return [{ subject: '', missing: ['art.proxy'] }];
    if (works.some(({ proxy }) => set.some((own) => sameProxy(own, proxy)))) return [];
    return hostHits(grounds, failures).map((hit): Hit => ({
      ...hit,
      at: [placeOf(transfer.fact), ...hit.at].slice(0, 50),
      values: { ...hit.values, works: transfer.proxy, set: set[0] ?? none },
    }));
  },
  explains: [
    { row: 'f.cld.unreachable', when: 'always' },
    { row: 'f.cld.dns', when: 'always' },
  ],
  title: text(
    'The proxy works by hand but the daemon does not use it',
    'Le proxy marche à la main, mais le démon ne l’utilise pas',
  ),
  seen: text(
    'curl through {works} ended with HTTP 200; {host} has {count} failed {count|connection|connections} to CloudLink from {from} to {to}, and its HTTPS_PROXY is {set}.',
    'curl à travers {works} se termine par HTTP 200 ; {host} a {count} {count|connexion|connexions} en échec vers CloudLink du {from} au {to}, et son HTTPS_PROXY est {set}.',
  ),
  cause: text(
    'HTTPS_PROXY is missing or names another proxy, or the daemon was not restarted after it was set.',
    'HTTPS_PROXY manque ou nomme un autre proxy, ou le démon n’a pas été redémarré après sa définition.',
  ),
  causeIs: 'cause',
  steps: [steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.3.3',
});

/** One proxy; a name and an address may well be the same machine. */
function sameProxy(one: string, other: string): boolean {
  const [a, b] = [proxyAddress(one), proxyAddress(other)];
  if (!a || !b) return false;
  const numeric = (host: string): boolean => /^[\d.]+$|^\[/.test(host);
  if (a.port !== '' && b.port !== '' && a.port !== b.port) return false;
  return a.host === b.host || numeric(a.host) !== numeric(b.host);
}

const refused = '08:00:00 ERROR get failed err="dial tcp: lookup director.api.mitel.io: i/o timeout"';
const curl = [
  '* Connected to 10.0.0.5 (10.0.0.5) port 3128 (#0)',
  '> CONNECT download.mitel.io:443 HTTP/1.1',
  '< HTTP/1.1 200 Connection established',
  '> GET /cld/linux/amd64/current.json HTTP/1.1',
  '< HTTP/1.1 200 OK',
];

export const examples: Examples = [
  {
    given: { log: [refused], files: { 'curl.txt': curl, 'proxy.conf': ['HTTPS_PROXY='] } },
    expect: 'found',
    subjects: ['cld.log'],
  },
  {
    given: { log: [refused], files: { 'curl.txt': curl, 'proxy.conf': ['HTTPS_PROXY=http://10.0.0.9:3128'] } },
    expect: 'found',
  },
  // the same proxy; a proxy that does not work by hand either
  {
    given: { log: [refused], files: { 'curl.txt': curl, 'proxy.conf': ['HTTPS_PROXY=http://10.0.0.5:3128/'] } },
    expect: 'clear',
  },
  {
    given: {
      log: [refused],
      files: { 'curl.txt': [...curl.slice(0, 2), '< HTTP/1.1 503 Busy'], 'proxy.conf': ['HTTPS_PROXY='] },
    },
    expect: 'clear',
  },
  { given: { log: [refused], files: { 'proxy.conf': ['HTTPS_PROXY='] } }, expect: 'not-evaluated' },
  { given: { log: [refused], files: { 'curl.txt': curl } }, expect: 'not-evaluated' },
];

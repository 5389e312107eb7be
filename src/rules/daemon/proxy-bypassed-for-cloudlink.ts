import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf, hostsOf, isMitelHost, mentions } from '../lines';
import { rule, type Hit } from '../rule';
import { placeOf, stated } from '../stated';
import { steps } from '../steps';

export default rule({
  id: 'proxy-bypassed-for-cloudlink',
  rows: ['f.cld.noproxy_mitel'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find({ evidence, facts }) {
    const exceptions = stated(evidence, 'proxy.except');
    const proxies = stated(evidence, 'proxy');
    if (exceptions.length === 0 && proxies.length === 0 && stated(evidence, 'proxy.unset').length === 0)
      return [{ subject: '', missing: ['art.proxy'] }];
    // without a proxy there is nothing to go round
    if (proxies.length === 0 && facts.proxy === undefined) return [];
    const failing = new Set(
      ['before', 'behind']
        .flatMap((name) => mentions(evidence, 'cloudlink-unreachable', name))
        .filter(({ detail }) => isMitelHost(detail))
        .map(({ line }) => hostOf(evidence, evidence.lines.artifact[line]!)),
    );
    const hits = new Map<string, Hit>();
    for (const fact of exceptions) {
      const items = fact.value.split(/[\s,;]+/).filter(coversCloudLink);
      if (items.length === 0) continue;
      const host = hostOf(evidence, fact.artifact);
      const known = hits.get(host);
      const at = [...(known?.at ?? []), placeOf(fact)];
      hits.set(host, {
        subject: host,
        hosts: hostsOf(evidence, at),
        at,
        values: { host, items: { list: items.slice(0, 5) } },
        // a connection that fails for it is worse than a setting that might
        ...(failing.has(host) ? { severity: 'error' } : {}),
      });
    }
    return [...hits.values()];
  },
  explains: [
    { row: 'f.cld.unreachable', when: 'same-hosts' },
    { row: 'f.cld.dns', when: 'same-hosts' },
  ],
  title: text('NO_PROXY excludes CloudLink from the proxy', 'NO_PROXY exclut CloudLink du proxy'),
  seen: text(
    '{host}: a proxy is set, and NO_PROXY holds {items}, which covers mitel.io.',
    '{host} : un proxy est défini, et NO_PROXY contient {items}, qui couvre mitel.io.',
  ),
  cause: text(
    'The daemon goes to CloudLink directly and not through the proxy, where the network lets only the proxy out.',
    'Le démon va vers CloudLink en direct et non par le proxy, alors que le réseau ne laisse sortir que le proxy.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Remove the item that covers mitel.io from NO_PROXY.',
        'Retirer de NO_PROXY l’élément qui couvre mitel.io.',
      ),
      step: 'osv.chk.04',
    },
    steps.restartDaemon,
  ],
  source: 'EN 6.3.3',
});

/** `*`, `.io`, `mitel.io`, `*.mitel.io`, `download.mitel.io:443`: a suffix of CloudLink’s names, or one of them. */
function coversCloudLink(item: string): boolean {
  const name = item.toLowerCase().replace(/:\d{1,5}$/, '');
  if (name === '*') return true;
  const bare = name.replace(/^\*?\./, '');
  return bare === 'io' || bare === 'mitel.io' || bare.endsWith('.mitel.io');
}

export const examples: Examples = [
  {
    given: { files: { 'proxy.conf': ['HTTPS_PROXY=http://10.0.0.5:3128', 'NO_PROXY=localhost,.mitel.io'] } },
    expect: 'found',
  },
  { given: { files: { 'proxy.conf': ['NO_PROXY=*'] }, facts: { proxy: 'http://10.0.0.5:3128' } }, expect: 'found' },
  // other names; and no proxy to go round
  {
    given: { files: { 'proxy.conf': ['HTTPS_PROXY=http://10.0.0.5:3128', 'NO_PROXY=.notmitel.io,mitel.com'] } },
    expect: 'clear',
  },
  { given: { files: { 'proxy.conf': ['NO_PROXY=.mitel.io'] } }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

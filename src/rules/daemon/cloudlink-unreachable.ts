import { MINUTE } from '../../base/time';
import { level } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { besideMitel, byHost, hostOf, isMitelHost, linesHit, linesOf, mentions, type Mention } from '../lines';
import { rule, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';

const id = 'cloudlink-unreachable';
/** So many failures within so much time; a single one is a passing matter. */
const leastFailures = 3;
const within = 10 * MINUTE;

const failure = String.raw`connection refused|i\/o timeout|context deadline exceeded|no route to host|network is unreachable|curl: \((?:7|28)\)`;

export default rule({
  id,
  rows: ['f.cld.unreachable'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: {
    // Get "https://director.api.mitel.io/x": dial tcp 192.0.2.7:443: connect: connection refused
    ...besideMitel(failure),
    // proxyconnect tcp: dial tcp 10.0.0.5:3128: i/o timeout
    proxy: new RegExp(
      String.raw`proxyconnect tcp:[^\n]{0,40}?dial tcp (?<detail>[\w.:[\]-]{3,80}): [^\n]{0,80}?(?:${failure})`,
      'i',
    ),
    recovered:
      /\breconnected\b|\b(?:connection|tunnel|session|link|websocket|uplink)\b[^\n]{0,60}?\b(?:restored|recovered|(?:re-?)?established|up|running|opened|succeeded|successful(?:ly)?|(?<!not )connected)\b|(?<!not )\bconnected\b[^\n]{0,80}?mitel\.io|mitel\.io[^\n]{0,120}?(?:(?<!not )\bconnected\b|\bsucce(?:eded|ssful)\b|\bstatus=20[0-4]\b|\b200 OK\b)/i,
  },
  find(grounds) {
    const { evidence } = grounds;
    const proxied = mentions(evidence, id, 'proxy');
    const viaProxy = new Set(proxied.map(({ line }) => line));
    const direct = ['before', 'behind']
      .flatMap((name) => mentions(evidence, id, name))
      .filter(({ line, detail }) => isMitelHost(detail) && !viaProxy.has(line));
    const recovered = mentions(evidence, id, 'recovered').filter(
      ({ line }) => evidence.lines.level[line]! <= level.info,
    );
    const hosts = byHost(evidence, direct);
    const hits: (Hit | undefined)[] = [...hosts].map(([host, own]) => {
      const targets = [...new Set(own.map(({ detail }) => detail.toLowerCase()))].sort();
      const target = targets.length === 1 ? targets[0]! : '*.mitel.io';
      return failing(grounds, hosts.size > 1 ? `${target} (${host})` : target, target, own, recovered, targets);
    });
    const proxies = new Map<string, Mention[]>();
    for (const mention of proxied) proxies.set(mention.detail, [...(proxies.get(mention.detail) ?? []), mention]);
    for (const [proxy, own] of proxies) hits.push(failing(grounds, proxy, proxy, own, recovered, [proxy]));
    return hits.filter((hit) => hit !== undefined);
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests that CloudLink is unreachable',
    'Le texte du journal suggère que CloudLink est injoignable',
  ),
  seen: text(
    '{host}: {count} failed connections to {target} from {from} to {to}; {after}.',
    '{host} : {count} connexions à {target} en échec du {from} au {to} ; {after}.',
  ),
  cause: text(
    'A firewall drops or refuses TCP 443 to *.mitel.io, the proxy is down, or the daemon does not use the proxy that it needs.',
    'Un pare-feu rejette TCP 443 vers *.mitel.io, le proxy est arrêté, ou le démon n’utilise pas le proxy qu’il lui faut.',
  ),
  causeIs: 'symptom',
  steps: [
    steps.curlThroughProxy,
    steps.checkProxy,
    {
      do: text(
        'Open TCP 443 from the host of the daemon to *.mitel.io.',
        'Ouvrir TCP 443 depuis l’hôte du démon vers *.mitel.io.',
      ),
    },
    steps.restartDaemon,
  ],
  source: 'EN 6.3.3',
});

const lasting = text('no later line says that it recovered', 'aucune ligne suivante n’indique un rétablissement');
const passing = text('a later line says that it recovered', 'une ligne suivante indique un rétablissement');

/** Blocker while it lasts, warning where a later line of the same host tells of a connection; below three: nothing. */
function failing(
  grounds: Grounds,
  subject: string,
  target: string,
  own: readonly Mention[],
  recovered: readonly Mention[],
  names: readonly string[],
): Hit | undefined {
  const { evidence, clock } = grounds;
  const lines = linesOf(own);
  const times = lines.map((line) => clock.lines[line]!).sort((a, b) => a - b);
  const dense = times.some((time, n) => (times[n + leastFailures - 1] ?? Infinity) - time <= within);
  if (!dense) return undefined;
  const last = times.at(-1)!;
  const hosts = new Set(lines.map((line) => hostOf(evidence, evidence.lines.artifact[line]!)));
  const back = recovered.some(
    ({ line }) => clock.lines[line]! > last && hosts.has(hostOf(evidence, evidence.lines.artifact[line]!)),
  );
  const hit = linesHit(grounds, subject, lines, {
    target,
    host: { list: [...hosts] },
    after: back ? passing : lasting,
  });
  return { ...hit, also: [...(hit.also ?? []), ...names], severity: back ? 'warning' : 'blocker' };
}

const refused = 'err="Get \\"https://director.api.mitel.io/x\\": dial tcp 192.0.2.7:443: connect: connection refused"';

export const examples: Examples = [
  {
    given: { log: ['08:00:00', '08:03:00', '08:06:00'].map((time) => `${time} ERROR get failed ${refused}`) },
    expect: 'found',
    subjects: ['director.api.mitel.io'],
  },
  {
    given: {
      log: ['08:00:00', '08:03:00', '08:06:00'].map(
        (time) => `${time} ERROR get failed err="proxyconnect tcp: dial tcp 10.0.0.5:3128: i/o timeout"`,
      ),
    },
    expect: 'found',
    subjects: ['10.0.0.5:3128'],
  },
  // twice in ten minutes; not CloudLink
  {
    given: { log: ['08:00:00', '08:05:00', '08:11:00'].map((time) => `${time} ERROR get failed ${refused}`) },
    expect: 'clear',
  },
  {
    given: {
      log: ['08:00:00', '08:01:00', '08:02:00'].map(
        (time) => `${time} ERROR dial tcp 10.0.0.9:5432: connection refused`,
      ),
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

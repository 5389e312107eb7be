import type { At } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostOf } from '../lines';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';
import { shownPlaces } from '../users';

const bad =
  /\b(?:down|fail\w*|stop\w*|error|disconnect\w*|closed|inactive|lost|refused|unreachable|exited|not (?:running|connected|active|up))\b|arrêt|coupé/i;
const good = /\b(?:up|running|connected|active|established|started|ok)\b|actif|connecté/i;

export default rule({
  id: 'tunnel-down',
  rows: ['f.cld.tunnel_down'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  find: (grounds) => {
    const declared = grounds.facts.tunnels?.origin === 'declared' ? grounds.facts.tunnels.value : undefined;
    return declared === undefined ? logged(grounds) : typed(declared);
  },
  explains: [
    { row: 'f.os4k.psi_icon', when: 'always' },
    { row: 'f.csta.not_active', when: 'always' },
  ],
  title: text('CloudLink tunnel not running', 'Tunnel CloudLink arrêté'),
  seen: text('Not running: {tunnels}.', 'À l’arrêt : {tunnels}.'),
  cause: text(
    'The daemon does not hold its connection to CloudLink: the network, the proxy or the daemon itself stands in the way.',
    'Le démon ne tient pas sa connexion à CloudLink : le réseau, le proxy ou le démon lui-même fait obstacle.',
  ),
  causeIs: 'symptom',
  steps: [steps.curlThroughProxy, steps.restartDaemon],
  source: 'EN 6.1.1, EN 6.2.1',
});

/** What a person read: «all running», or tunnels with their states. */
function typed(words: string): readonly (Hit | CannotTell)[] {
  const entries = words.split(/[\n,;]+/).filter((entry) => entry.trim() !== '');
  const down = entries.filter((entry) => bad.test(entry));
  if (down.length > 0)
    return [
      hit(
        down.map((entry) => entry.trim()),
        [],
      ),
    ];
  return entries.length > 0 && entries.every((entry) => good.test(entry))
    ? []
    : [{ subject: '', missing: ['tunnels'] }];
}

/** The last state of each tunnel in each log. */
function logged({ evidence }: Grounds): readonly (Hit | CannotTell)[] {
  const last = new Map<string, { readonly said: string; readonly at: At }>();
  for (const { key, value, artifact, offset, length } of evidence.facts) {
    if (key !== 'tunnels') continue;
    const tunnel = value.slice(0, value.lastIndexOf(':'));
    last.set(`${hostOf(evidence, artifact)}|${tunnel}`, { said: value, at: { artifact, offset, length } });
  }
  if (last.size === 0) return [{ subject: '', missing: ['tunnels', 'art.cld.bundle'] }];
  const down = [...last.values()].filter(({ said }) => bad.test(said.slice(said.lastIndexOf(':'))));
  return down.length === 0
    ? []
    : [
        hit(
          down.map(({ said }) => said),
          down.map(({ at }) => at),
        ),
      ];
}

const hit = (tunnels: readonly string[], at: readonly At[]): Hit => ({
  subject: 'Tunnels',
  at: at.slice(0, shownPlaces),
  count: at.length,
  values: { tunnels: { list: tunnels.slice(0, 8).map((one) => one.slice(0, 120)) } },
});

export const examples: Examples = [
  { given: { facts: { tunnels: 'director: connected, admin: not running' } }, expect: 'found', subjects: ['Tunnels'] },
  {
    given: { log: ['08:00:00 INFO t tunnel=director state=up', '08:05:00 WARN t tunnel=director state=down'] },
    expect: 'found',
  },
  {
    given: { log: ['08:00:00 WARN t tunnel=director state=down', '08:05:00 INFO t tunnel=director state=up'] },
    expect: 'clear',
  },
  { given: { facts: { tunnels: 'all running' } }, expect: 'clear' },
  // a person looked after the log was written
  { given: { log: ['08:05:00 WARN t tunnel=director state=down'], facts: { tunnels: 'running' } }, expect: 'clear' },
  { given: { facts: { tunnels: 'three' } }, expect: 'not-evaluated' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

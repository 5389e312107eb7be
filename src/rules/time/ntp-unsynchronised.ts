import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { byHost, hostOf, linesHit, linesOf, mentions } from '../lines';
import { readNtp } from '../ntp-state';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';
import { shownPlaces } from '../users';

/** Seconds; more makes short-lived tokens invalid. */
const threshold = 5;

const says = {
  unsynchronised: text('not synchronised', 'non synchronisée'),
  offset: text('off by more than 5 s', 'décalée de plus de 5 s'),
  host: text('the host of the daemon', 'l’hôte du démon'),
} as const satisfies Record<string, Text>;

export default rule({
  id: 'ntp-unsynchronised',
  rows: ['f.time.ntp_unsync'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: [],
  patterns: {
    timedatectl: /(?<detail>(?:System clock|NTP) synchronized: {0,4}(?:no|yes))\b/i,
    chrony: /(?<detail>Leap status {0,8}: {0,4}(?:Not synchroni[sz]ed|Normal))/i,
    offset: /(?<detail>System time {0,8}: {0,4}\d[\d.]{0,30} seconds (?:slow|fast))/i,
    daemon:
      /\b(?<detail>(?:ntp|chrony|time ?sync)\w{0,8}\b[^\n]{0,60}?\b(?:no peer|unsynchroni[sz]ed|not synchroni[sz]ed))/i,
  },
  find: (grounds) => clocks(grounds),
  explains: [
    { row: 'f.cld.token_time', when: 'overlapping-time' },
    { row: 'f.cld.token_time', when: 'same-subject' },
    { row: 'f.time.skew', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
    { row: 'f.cld.error', when: 'same-subject' },
  ],
  title: text('Host clock not synchronised: {host}', 'Horloge de l’hôte non synchronisée : {host}'),
  seen: text(
    '{host} says that its clock is {state}: «{said}».',
    '{host} dit que son horloge est {state} : « {said} ».',
  ),
  cause: text(
    'The host does not reach a time server (UDP 123), or none is set. Tokens of the CloudLink daemon live for a short time only, so a wrong clock makes them invalid.',
    'L’hôte ne joint pas de serveur de temps (UDP 123), ou aucun n’est réglé. Les jetons du démon CloudLink ne vivent que peu de temps : une heure fausse les invalide.',
  ),
  causeIs: 'cause',
  steps: [steps.checkClock, steps.restartDaemon],
  source: 'EN 6.3.4',
});

function clocks(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, facts } = grounds;
  const hits = new Map<string, Hit>();
  const put = (hit: Hit): void => {
    const known = hits.get(hit.subject);
    if (!known) {
      hits.set(hit.subject, hit);
      return;
    }
    const [from, to] = [spanEnd(Math.min, known.from, hit.from), spanEnd(Math.max, known.to, hit.to)];
    hits.set(hit.subject, {
      ...known,
      also: [...new Set([...(known.also ?? []), ...(hit.also ?? [])])],
      at: [...known.at, ...hit.at].slice(0, shownPlaces),
      count: (known.count ?? 0) + (hit.count ?? 0),
      ...(from === undefined || to === undefined ? {} : { from, to }),
    });
  };
  let told = false;
  const said = new Set<string>();
  for (const { artifact, key, value, offset, length } of evidence.facts) {
    if (key !== 'ntp') continue;
    told = true;
    said.add(value);
    const state = stateOf(value);
    if (!state) continue;
    const host = hostOf(evidence, artifact);
    const { from, to } = clock.span(artifact);
    put({
      subject: host,
      hosts: [host],
      ...(Number.isFinite(from) ? { from, to } : {}),
      at: [{ artifact, offset, length }],
      count: 1,
      values: { host, state, said: wordsOf(value) },
    });
  }
  const declared = facts.ntp?.origin === 'evidence' ? undefined : facts.ntp?.value;
  if (declared !== undefined && !said.has(declared)) {
    told = true;
    const state = stateOf(declared);
    const line = declared.split(/\r?\n/).find((one) => stateOf(one)) ?? declared.split(/\r?\n/)[0]!;
    const host = facts.hostname?.value ?? '';
    // without a name the host is the one that the person speaks of
    const shown = host === '' ? says.host : host;
    if (state) put({ subject: host, at: [], values: { host: shown, state, said: line.trim().slice(0, 200) } });
  }
  for (const name of ['timedatectl', 'chrony', 'offset', 'daemon']) {
    const found = mentions(evidence, 'ntp-unsynchronised', name);
    told ||= found.length > 0;
    for (const [host, own] of byHost(evidence, found)) {
      const bad = own.filter(({ detail }) => name === 'daemon' || stateOf(detail) !== undefined);
      if (bad.length === 0) continue;
      const { detail } = bad[0]!;
      put(linesHit(grounds, host, linesOf(bad), { host, state: stateOf(detail) ?? says.unsynchronised, said: detail }));
    }
  }
  return told ? [...hits.values()] : [{ subject: '', missing: ['art.ntp'] }];
}

function spanEnd(pick: (a: number, b: number) => number, a: number | undefined, b: number | undefined) {
  return a === undefined ? b : b === undefined ? a : pick(a, b);
}

/** What the command itself prints of a fact `unsynchronised by timedatectl`. */
function wordsOf(fact: string): string {
  const [, state, offset, command] = /^(un)?synchronised(?: offset=(\S+))? by (\w+)$/.exec(fact) ?? [];
  if (command === undefined) return fact.slice(0, 200);
  if (offset !== undefined && state === undefined) return `${command}: ${offset} s`;
  const words: Readonly<Record<string, string>> = {
    timedatectl: 'System clock synchronized: no',
    chronyc: 'Leap status: Not synchronised',
    ntpstat: 'unsynchronised',
  };
  return Object.hasOwn(words, command) ? words[command]! : command;
}

function stateOf(said: string): Text | undefined {
  const { synchronised, offset } = readNtp(said);
  if (synchronised === false) return says.unsynchronised;
  return offset !== undefined && offset > threshold ? says.offset : undefined;
}

export const examples: Examples = [
  { given: { facts: { ntp: 'System clock synchronized: no\nNTP service: active' } }, expect: 'found' },
  { given: { facts: { ntp: 'Leap status     : Not synchronised' } }, expect: 'found' },
  { given: { facts: { ntp: 'System time     : 12.345 seconds slow of NTP time' } }, expect: 'found' },
  {
    given: {
      facts: {
        ntp: '     remote           refid      st t when poll reach   delay   offset  jitter\n 10.0.0.9        .INIT.          16 u    -   64    0    0.000    0.000   0.000',
      },
    },
    expect: 'found',
  },
  { given: { log: ['08:00:00 WARN selfcheck: System clock synchronized: no'] }, expect: 'found' },
  { given: { log: ['08:00:00 WARN ntp: no peer in use'] }, expect: 'found', subjects: ['cld.log'] },
  {
    given: {
      facts: {
        ntp: '     remote           refid      st t when poll reach   delay   offset  jitter\n*10.0.0.9        10.0.0.1         2 u   33   64  377    0.210   -3.114   0.532',
      },
    },
    expect: 'clear',
  },
  { given: { log: ['08:00:00 INFO selfcheck: System clock synchronized: yes'] }, expect: 'clear' },
  { given: { log: ['08:00:00 INFO started'] }, expect: 'not-evaluated' },
];

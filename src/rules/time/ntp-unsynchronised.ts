import { text, type Text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { readNtp } from '../ntp-state';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { steps } from '../steps';

/** Seconds; more makes short-lived tokens invalid. */
const threshold = 5;

const says = {
  unsynchronised: text('not synchronised', 'non synchronisée'),
  offset: text('off by more than 5 s', 'décalée de plus de 5 s'),
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
  },
  find: (grounds) => clocks(grounds),
  explains: [
    { row: 'f.cld.token_time', when: 'overlapping-time' },
    { row: 'f.cld.token_time', when: 'same-subject' },
    { row: 'f.time.skew', when: 'same-subject' },
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
  const { evidence, facts } = grounds;
  const hits: Hit[] = [];
  let told = false;
  const fact = facts.ntp;
  if (fact) {
    const state = stateOf(fact.value);
    told = true;
    if (state) {
      const artifact = fact.artifact;
      const host =
        (artifact === undefined ? undefined : evidence.artifacts[artifact]?.host) ?? facts.hostname?.value ?? '';
      const seen = evidence.facts.find((one) => one.key === 'ntp' && one.value === fact.value);
      const said = fact.value.split(/\r?\n/).find((line) => stateOf(line)) ?? fact.value.split(/\r?\n/)[0]!;
      hits.push({
        subject: host,
        at: seen ? [{ artifact: seen.artifact, offset: seen.offset, length: seen.length }] : [],
        values: { host, state, said: said.trim().slice(0, 200) },
      });
    }
  }
  const found = ['timedatectl', 'chrony', 'offset'].flatMap((name) => mentions(evidence, 'ntp-unsynchronised', name));
  told ||= found.length > 0;
  const bad = found.filter(({ detail }) => stateOf(detail) !== undefined);
  for (const hit of hostHits(grounds, bad)) {
    if (hits.some(({ subject }) => subject === hit.subject)) continue;
    const said = bad[0]!.detail;
    hits.push({ ...hit, values: { ...hit.values, state: stateOf(said)!, said } });
  }
  return told ? hits : [{ subject: '', missing: ['art.ntp'] }];
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

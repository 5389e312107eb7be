import { HOUR, SECOND } from '../../base/time';
import { level } from '../../evidence/schema';
import { skews } from '../../evidence/skew';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { hostHits, mentions } from '../lines';
import { readNtp } from '../ntp-state';
import { rule, type Grounds } from '../rule';
import { steps } from '../steps';

/** Seconds by which a clock must be off before a bare 401 counts. */
const leastOffset = 60;
/** So soon after a refusal a line tells its consequence. */
const moment = 2 * SECOND;

export default rule({
  id: 'token-refused-by-clock',
  rows: ['f.cld.token_time'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['daemon-log'],
  patterns: {
    token: /token[^\n]{0,160}?\b(?<detail>expired|not yet valid|not valid|used before issued)\b/i,
    certificate: /x509:[^\n]{0,160}?\b(?<detail>not yet valid)\b/i,
    unauthorized:
      /\bHTTP\/[\d.]{1,3} (?<detail>401)\b|\b401 unauthorized\b|\bstatus(?:[ _]?code)?["']?[=: ]{1,2}["']?401\b/i,
    consequence: /\b(?<detail>unauthori[sz]ed)\b/i,
  },
  find(grounds) {
    const { lines } = grounds.evidence;
    const told = (name: string) => mentions(grounds.evidence, 'token-refused-by-clock', name);
    const found = [...told('token'), ...told('certificate')]
      // a token that is renewed in good time is told at INFO
      .filter(({ line }) => lines.level[line]! >= level.warning);
    // a bare 401 has many causes; it speaks of the clock only where the clock is known to be off
    const refused = told('unauthorized').filter(({ line }) => offsetAt(grounds, line) >= leastOffset);
    const before = new Set([...found, ...refused].map(({ line }) => line));
    // «unauthorized» in the very next line is the consequence, told a moment later
    const after = told('consequence').filter(
      ({ line }) =>
        lines.level[line]! >= level.warning &&
        before.has(line - 1) &&
        lines.artifact[line] === lines.artifact[line - 1] &&
        grounds.clock.lines[line]! - grounds.clock.lines[line - 1]! <= moment,
    );
    return hostHits(grounds, [...found, ...refused, ...after]);
  },
  explains: [
    { row: 'f.cld.error', when: 'same-subject' },
    { row: 'f.cld.warn', when: 'same-subject' },
  ],
  title: text(
    'Log text suggests a token refused: check the clock',
    'Le texte du journal suggère un jeton refusé : vérifier l’heure',
  ),
  seen: text(
    '{host}: {count} {count|line says|lines say} that a token or certificate is refused, from {from} to {to}.',
    '{host} : {count} {count|ligne dit|lignes disent} qu’un jeton ou certificat est refusé, du {from} au {to}.',
  ),
  cause: text(
    'Tokens of the daemon live for a short time only: a wrong clock makes valid ones look expired or not yet valid.',
    'Les jetons du démon ne vivent que peu de temps : une heure fausse fait paraître expirés ou pas encore valides des jetons valides.',
  ),
  causeIs: 'symptom',
  steps: [steps.checkClock, steps.restartDaemon],
  source: 'EN 6.3.4',
});

/**
 * Seconds that the clock behind a line is off: by the NTP status, by the offset given for its source, or as far as
 * another source that saw the same within an hour of the line says so.
 */
function offsetAt(grounds: Grounds, line: number): number {
  const { facts, clock, evidence } = grounds;
  const artifact = evidence.lines.artifact[line]!;
  const ntp = facts.ntp ? (readNtp(facts.ntp.value).offset ?? 0) : 0;
  let offset = Math.max(ntp, Math.abs(clock.zones[artifact]?.shift ?? 0) / SECOND);
  for (const { a, b, rest, by, oneClock, samples } of skews(evidence, clock)) {
    if (oneClock || by !== 'correlation' || (a !== artifact && b !== artifact)) continue;
    const near = samples.flat().some((row) => Math.abs((clock.lines[row] ?? NaN) - clock.lines[line]!) <= HOUR);
    if (near) offset = Math.max(offset, Math.abs(rest) / SECOND);
  }
  return offset;
}

export const examples: Examples = [
  { given: { log: ['08:00:00 ERROR refresh failed err="token is expired by 7m12s"'] }, expect: 'found' },
  { given: { log: ['08:00:00 WARN token used before issued', '08:00:01 INFO up'] }, expect: 'found' },
  {
    given: {
      log: [
        '08:00:00 ERROR get failed err="x509: certificate has expired or is not yet valid: current time 2020-01-01"',
      ],
    },
    expect: 'found',
  },
  {
    given: {
      log: ['08:00:00 ERROR refresh failed status=401'],
      facts: { ntp: 'System time     : 95.2 seconds slow of NTP time' },
    },
    expect: 'found',
  },
  // a 401 of a host that another source shows to be wrong, and what follows from it
  {
    given: {
      log: [
        '08:07:12 ERROR push refused status=401 x-mitel-correlation-id=1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01',
        '08:07:12.001 ERROR notification dropped: unauthorized',
      ],
      events: ['2026-11-12T08:00:00Z | NotificationFailed | push | anna | 1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01'],
    },
    expect: 'found',
  },
  // a 401 while the clock is right
  {
    given: {
      log: ['08:00:00 ERROR refresh failed status=401'],
      facts: { ntp: 'System time     : 0.2 seconds slow of NTP time' },
    },
    expect: 'clear',
  },
  // told in passing; not about its time
  { given: { log: ['08:00:00 INFO token expired, renewing', '08:00:01 ERROR token missing'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

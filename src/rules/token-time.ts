/** Tokens and certificates that a daemon's log says are refused for their time, and whether the clock is known to be wrong. */
import { HOUR, SECOND } from '../base/time';
import { level } from '../evidence/schema';
import { skews } from '../evidence/skew';
import { hostHits, hostOf, mentions } from './lines';
import { readNtp, type NtpState } from './ntp-state';
import type { Grounds, Hit } from './rule';
import { stated } from './stated';

/** Rule that holds the patterns. */
const id = 'token-refused-by-clock';
/** Seconds by which a clock must be off before a bare 401 counts. */
const leastOffset = 60;
/** Seconds by which a short-lived token is already refused. */
const wrong = 5;
/** So soon after a refusal a line tells its consequence. */
const moment = 2 * SECOND;

/** One finding a host. */
export function refusedTokens(grounds: Grounds): readonly Hit[] {
  const { lines } = grounds.evidence;
  const told = (name: string) => mentions(grounds.evidence, id, name);
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
}

/** Does an NTP status of that host, or one given by hand, show its clock unsynchronised or off? */
export function clockWrong({ evidence, facts }: Grounds, { subject }: Hit): boolean {
  const bad = ({ synchronised, offset }: NtpState): boolean =>
    synchronised === false || (offset !== undefined && offset > wrong);
  if (facts.ntp?.origin === 'declared') return bad(readNtp(facts.ntp.value));
  return stated(evidence, 'ntp').some(
    ({ artifact, value }) => hostOf(evidence, artifact) === subject && bad(readNtp(value)),
  );
}

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

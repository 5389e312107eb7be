/** Runs of a program as the process numbers of its log lines tell them. */
import { processPattern } from '../evidence/process-pattern';
import type { Clock } from '../evidence/clock';
import type { Evidence } from '../evidence/evidence';
import { hostOf } from './lines';

/** First lines of runs by host, in time; the run that a host's logs begin with has no first line. Hosts without numbers are left out. */
export function processStarts(evidence: Evidence, clock: Clock): ReadonlyMap<string, readonly number[]> {
  const { hits, lines, strings } = evidence;
  const pattern = strings.find(processPattern);
  const seen = new Map<string, { readonly line: number; readonly process: number }[]>();
  for (let hit = 0; hit < hits.length; hit++) {
    if (pattern <= 0 || hits.pattern[hit] !== pattern) continue;
    const line = hits.line[hit]!;
    const host = hostOf(evidence, lines.artifact[line]!);
    const own = seen.get(host) ?? [];
    own.push({ line, process: hits.detail[hit]! });
    seen.set(host, own);
  }
  return new Map(
    [...seen].map(([host, own]) => {
      own.sort((a, b) => clock.lines[a.line]! - clock.lines[b.line]! || a.line - b.line);
      // a rotated file goes on with the process of the file before
      return [host, own.filter(({ process }, n) => n > 0 && process !== own[n - 1]!.process).map(({ line }) => line)];
    }),
  );
}

/**
 * How far a capture runs on: rotated files of one vantage point (they share a host pair and follow each other) count as
 * one capture. «Nothing came» may be said only where somebody kept listening.
 */
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { MINUTE } from '../base/time';

/** Silence between two files of a rotated capture; longer means that capturing stopped. */
const pause = MINUTE;

/** Per artifact: corrected µs until which its capture runs on without a break; NaN where it holds no messages. */
export function coverageEnds(evidence: Evidence, clock: Clock): Float64Array {
  const { messages, artifacts } = evidence;
  const ends = new Float64Array(artifacts.length).fill(NaN);
  const [only] = messages.artifact;
  if (messages.artifact.every((artifact) => artifact === only)) {
    if (only !== undefined) ends[only] = clock.span(only).to;
    return ends;
  }
  const parent = artifacts.map((_, artifact) => artifact);
  const root = (artifact: number): number => {
    let at = artifact;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  const pairs = createIntern();
  const artifactOf: number[] = [];
  const holds = new Set<number>();
  for (let row = 0, last = -1, lastArtifact = -1; row < messages.length; row++) {
    const source = messages.source[row]!;
    const target = messages.target[row]!;
    const artifact = messages.artifact[row]!;
    const pair = source < target ? pairs.id(source, target) : pairs.id(target, source);
    if (pair === last && artifact === lastArtifact) continue;
    last = pair;
    lastArtifact = artifact;
    holds.add(artifact);
    const other = (artifactOf[pair] ??= artifact);
    if (other !== artifact) parent[root(other)] = root(artifact);
  }
  const spans = [...holds].map((artifact) => ({ artifact, group: root(artifact), ...clock.span(artifact) }));
  spans.sort((a, b) => a.group - b.group || a.from - b.from || a.to - b.to);
  for (let start = 0; start < spans.length;) {
    let end = spans[start]!.to as number;
    let at = start + 1;
    while (at < spans.length && spans[at]!.group === spans[start]!.group && spans[at]!.from <= end + pause) {
      end = Math.max(end, spans[at]!.to);
      at++;
    }
    for (; start < at; start++) ends[spans[start]!.artifact] = end;
  }
  return ends;
}

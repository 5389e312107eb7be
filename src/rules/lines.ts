/** How rules read the logs of the CloudLink daemon: lines by level and shape, lines that a pattern found, hosts. */
import { MINUTE } from '../base/time';
import type { Artifact, At, Evidence } from '../evidence/evidence';
import { shapeIdOf } from '../evidence/line-shapes';
import { maskSecrets } from '../evidence/mask';
import { incidentSpan, type Facts, type Span } from '../facts/facts';
import { hostNameOf, sourceNameOf } from './hosts';
import { patternId, type Grounds, type Hit } from './rule';
import { shownPlaces } from './users';

export const isDaemonLog = (artifact: Artifact): boolean =>
  artifact.kind === 'cloudlink-daemon-log' || artifact.provides.includes('art.cld.log');

export function lineAt({ lines }: Evidence, line: number): At {
  return {
    artifact: lines.artifact[line]!,
    offset: lines.offset[line]!,
    length: lines.size[line]!,
    line: lines.number[line]!,
  };
}

/** Host that wrote a log, else the name of what was dropped: the logs of one bundle belong together. */
export const hostOf = (evidence: Evidence, artifact: number): string =>
  hostNameOf(evidence, artifact) ?? sourceNameOf(evidence, artifact);

/** Names of the hosts that wrote the files of some places, where they are known. */
export const hostsOf = (evidence: Evidence, at: readonly At[]): readonly string[] => [
  ...new Set(at.flatMap(({ artifact }) => hostNameOf(evidence, artifact) ?? [])),
];

/** The window to compare with: the declared one, or a quarter of an hour around an instant. */
export function incidentWindow(facts: Facts): Span | undefined {
  const span = incidentSpan(facts);
  if (!span || span.to > span.from) return span;
  return { from: (span.from - 15 * MINUTE) as Span['from'], to: (span.to + 15 * MINUTE) as Span['to'] };
}

/** A line that a pattern of a rule found. */
export interface Mention {
  readonly line: number;
  readonly detail: string;
}

const cache = new WeakMap<Evidence, Map<number, number[]>>();

/** Lines in which a rule's pattern was found, in the order of the evidence. */
export function mentions(evidence: Evidence, ruleId: string, name: string): readonly Mention[] {
  const { hits, strings } = evidence;
  let byPattern = cache.get(evidence);
  if (!byPattern) {
    byPattern = new Map();
    for (let hit = 0; hit < hits.length; hit++) {
      const same = byPattern.get(hits.pattern[hit]!);
      if (same) same.push(hit);
      else byPattern.set(hits.pattern[hit]!, [hit]);
    }
    cache.set(evidence, byPattern);
  }
  const found = byPattern.get(strings.find(patternId(ruleId, name))) ?? [];
  return found.map((hit) => ({ line: hits.line[hit]!, detail: strings.text(hits.detail[hit]!) }));
}

/** Shape of a line's message without secrets: the subject of `daemon-errors`, by which causes fold their lines. */
export const shapeOf = (evidence: Evidence, line: number): string =>
  maskSecrets(evidence.strings.text(shapeIdOf(evidence, line))).slice(0, 300);

/** A shape as part of a title. */
export const gistOf = (shape: string): string => (shape.length > 64 ? `${shape.slice(0, 63).trimEnd()}…` : shape);

/**
 * Lines as one finding: span of corrected times, first places. Shapes of which every line is among them are further
 * subjects: the groups of `daemon-errors` that this finding explains as a whole.
 */
export function linesHit(grounds: Grounds, subject: string, found: readonly number[], values: Hit['values'] = {}): Hit {
  const { evidence, clock } = grounds;
  let from = Infinity;
  let to = -Infinity;
  for (const line of found) {
    const time = clock.lines[line]!;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  const timed = from <= to;
  const own = new Map<number, number>();
  const ids = found.map((line) => shapeIdOf(evidence, line));
  for (const id of ids) own.set(id, (own.get(id) ?? 0) + 1);
  const all = shapeCounts(evidence);
  const shapes = found
    .filter((_, n) => n < 5000 && own.get(ids[n]!) === all.get(ids[n]!))
    .map((line) => shapeOf(evidence, line));
  return {
    subject,
    also: [...new Set(shapes)].filter((shape) => shape !== '' && shape !== subject),
    hosts: [...new Set(found.map((line) => evidence.lines.artifact[line]!))]
      .map((artifact) => hostNameOf(evidence, artifact) ?? '')
      .filter((host, n, all) => host !== '' && all.indexOf(host) === n),
    ...(timed ? { from, to } : {}),
    at: found.slice(0, shownPlaces).map((line) => lineAt(evidence, line)),
    count: found.length,
    values: { count: found.length, from: timed ? { time: from } : '–', to: timed ? { time: to } : '–', ...values },
  };
}

const counts = new WeakMap<Evidence, ReadonlyMap<number, number>>();

/** Lines of each shape; only warnings and errors have one. */
function shapeCounts(evidence: Evidence): ReadonlyMap<number, number> {
  let known = counts.get(evidence);
  if (!known) {
    const fresh = new Map<number, number>();
    for (const shape of evidence.shapes.shape) if (shape !== 0) fresh.set(shape, (fresh.get(shape) ?? 0) + 1);
    counts.set(evidence, (known = fresh));
  }
  return known;
}

/** Lines by the host that wrote them. */
export function byHost(evidence: Evidence, found: readonly Mention[]): ReadonlyMap<string, readonly Mention[]> {
  const groups = new Map<string, Mention[]>();
  for (const mention of found) {
    const host = hostOf(evidence, evidence.lines.artifact[mention.line]!);
    const same = groups.get(host);
    if (same) same.push(mention);
    else groups.set(host, [mention]);
  }
  return groups;
}

/** One finding for each host whose lines a pattern found; a line counts once. */
export function hostHits(grounds: Grounds, found: readonly Mention[]): readonly Hit[] {
  return [...byHost(grounds.evidence, found)].map(([host, own]) => linesHit(grounds, host, linesOf(own), { host }));
}

export const linesOf = (found: readonly Mention[]): readonly number[] =>
  [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b);

/** Daemon lines of a span of levels, grouped by shape, most frequent first. */
export function shapeGroups(
  { evidence }: Grounds,
  least: number,
  most: number,
): readonly (readonly [string, readonly number[]])[] {
  const { lines, artifacts } = evidence;
  const daemon = artifacts.map(isDaemonLog);
  const shapes = new Map<number, string>();
  const groups = new Map<string, number[]>();
  for (let line = 0; line < lines.length; line++) {
    const level = lines.level[line]!;
    if (level < least || level > most || !daemon[lines.artifact[line]!]) continue;
    const id = shapeIdOf(evidence, line);
    let shape = shapes.get(id);
    if (shape === undefined) shapes.set(id, (shape = shapeOf(evidence, line) || '–'));
    const same = groups.get(shape);
    if (same) same.push(line);
    else groups.set(shape, [line]);
  }
  return [...groups].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}

/** Is the clock of one of these lines assumed? */
export const clockAssumed = ({ evidence, clock }: Grounds, found: readonly number[]): boolean =>
  found.some((line) => clock.zones[evidence.lines.artifact[line]!]?.origin === 'assumed');

/**
 * What must stand around a failure: a name of CloudLink (`mitel.io` or below it) before or behind it in the line. The
 * failure comes first in the expression, because it is rare and the name is not.
 */
export const besideMitel = (failure: string): { readonly before: RegExp; readonly behind: RegExp } => ({
  before: new RegExp(
    `(?:${failure})(?<=(?<detail>[\\w.-]{0,200}mitel\\.io)(?![\\w-]|\\.\\w)[^\\n]{0,300}?(?:${failure}))`,
    'i',
  ),
  behind: new RegExp(
    `(?:${failure})[^\\n]{0,300}?(?<![\\w.-])(?<detail>[\\w.-]{0,200}mitel\\.io)(?![\\w-]|\\.\\w)`,
    'i',
  ),
});

export const isMitelHost = (name: string): boolean => /(?:^|\.)mitel\.io$/i.test(name);

/**
 * Clock differences between artifacts, from events that both saw: the same SIP message in two captures, the same
 * correlation id in two logs. The median of the differences speaks; a difference is a zone (multiple of 15 min) plus a
 * skew (the rest), domain.md 3.10.
 */
import { MINUTE, SECOND } from '../base/time';
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import { createIntern } from './intern';

export interface Skew {
  /** Artifacts; `a < b`. */
  readonly a: number;
  readonly b: number;
  readonly by: 'message' | 'correlation';
  /** Both were written by one host as far as can be told, so they share a clock: only their zones can differ. */
  readonly oneClock: boolean;
  /** How far the clock of `b` is ahead of that of `a`, µs: median over all matches. */
  readonly difference: number;
  /** Its part that is a multiple of 15 min, µs. */
  readonly zone: number;
  /** The remainder, µs. */
  readonly rest: number;
  readonly matches: number;
  /** Median distance of a match from the median, µs. */
  readonly spread: number;
  /** Rows (messages or lines) of some matches, in pairs. */
  readonly samples: readonly (readonly [a: number, b: number])[];
}

const quarter = 15 * MINUTE;
const maxSamples = 3;
/** An event seen in more artifacts than this says nothing about two clocks (a constant id, a broken logger). */
const maxSightings = 16;
/** Matches that are measured for one pair; more do not move a median. */
const maxMeasured = 4096;
/** An id that lives longer in one log is no event (a session, a loop). */
const maxLife = 10 * SECOND;
/** Share of the messages in the common time that must be common before two captures count as two views of one wire. */
const commonShare = 0.5;

/** Differences between captures by equal messages. Rotated files share a few retransmissions, never most messages. */
export function messageSkews(evidence: Evidence, times: Float64Array): Skew[] {
  const { messages } = evidence;
  if (severalArtifacts(messages.artifact) === undefined) return [];
  const events = createIntern(messages.length);
  const eventOf = new Int32Array(messages.length);
  for (let row = 0; row < messages.length; row++) {
    eventOf[row] = events.id(messages.digest[row]!, messages.callId[row]!, messages.status[row]!);
  }
  const pairs = matched(messages.artifact, eventOf, events.size, times);
  return pairs
    .filter(({ matches }) => matches > 1)
    .map((pair) => measured(evidence, pair, times, 'message'))
    .filter((skew) => twoViews(evidence, times, eventOf, skew));
}

/** All differences: between captures by messages, between logs by correlation ids. */
export function skews(evidence: Evidence, clock: Clock): readonly Skew[] {
  const known = cache.get(clock);
  if (known) return known;
  const { lines } = evidence;
  const found = messageSkews(evidence, clock.messages);
  if (severalArtifacts(lines.artifact) !== undefined) {
    const eventOf = new Int32Array(lines.length);
    for (let row = 0; row < lines.length; row++) {
      // a line without a time of its own inherits one: too coarse to compare clocks
      eventOf[row] = lines.clock[row] === 0 ? 0 : lines.correlation[row]!;
    }
    for (const pair of matched(lines.artifact, eventOf, evidence.strings.size, clock.lines, 0)) {
      found.push(measured(evidence, pair, clock.lines, 'correlation'));
    }
  }
  cache.set(clock, found);
  return found;
}
const cache = new WeakMap<Clock, readonly Skew[]>();

function severalArtifacts(artifact: Uint32Array): true | undefined {
  for (let row = 1; row < artifact.length; row++) if (artifact[row] !== artifact[0]) return true;
  return undefined;
}

interface Pair {
  readonly a: number;
  readonly b: number;
  matches: number;
  /** Rows of the matches that are measured, in pairs. */
  readonly rows: (readonly [number, number])[];
}

/**
 * First sighting of each event per artifact, joined by pair of artifacts. `none` is an event id that matches nothing;
 * where it is given, an event that lives long in one artifact matches nothing either.
 */
function matched(artifact: Uint32Array, eventOf: Int32Array, events: number, times: Float64Array, none = -1): Pair[] {
  // per event a chain of rows, one an artifact
  const head = new Int32Array(events).fill(-1);
  const next = new Int32Array(artifact.length).fill(-1);
  const lasting = new Uint8Array(events);
  for (let row = 0; row < artifact.length; row++) {
    const event = eventOf[row]!;
    if (event === none || !Number.isFinite(times[row])) continue;
    let at = head[event]!;
    let length = 0;
    while (at !== -1 && artifact[at] !== artifact[row] && length <= maxSightings) {
      at = next[at]!;
      length++;
    }
    if (at === -1) {
      next[row] = head[event]!;
      head[event] = row;
    } else if (none !== -1 && Math.abs(times[row]! - times[at]!) > maxLife) lasting[event] = 1;
  }
  const pairs = new Map<string, Pair>();
  for (let event = 0; event < events; event++) {
    if (head[event] === -1 || next[head[event]!] === -1 || lasting[event] === 1) continue;
    const chain: number[] = [];
    for (let at = head[event]!; at !== -1; at = next[at]!) chain.push(at);
    if (chain.length > maxSightings) continue;
    chain.sort((x, y) => artifact[x]! - artifact[y]!);
    for (let i = 0; i < chain.length; i++) {
      for (let j = i + 1; j < chain.length; j++) {
        const a = artifact[chain[i]!]!;
        const b = artifact[chain[j]!]!;
        const key = `${a} ${b}`;
        let pair = pairs.get(key);
        if (!pair) pairs.set(key, (pair = { a, b, matches: 0, rows: [] }));
        if (pair.matches++ < maxMeasured) pair.rows.push([chain[i]!, chain[j]!]);
      }
    }
  }
  return [...pairs.values()].sort((x, y) => x.a - y.a || x.b - y.b);
}

/** One host, one bundle made on a host, or the files of one rotated log (`cld.log`, `cld.log.1`). */
function oneClock({ artifacts }: Evidence, a: number, b: number): boolean {
  const [one, other] = [artifacts[a]!, artifacts[b]!];
  if (one.host !== undefined && other.host !== undefined) return one.host === other.host;
  const bundle = (artifact: number): number => {
    let at = artifact;
    while (at !== -1 && artifacts[at]!.kind !== 'tar') at = artifacts[at]!.parent;
    return at;
  };
  const stem = (path: string): string => path.replace(/[-.\d]*(?:\.(?:gz|xz|bz2|zst))?(?:!\/.*)?$/, '');
  return (
    (bundle(a) !== -1 && bundle(a) === bundle(b)) || (one.path !== other.path && stem(one.path) === stem(other.path))
  );
}

function measured(evidence: Evidence, pair: Pair, times: Float64Array, by: Skew['by']): Skew {
  const { a, b, matches, rows } = pair;
  const differences = rows.map(([rowA, rowB]) => times[rowB]! - times[rowA]!);
  const difference = median(differences);
  const zone = zonePart(difference);
  const sorted = rows
    .map((row, n) => ({ row, off: Math.abs(differences[n]! - difference) }))
    .sort((x, y) => x.off - y.off || x.row[0] - y.row[0]);
  return {
    a,
    b,
    by,
    oneClock: by === 'correlation' && oneClock(evidence, a, b),
    difference,
    zone,
    rest: difference - zone,
    matches,
    spread: median(sorted.map(({ off }) => off)),
    samples: sorted.slice(0, maxSamples).map(({ row }) => row),
  };
}

/** The multiple of 15 min nearest to a difference. */
export const zonePart = (difference: number): number => Math.round(difference / quarter) * quarter || 0;

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Are the two captures two views of one wire? Then most of what one saw of the common hosts in the common time the other
 * saw as well, and as often: the retransmissions on both sides of a file change are neither.
 */
function twoViews(evidence: Evidence, times: Float64Array, eventOf: Int32Array, skew: Skew): boolean {
  if (skew.spread > SECOND) return false;
  const { messages } = evidence;
  const side = (artifact: number, shift: number): Side => {
    const view: Side = { from: Infinity, to: -Infinity, rows: [], events: new Map() };
    for (let row = 0; row < messages.length; row++) {
      if (messages.artifact[row] !== artifact) continue;
      const time = times[row]! - shift;
      view.from = Math.min(view.from, time);
      view.to = Math.max(view.to, time);
      view.rows.push(row);
      view.events.set(eventOf[row]!, (view.events.get(eventOf[row]!) ?? 0) + 1);
    }
    return view;
  };
  const a = side(skew.a, 0);
  const b = side(skew.b, skew.difference);
  const hosts = createIntern();
  for (const row of a.rows) if (b.events.has(eventOf[row]!)) hosts.id(messages.source[row]!, messages.target[row]!);
  const start = Math.max(a.from, b.from) - SECOND;
  const end = Math.min(a.to, b.to) + SECOND;
  const share = (one: Side, other: Side, shift: number): number => {
    let seen = 0;
    let common = 0;
    for (const row of one.rows) {
      const time = times[row]! - shift;
      if (time < start || time > end || hosts.find(messages.source[row]!, messages.target[row]!) === -1) continue;
      seen++;
      if (one.events.get(eventOf[row]!) === other.events.get(eventOf[row]!)) common++;
    }
    return seen === 0 ? 0 : common / seen;
  };
  return share(a, b, 0) >= commonShare && share(b, a, skew.difference) >= commonShare;
}

interface Side {
  from: number;
  to: number;
  readonly rows: number[];
  readonly events: Map<number, number>;
}

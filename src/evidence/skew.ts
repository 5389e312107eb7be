/**
 * Clock differences between artifacts, from events that both saw: the same SIP message in two captures, the same
 * correlation id in two logs. The median of the differences speaks; a difference is a zone (multiple of 15 min) plus a
 * skew (the rest), domain.md 3.10.
 */
import { MINUTE, SECOND } from '../base/time';
import { correlationKey } from '../base/correlation';
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
  /** Rows of some matches, in pairs: messages, or lines and (counted on behind the last line) events. */
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

/** Which message texts are equal: a dense number per text, per message. */
export interface Texts {
  readonly of: Int32Array;
  readonly count: number;
}

export function messageTexts({ messages }: Evidence): Texts {
  const { digest, callId, status, length } = messages;
  let size = 1024;
  while (size < length * 2) size *= 2;
  // the first message of each text stands for it: no key is copied
  const slots = new Int32Array(size);
  const first = new Int32Array(length);
  const of = new Int32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) {
    const hash = Math.imul(digest[row]! ^ Math.imul(callId[row]!, 0x85ebca6b) ^ status[row]!, 0x9e3779b1);
    let slot = (hash ^ (hash >>> 15)) & (size - 1);
    let text = slots[slot]! - 1;
    while (text !== -1) {
      const same = first[text]!;
      if (digest[same] === digest[row] && callId[same] === callId[row] && status[same] === status[row]) break;
      slot = (slot + 1) & (size - 1);
      text = slots[slot]! - 1;
    }
    if (text === -1) {
      first[count] = row;
      text = count;
      slots[slot] = ++count;
    }
    of[row] = text;
  }
  return { of, count };
}

/** Differences between captures by equal messages. Rotated files share a few retransmissions, never most messages. */
export function messageSkews(evidence: Evidence, times: Float64Array, known?: Texts): Skew[] {
  const { artifact } = evidence.messages;
  if (severalArtifacts(artifact) === undefined) return [];
  const texts = known ?? messageTexts(evidence);
  return matched(artifact, texts.of, texts.count, times)
    .filter(({ matches }) => matches > 1)
    .map((pair) => measured(evidence, pair, times, 'message'))
    .filter((skew) => twoViews(evidence, times, texts, skew));
}

/** All differences: between captures by messages, between logs and event lists by correlation ids. */
export function skews(evidence: Evidence, clock: Clock): readonly Skew[] {
  const known = cache.get(clock);
  if (known) return known;
  const found = messageSkews(evidence, clock.messages);
  const { rows, artifact, eventOf, events, times } = correlated(evidence, clock);
  if (severalArtifacts(artifact) !== undefined) {
    for (const pair of matched(artifact, eventOf, events, times, true)) {
      const skew = measured(evidence, pair, times, 'correlation');
      found.push({ ...skew, samples: skew.samples.map(([a, b]) => [rows[a]!, rows[b]!]) });
    }
  }
  cache.set(clock, found);
  return found;
}

/**
 * Log lines and the rows of event lists that share an id with another artifact, as far as a table of one byte a slot can
 * tell: who wrote them, by which id and when. Ids are mostly seen in one artifact only, and there may be millions.
 */
function correlated({ lines, events, correlations, strings }: Evidence, clock: Clock) {
  const { line: lineOf, key: keys, length } = correlations;
  const rows: number[] = [];
  const eventOf: number[] = [];
  let size = 1024;
  while (size < length * 4) size *= 2;
  const seenBy = new Uint8Array(length > 0 ? size : 0);
  const slotOf = (key: number): number => key & (size - 1);
  const several = 255;
  const see = (key: number, artifact: number): void => {
    const by = 1 + (artifact % 254);
    const slot = slotOf(key);
    if (seenBy[slot] === 0) seenBy[slot] = by;
    else if (seenBy[slot] !== by) seenBy[slot] = several;
  };
  // a line without a time of its own inherits one: too coarse to compare clocks
  const timed = (n: number): boolean => lines.clock[lineOf[n]!] !== 0;
  for (let n = 0; n < length; n++) if (timed(n)) see(keys[n]!, lines.artifact[lineOf[n]!]!);
  // an event list has no column for it: a word of a cell that is some line's id
  const words: { readonly row: number; readonly key: number }[] = [];
  for (let row = 0; length > 0 && row < events.length; row++) {
    for (const [word] of strings.text(events.text[row]!).matchAll(/[\dA-Za-z][\w.:-]{7,63}/g)) {
      const key = correlationKey(word);
      if (seenBy[slotOf(key)] === 0) continue;
      words.push({ row, key });
      seenBy[slotOf(key)] = several;
    }
  }
  const ids = createIntern();
  const parts = (key: number): [number, number] => [Math.floor(key / 2 ** 32), key >>> 0];
  for (let n = 0; n < length; n++) {
    if (seenBy[slotOf(keys[n]!)] !== several || !timed(n)) continue;
    rows.push(lineOf[n]!);
    eventOf.push(ids.id(...parts(keys[n]!)));
  }
  let last = -1;
  for (const { row, key } of words) {
    const id = row === last ? -1 : ids.find(...parts(key));
    if (id < 0) continue;
    last = row;
    rows.push(lines.length + row);
    eventOf.push(id);
  }
  return {
    rows,
    eventOf: Int32Array.from(eventOf),
    events: ids.size,
    artifact: Uint32Array.from(rows, (row) =>
      row < lines.length ? lines.artifact[row]! : events.artifact[row - lines.length]!,
    ),
    times: Float64Array.from(rows, (row) =>
      row < lines.length ? clock.lines[row]! : clock.events[row - lines.length]!,
    ),
  };
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
 * First sighting of each event per artifact, joined by pair of artifacts. With `brief` an event that lives long in one
 * artifact matches nothing.
 */
function matched(
  artifact: Uint32Array,
  eventOf: Int32Array,
  events: number,
  times: Float64Array,
  brief = false,
): Pair[] {
  // per event a chain of rows, one an artifact
  const head = new Int32Array(events).fill(-1);
  const next = new Int32Array(artifact.length).fill(-1);
  const lasting = new Uint8Array(events);
  for (let row = 0; row < artifact.length; row++) {
    const event = eventOf[row]!;
    if (!Number.isFinite(times[row])) continue;
    let at = head[event]!;
    let length = 0;
    while (at !== -1 && artifact[at] !== artifact[row] && length <= maxSightings) {
      at = next[at]!;
      length++;
    }
    if (at === -1) {
      next[row] = head[event]!;
      head[event] = row;
    } else if (brief && Math.abs(times[row]! - times[at]!) > maxLife) lasting[event] = 1;
  }
  const pairs = new Map<number, Pair>();
  const artifacts = artifact.reduce((most, one) => Math.max(most, one), 0) + 1;
  const join = (one: number, other: number): void => {
    const [rowA, rowB] = artifact[one]! < artifact[other]! ? [one, other] : [other, one];
    const key = artifact[rowA]! * artifacts + artifact[rowB]!;
    let pair = pairs.get(key);
    if (!pair) pairs.set(key, (pair = { a: artifact[rowA]!, b: artifact[rowB]!, matches: 0, rows: [] }));
    if (pair.matches++ < maxMeasured) pair.rows.push([rowA, rowB]);
  };
  for (let event = 0; event < events; event++) {
    if (head[event] === -1 || lasting[event] === 1) continue;
    let length = 0;
    for (let at = head[event]!; at !== -1; at = next[at]!) length++;
    if (length < 2 || length > maxSightings) continue;
    for (let one = head[event]!; one !== -1; one = next[one]!) {
      for (let other = next[one]!; other !== -1; other = next[other]!) join(one, other);
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
function twoViews({ messages }: Evidence, times: Float64Array, texts: Texts, skew: Skew): boolean {
  if (skew.spread > SECOND) return false;
  const a = viewOf(messages.artifact, texts, skew.a);
  const b = viewOf(messages.artifact, texts, skew.b);
  const hosts = createIntern();
  for (const row of a.rows) {
    if (b.seen[texts.of[row]!]! > 0) hosts.id(messages.source[row]!, messages.target[row]!);
  }
  const spanOf = (rows: readonly number[], shift: number): [number, number] =>
    rows.reduce<[number, number]>(
      ([from, to], row) => [Math.min(from, times[row]! - shift), Math.max(to, times[row]! - shift)],
      [Infinity, -Infinity],
    );
  const [fromA, toA] = spanOf(a.rows, 0);
  const [fromB, toB] = spanOf(b.rows, skew.difference);
  const start = Math.max(fromA, fromB) - SECOND;
  const end = Math.min(toA, toB) + SECOND;
  const share = (rows: readonly number[], shift: number): number => {
    let all = 0;
    let common = 0;
    for (const row of rows) {
      const time = times[row]! - shift;
      if (time < start || time > end || hosts.find(messages.source[row]!, messages.target[row]!) === -1) continue;
      all++;
      const text = texts.of[row]!;
      if (a.seen[text] === b.seen[text]) common++;
    }
    return all === 0 ? 0 : common / all;
  };
  return share(a.rows, 0) >= commonShare && share(b.rows, skew.difference) >= commonShare;
}

/** Rows of an artifact, and how often it saw each text. */
function viewOf(artifact: Uint32Array, texts: Texts, which: number): { rows: number[]; seen: Uint32Array } {
  const rows: number[] = [];
  const seen = new Uint32Array(texts.count);
  for (let row = 0; row < artifact.length; row++) {
    if (artifact[row] !== which) continue;
    rows.push(row);
    seen[texts.of[row]!]!++;
  }
  return { rows, seen };
}

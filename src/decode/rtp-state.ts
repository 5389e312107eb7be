/**
 * What is counted of one RTP stream, updated packet by packet: losses after RFC 3550 A.1 and A.3 (sequence numbers
 * extended over their wrap, jumps told from loss), jitter after §6.4.1 and A.8 in µs. Two typed arrays of fixed
 * records, so a packet costs no allocation and memory grows with streams alone.
 */
import type { Frame } from './layer';

/** Places in a record of whole numbers. */
export const whole = {
  packets: 0,
  /** First and highest sequence number, extended over the wrap. */
  base: 1,
  highest: 2,
  /** The number that would confirm a jump, −1 = none (RFC 3550 A.1 `bad_seq`). */
  expected: 3,
  /** Bit n = the packet n before the highest was seen. */
  window: 4,
  unique: 5,
  /** Packets expected before the last jump. */
  prior: 6,
  duplicates: 7,
  reordered: 8,
  gaps: 9,
  longestGap: 10,
  resets: 11,
  /** RTP time of the last packet that counts for jitter. */
  stamp: 12,
  type: 13,
  /** Clock of the type at hand: Hz, 0 = unknown, −1 = telephone-event. */
  clock: 14,
  bytes: 15,
  step: 16,
  number: 17,
  size: 18,
  /** Payload types seen, 128 bits. */
  types: 19,
  mainType: 23,
  typeChanges: 24,
  comfort: 25,
  announced: 26,
  dscp: 27,
  jitters: 28,
  clockMain: 29,
  events: 30,
} as const;
export const wholes = 31;
/** Places in a record of times (µs) and offsets. */
export const real = {
  start: 0,
  last: 1,
  counted: 2,
  jitter: 3,
  jitterSum: 4,
  jitterMax: 5,
  deltaMax: 6,
  offset: 7,
  /** Length of a slice of its losses. */
  slice: 8,
} as const;
export const reals = 9;
/** Slices of a stream's time in which losses are counted; they double in length when the stream outgrows them. */
export const slices = 32;
const shortestSlice = 1e6;

/** RFC 3550 A.1. */
const maxDropout = 3000;
const maxMisorder = 100;
const comfortNoise = 13;
/** A step of the RTP time that differs from the clock on the wall by more is a new time base, no jitter. µs. */
const maxStep = 1e6;

export interface Record {
  readonly whole: Int32Array;
  readonly real: Float64Array;
  /** Losses by slice; undefined while no stream of the page has any. */
  losses?: Uint16Array;
  /** Where the record starts in each. */
  w: number;
  r: number;
}

/** The first packet of a stream. */
export function begin(record: Record, frame: Frame, type: number, clock: number): void {
  const { whole: n, real: t, w, r } = record;
  const { at, bytes } = frame;
  const sequence = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  n.fill(0, w, w + wholes);
  t.fill(0, r, r + reals);
  n[w + whole.packets] = 1;
  n[w + whole.base] = n[w + whole.highest] = sequence;
  n[w + whole.expected] = -1;
  n[w + whole.window] = 1;
  n[w + whole.unique] = 1;
  n[w + whole.stamp] = frame.view.getInt32(at + 4);
  n[w + whole.number] = frame.number;
  n[w + whole.size] = frame.captured;
  n[w + whole.mainType] = -1;
  n[w + whole.dscp] = frame.dscp;
  t[r + real.start] = t[r + real.last] = t[r + real.counted] = frame.time;
  t[r + real.offset] = frame.offset;
  t[r + real.deltaMax] = 0;
  turn(record, type, clock);
  n[w + whole.bytes] = payloadLength(frame);
}

/** The type of the packets changes. */
export function turn({ whole: n, w }: Record, type: number, clock: number): void {
  n[w + whole.type] = type;
  n[w + whole.clock] = clock;
  n[w + whole.types + (type >> 5)]! |= 1 << (type & 31);
  if (clock < 0 || type === comfortNoise) return;
  if (n[w + whole.mainType] === -1) {
    n[w + whole.mainType] = type;
    n[w + whole.clockMain] = clock;
  } else if (n[w + whole.mainType] !== type) n[w + whole.typeChanges]!++;
}

/** Every packet but the first; its type is already that of the record. */
export function count(record: Record, frame: Frame): void {
  const { whole: n, real: t, w, r } = record;
  const { at, bytes, time } = frame;
  const sequence = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  n[w + whole.packets]!++;
  const delta = time - t[r + real.last]!;
  t[r + real.last] = time;
  if (delta > t[r + real.deltaMax]!) t[r + real.deltaMax] = delta;

  const highest = n[w + whole.highest]!;
  const ahead = (sequence - highest) & 0xffff;
  if (ahead === 1) {
    n[w + whole.highest] = highest + 1;
    n[w + whole.window] = (n[w + whole.window]! << 1) | 1;
    n[w + whole.unique]!++;
  } else if (ahead === 0) n[w + whole.duplicates]!++;
  else if (ahead < maxDropout) {
    n[w + whole.highest] = highest + ahead;
    n[w + whole.window] = ahead < 32 ? (n[w + whole.window]! << ahead) | 1 : 1;
    n[w + whole.unique]!++;
    n[w + whole.gaps]!++;
    if (ahead - 1 > n[w + whole.longestGap]!) n[w + whole.longestGap] = ahead - 1;
    lose(record, time, ahead - 1);
  } else if (ahead > 0x10000 - maxMisorder) late(record, time, 0x10000 - ahead);
  else if (n[w + whole.expected] === sequence) {
    n[w + whole.prior]! += highest - n[w + whole.base]! + 1;
    n[w + whole.base] = sequence - 1;
    n[w + whole.highest] = sequence;
    n[w + whole.window] = 3;
    n[w + whole.unique]! += 2;
    n[w + whole.resets]!++;
    n[w + whole.expected] = -1;
  } else n[w + whole.expected] = (sequence + 1) & 0xffff;

  const clock = n[w + whole.clock]!;
  // RFC 4733 §2.2.1: the RTP time stands still during an event; and signals of unknown types have times of their own
  if (clock < 0 || (clock === 0 && n[w + whole.clockMain]! > 0)) return;
  const stamp = frame.view.getInt32(at + 4);
  const ticks = (stamp - n[w + whole.stamp]!) | 0;
  if (clock > 0) {
    const difference = Math.abs(time - t[r + real.counted]! - (ticks * 1e6) / clock);
    if (difference < maxStep) {
      const jitter = t[r + real.jitter]! + (difference - t[r + real.jitter]!) / 16;
      t[r + real.jitter] = jitter;
      t[r + real.jitterSum]! += jitter;
      n[w + whole.jitters]!++;
      if (jitter > t[r + real.jitterMax]!) t[r + real.jitterMax] = jitter;
    }
  }
  t[r + real.counted] = time;
  n[w + whole.stamp] = stamp;
  const type = n[w + whole.type]!;
  if (type === comfortNoise) n[w + whole.comfort]!++;
  else if (ahead === 1) {
    n[w + whole.bytes] = payloadLength(frame);
    // a marker opens a talk spurt: its step is a silence (RFC 3551 §4.1)
    if (bytes[at + 1]! < 128) n[w + whole.step] = ticks;
  }
}

/** Of the slice at `time` so many more packets are missing; fewer where one came late. */
function lose(record: Record, time: number, count: number): void {
  const { whole: n, real: t, w, r } = record;
  if (count < 0 && t[r + real.slice] === 0) return;
  const losses = (record.losses ??= new Uint16Array((n.length / wholes) * slices));
  const first = (w / wholes) * slices;
  const passed = time - t[r + real.start]!;
  // a capture without times, or whose clock went back
  if (!(passed >= 0)) return;
  if (t[r + real.slice] === 0) {
    t[r + real.slice] = shortestSlice;
    losses.fill(0, first, first + slices);
  }
  while (passed >= t[r + real.slice]! * slices) {
    for (let slice = 0; slice < slices; slice++) {
      const [one, other] = [losses[first + slice * 2] ?? 0, losses[first + slice * 2 + 1] ?? 0];
      losses[first + slice] = slice * 2 < slices ? Math.min(0xffff, one + other) : 0;
    }
    t[r + real.slice]! *= 2;
  }
  const at = first + Math.floor(passed / t[r + real.slice]!);
  const place = count < 0 && losses[at] === 0 && at > first ? at - 1 : at;
  losses[place] = Math.max(0, Math.min(0xffff, losses[place]! + count));
}

/** Slices of a stream in which packets are missing. */
export function eachLoss({ whole: n, real: t, losses, w, r }: Record, take: (at: number, count: number) => void): void {
  if (!losses || t[r + real.slice] === 0 || n[w + whole.gaps] === 0) return;
  const first = (w / wholes) * slices;
  for (let slice = 0; slice < slices; slice++) {
    if (losses[first + slice]! > 0) take(t[r + real.start]! + slice * t[r + real.slice]!, losses[first + slice]!);
  }
}

function late(record: Record, time: number, behind: number): void {
  const { whole: n, w } = record;
  const bit = behind < 32 ? 1 << behind : 0;
  if ((n[w + whole.window]! & bit) !== 0) {
    n[w + whole.duplicates]!++;
    return;
  }
  n[w + whole.window]! |= bit;
  n[w + whole.reordered]!++;
  n[w + whole.unique]!++;
  lose(record, time, -1);
  const sequence = n[w + whole.highest]! - behind;
  if (sequence < n[w + whole.base]!) n[w + whole.base] = sequence;
}

/** Where the payload starts, behind contributing sources and header extension (RFC 3550 §5.1, §5.3.1). */
export function payloadAt({ at, bytes, end }: Frame): number {
  let start = at + 12 + (bytes[at]! & 15) * 4;
  if ((bytes[at]! & 16) !== 0 && start + 4 <= end) start += 4 + ((bytes[start + 2]! << 8) | bytes[start + 3]!) * 4;
  return start;
}

export function payloadLength(frame: Frame): number {
  const { at, bytes, end } = frame;
  if ((bytes[at]! & 63) === 0) return end - at - 12;
  const padding = (bytes[at]! & 32) === 0 ? 0 : bytes[end - 1]!;
  return Math.max(0, end - payloadAt(frame) - padding);
}

/** Packets that never came: expected less those that came once. */
export function lostOf({ whole: n, w }: Record): number {
  const expected = n[w + whole.prior]! + n[w + whole.highest]! - n[w + whole.base]! + 1;
  return Math.max(0, expected - n[w + whole.unique]!);
}

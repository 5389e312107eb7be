/**
 * The merged timeline: log lines, SIP messages and events in corrected time. A row of it is one number, the same for
 * the whole revision: log lines first, then messages, then events, each by its row in its own table.
 *
 *   0 … lines.length − 1 | … + messages.length − 1 | … + events.length − 1
 *
 * Only the order is kept (4 bytes a row); everything else is read from the evidence columns.
 */
import { level as levels } from '../evidence/schema';
import { per } from './per';
import type { View } from './view';

export type TimelineKind = 'line' | 'message' | 'event';

export interface Timeline {
  readonly length: number;
  /** Rows by corrected time; rows without any time stand last, in file order. */
  readonly order: Uint32Array;
  /** First row that is a message, an event. */
  readonly messages: number;
  readonly events: number;
  /** First and last time of rows that have one; NaN where none has. */
  readonly from: number;
  readonly to: number;
  time(row: number): number;
  level(row: number): number;
  artifact(row: number): number;
}

export const timeline = per((view: View): Timeline => {
  const { evidence, clock, links } = view;
  const messages = evidence.lines.length;
  const events = messages + evidence.messages.length;
  const length = events + evidence.events.length;
  const times = new Float64Array(length);
  times.set(clock.lines, 0);
  times.set(clock.messages, messages);
  times.set(clock.events, events);
  const order = timeOrder(times);
  const timed = firstUntimed(order, times);
  return {
    length,
    order,
    messages,
    events,
    from: timed > 0 ? times[order[0]!]! : NaN,
    to: timed > 0 ? times[order[timed - 1]!]! : NaN,
    time: (row) =>
      row < messages ? clock.lines[row]! : row < events ? clock.messages[row - messages]! : clock.events[row - events]!,
    level: (row) =>
      row < messages
        ? evidence.lines.level[row]!
        : row < events
          ? messageLevel(evidence.messages.status[row - messages]!, links.repeatOf[row - messages]!)
          : levels.info,
    artifact: (row) =>
      row < messages
        ? evidence.lines.artifact[row]!
        : row < events
          ? evidence.messages.artifact[row - messages]!
          : evidence.events.artifact[row - events]!,
  };
});

export function rowKind(line: Timeline, row: number): { readonly kind: TimelineKind; readonly ref: number } {
  if (row < line.messages) return { kind: 'line', ref: row };
  if (row < line.events) return { kind: 'message', ref: row - line.messages };
  return { kind: 'event', ref: row - line.events };
}

/** A challenge (401, 407) and the answer to a cancelled INVITE (487) are the normal course of things. */
function messageLevel(status: number, repeatOf: number): number {
  if (status >= 500) return levels.error;
  if (repeatOf >= 0) return levels.warning;
  return status >= 400 && status !== 401 && status !== 407 && status !== 487 ? levels.warning : levels.info;
}

/**
 * Row numbers by time, NaN last, equal times in row order. A radix sort over whole microseconds: 16 bits a pass, as
 * many passes as the span of time needs (a day: 3), so a million rows cost about what reading them twice does.
 */
export function timeOrder(times: Float64Array): Uint32Array {
  const { length } = times;
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < length; row++) {
    const time = times[row]!;
    if (time < least) least = time;
    if (time > most) most = time;
  }
  let order = new Uint32Array(length);
  for (let row = 0; row < length; row++) order[row] = row;
  if (!(most > least)) {
    if (most === least) return untimedLast(order, times);
    return order;
  }
  let next = new Uint32Array(length);
  const untimed = 2 ** 53 - 1;
  const key = (row: number): number => {
    const time = times[row]!;
    return time === time ? Math.floor(time - least) : untimed;
  };
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  let top = 0;
  for (let row = 0; row < length; row++) {
    const value = key(row);
    low[row] = value % 2 ** 32;
    high[row] = value / 2 ** 32;
    if (high[row]! > top) top = high[row]!;
  }
  const counts = new Uint32Array(65_536);
  const pass = (digits: Uint32Array, shift: number): void => {
    counts.fill(0);
    for (let row = 0; row < length; row++) counts[(digits[row]! >>> shift) & 0xffff]!++;
    let at = 0;
    for (let digit = 0; digit < 65_536; digit++) {
      const count = counts[digit]!;
      counts[digit] = at;
      at += count;
    }
    for (let index = 0; index < length; index++) {
      const row = order[index]!;
      next[counts[(digits[row]! >>> shift) & 0xffff]!++] = row;
    }
    [order, next] = [next, order];
  };
  pass(low, 0);
  pass(low, 16);
  if (top > 0) pass(high, 0);
  if (top > 0xffff) pass(high, 16);
  return order;
}

function untimedLast(order: Uint32Array, times: Float64Array): Uint32Array {
  const sorted = new Uint32Array(order.length);
  let at = 0;
  for (const row of order) if (times[row]! === times[row]!) sorted[at++] = row;
  for (const row of order) if (times[row]! !== times[row]!) sorted[at++] = row;
  return sorted;
}

function firstUntimed(order: Uint32Array, times: Float64Array): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Number.isNaN(times[order[middle]!]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

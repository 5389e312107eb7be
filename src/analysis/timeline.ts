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
  const time = (row: number): number =>
    row < messages ? clock.lines[row]! : row < events ? clock.messages[row - messages]! : clock.events[row - events]!;
  const { order, timed } = timeOrder(length, time);
  return {
    length,
    order,
    messages,
    events,
    from: timed > 0 ? time(order[0]!) : NaN,
    to: timed > 0 ? time(order[timed - 1]!) : NaN,
    time,
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
 * Row numbers by time, NaN last, equal times in row order; `timed` counts those that have a time. Files are mostly in
 * order of time already, so their ascending runs are merged: a second list of row numbers is all the memory that takes.
 */
export function timeOrder(
  length: number,
  time: (row: number) => number,
): { readonly order: Uint32Array; readonly timed: number } {
  let order = new Uint32Array(length);
  // the first row of each run in `order`, and its end
  let runs: number[] = [];
  let timed = 0;
  let before = Infinity;
  for (let row = 0; row < length; row++) {
    const own = time(row);
    if (own !== own) continue;
    if (own < before || timed === 0) runs.push(timed);
    before = own;
    order[timed++] = row;
  }
  for (let row = 0, at = timed; at < length; row++) if (Number.isNaN(time(row))) order[at++] = row;
  if (runs.length < 2) return { order, timed };
  let next = new Uint32Array(length);
  next.set(order.subarray(timed), timed);
  while (runs.length > 1) {
    const merged: number[] = [];
    for (let run = 0; run < runs.length; run += 2) {
      const start = runs[run]!;
      const middle = runs[run + 1] ?? timed;
      const end = runs[run + 2] ?? timed;
      merged.push(start);
      mergeRuns(order, next, start, middle, end, time);
    }
    runs = merged;
    [order, next] = [next, order];
  }
  return { order, timed };
}

function mergeRuns(
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
  time: (row: number) => number,
): void {
  let one = start;
  let other = middle;
  let at = start;
  if (one < middle && other < end) {
    let oneTime = time(from[one]!);
    let otherTime = time(from[other]!);
    for (;;) {
      if (oneTime <= otherTime) {
        to[at++] = from[one++]!;
        if (one === middle) break;
        oneTime = time(from[one]!);
      } else {
        to[at++] = from[other++]!;
        if (other === end) break;
        otherTime = time(from[other]!);
      }
    }
  }
  to.set(from.subarray(one, middle), at);
  to.set(from.subarray(other, end), at + middle - one);
}

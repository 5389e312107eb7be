/** Legs by a value that they share: the buckets in which `joins.ts` looks for legs of one call. */
import { createIntern } from './intern';

export interface LegIndex {
  /** Files a leg under a value of one or two parts; `mark` is kept of the first filing of that leg and value. */
  add(leg: number, value: number, more?: number, mark?: number): void;
  /** Every value that two legs or more share, legs ascending, with their marks. */
  each(visit: (legs: readonly number[], marks: readonly number[]) => void): void;
}

/**
 * Tells values that one leg alone has from those that several may have, without keeping them: most are of one leg. May
 * take a value for shared that is not, never the other way round. `expected`: values.
 */
export interface Shared {
  see(leg: number, value: number, more?: number): void;
  isShared(value: number, more?: number): boolean;
}

export function createShared(expected: number): Shared {
  let size = 1024;
  while (size < expected * 8) size *= 2;
  // the leg counted from 1; below 0 = several
  const legs = new Int32Array(size);
  const slotOf = (value: number, more: number): number => {
    const hash = Math.imul(value ^ Math.imul(more, 0x85ebca6b), 0x9e3779b1);
    return (hash ^ (hash >>> 15)) & (size - 1);
  };
  return {
    see(leg, value, more = 0) {
      const slot = slotOf(value, more);
      if (legs[slot] === 0) legs[slot] = leg + 1;
      else if (legs[slot] !== leg + 1) legs[slot] = -1;
    },
    isShared: (value, more = 0) => legs[slotOf(value, more)]! < 0,
  };
}

export function createLegIndex(): LegIndex {
  const values = createIntern();
  const members = createIntern();
  const [head, next, of, marks]: [number[], number[], number[], number[]] = [[], [], [], []];
  return {
    add(leg, value, more = 0, mark = 0) {
      const number = values.id(value, more);
      if (members.id(number, leg) < of.length) return;
      next.push(head[number] ?? -1);
      head[number] = of.length;
      of.push(leg);
      marks.push(mark);
    },
    each(visit) {
      for (const first of head) {
        if (next[first] === -1) continue;
        const rows: number[] = [];
        for (let at = first; at !== -1; at = next[at]!) rows.push(at);
        // filed in the order of messages, so nearly always there already
        rows.reverse();
        if (rows.some((row, n) => n > 0 && of[row]! < of[rows[n - 1]!]!)) rows.sort((a, b) => of[a]! - of[b]!);
        visit(
          rows.map((row) => of[row]!),
          rows.map((row) => marks[row]!),
        );
      }
    },
  };
}

/** So many legs that share a value at one time share it by habit (a constant, a fixed port), not as one call. */
export const mostAtOnce = 24;

/**
 * Pairs of legs whose lives touch, each with the other legs of the value that were alive when the later one began. A
 * value that too many legs share at one time gives none. `legs` stand in the order in which they began.
 */
export function eachMeeting(
  legs: readonly number[],
  meet: (one: number, other: number) => boolean,
  visit: (earlier: number, later: number, alive: readonly number[]) => void,
): void {
  const alive: number[] = [];
  const pairs: (readonly [later: number, alive: readonly number[]])[] = [];
  for (const leg of legs) {
    let kept = 0;
    for (const other of alive) if (meet(other, leg)) alive[kept++] = other;
    alive.length = kept;
    if (kept > 0) pairs.push([leg, alive.slice()]);
    if (alive.push(leg) > mostAtOnce) return;
  }
  for (const [later, others] of pairs) for (const earlier of others) visit(earlier, later, others);
}

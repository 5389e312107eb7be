/** Legs that a person joins and parts, as the session keeps them: pairs of Call-IDs. */
import type { LadderLeg } from '../../analysis/desk';
import type { Notes } from '../../session/notes';

export type Legs = Notes['legs'];
type Pair = readonly [string, string];

const across =
  (ones: ReadonlySet<string>, others: ReadonlySet<string>) =>
  ([a, b]: Pair): boolean =>
    (ones.has(a) && others.has(b)) || (ones.has(b) && others.has(a));

/** Calls, each by its Call-IDs, as one call; what was parted between them is taken back. */
export function withJoined(legs: Legs, calls: readonly (readonly string[])[]): Legs {
  const [first = [], ...others] = calls;
  const sets = calls.map((callIds) => new Set(callIds));
  const isParted = ([a, b]: Pair): boolean =>
    sets.some((one, n) => sets.some((other, m) => n < m && across(one, other)([a, b])));
  return {
    joined: [...legs.joined, ...others.map(([callId = '']): [string, string] => [first[0] ?? '', callId])],
    parted: legs.parted.filter((pair) => !isParted(pair)),
  };
}

/** Indexes of a leg of a ladder and of those that hang on it. */
export function branchOf(legs: readonly LadderLeg[], leg: number): ReadonlySet<number> {
  const branch = new Set([leg]);
  for (let size = 0; size !== branch.size;) {
    size = branch.size;
    legs.forEach(({ joined }, index) => {
      if (joined && branch.has(joined.leg)) branch.add(index);
    });
  }
  return branch;
}

/** A leg, and what hangs on it, as a call of its own. Where only a person had joined it, that is taken back. */
export function withParted(legs: Legs, all: readonly LadderLeg[], leg: number): Legs {
  const branch = branchOf(all, leg);
  const inside = all.filter((_, index) => branch.has(index)).map(({ callId }) => callId);
  const outside = all.filter((_, index) => !branch.has(index)).map(({ callId }) => callId);
  const between = across(new Set(inside), new Set(outside));
  const joined = legs.joined.filter((pair) => !between(pair));
  if (all[leg]?.joined?.reason === 'hand') return { ...legs, joined };
  return {
    joined,
    parted: [...legs.parted, ...inside.flatMap((one) => outside.map((other): [string, string] => [one, other]))],
  };
}

/** Call-IDs that a person parted from those of a call. */
export function partedFrom(legs: Legs, callIds: readonly string[]): readonly string[] {
  const own = new Set(callIds);
  const far = legs.parted.flatMap(([a, b]) => (own.has(a) === own.has(b) ? [] : [own.has(a) ? b : a]));
  return [...new Set(far)];
}

/** What was parted from a call belongs to it again, as far as the evidence says so. */
export function withoutParting(legs: Legs, callIds: readonly string[]): Legs {
  const own = new Set(callIds);
  return { ...legs, parted: legs.parted.filter(([a, b]) => own.has(a) === own.has(b)) };
}

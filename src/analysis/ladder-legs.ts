/** The legs of a ladder: why each belongs to the call, and which other legs may belong to it as well. */
import { joinWeight } from '../evidence/join-evidence';
import { joinReasons, type JoinReason } from '../evidence/links';
import type { LadderLeg, LegJoin, LegSuggestion } from './desk';
import type { View } from './view';

/** Suggestions shown; a busy border makes more than anybody reads. */
const mostSuggestions = 5;

interface Join {
  readonly one: number;
  readonly other: number;
  readonly why: Omit<LegJoin, 'leg'>;
}

/** `legs`: leg rows in the order in which they are lettered; `call` −1 for a registration. */
export function legsOf(
  view: View,
  legs: readonly number[],
  call: number,
): { readonly legs: readonly LadderLeg[]; readonly suggested: readonly LegSuggestion[] } {
  const { evidence, links, notes } = view;
  const { joins, calls } = links;
  const { strings } = evidence;
  const indexOf = new Map(legs.map((leg, index) => [leg, index]));
  const callId = (leg: number): string => strings.text(links.legs.callId[leg]!);
  const parted = new Set(notes.legs.parted.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
  const within: Join[] = [];
  const beside: LegSuggestion[] = [];
  for (let row = 0; call >= 0 && row < joins.length; row++) {
    const [legA, legB] = [joins.legA[row]!, joins.legB[row]!];
    const [a, b] = [indexOf.get(legA), indexOf.get(legB)];
    if (a === undefined && b === undefined) continue;
    const reason = strings.text(joins.reason[row]!);
    if (!isReason(reason) || parted.has(`${callId(legA)} ${callId(legB)}`)) continue;
    const weight = joins.weight[row]!;
    const header = strings.text(joins.header[row]!);
    const why = { reason, weight, ...(header === '' ? {} : { header }) };
    if (a !== undefined && b !== undefined) {
      if (weight >= joinWeight) within.push({ one: a, other: b, why });
      continue;
    }
    const far = a === undefined ? legA : legB;
    const other = links.legs.call[far]!;
    if (other < 0) continue;
    const [from, to] = [strings.text(calls.from[other]!), strings.text(calls.to[other]!)];
    beside.push({ leg: a ?? b!, call: other, callId: callId(far), from, to, ...why });
  }
  const parents = strongestTree(legs.length, within);
  const best = new Map<number, LegSuggestion>();
  for (const one of beside.sort((x, y) => y.weight - x.weight)) if (!best.has(one.call)) best.set(one.call, one);
  return {
    legs: legs.map((leg, index) => {
      const joined = parents.get(index);
      return { callId: callId(leg), letter: legLetter(index), ...(joined ? { joined } : {}) };
    }),
    suggested: [...best.values()].slice(0, mostSuggestions),
  };
}

const isReason = (reason: string): reason is JoinReason => Object.hasOwn(joinReasons, reason);

/** What holds the legs together by the strongest joins, seen from the first leg: each leg and the one it hangs on. */
function strongestTree(count: number, joins: readonly Join[]): ReadonlyMap<number, LegJoin> {
  const group = Array.from({ length: count }, (_, leg) => leg);
  const rootOf = (leg: number): number => {
    let at = leg;
    while (group[at] !== at) at = group[at] = group[group[at]!]!;
    return at;
  };
  const near = new Map<number, Join[]>();
  for (const join of [...joins].sort((a, b) => b.why.weight - a.why.weight || a.one - b.one || a.other - b.other)) {
    const [a, b] = [rootOf(join.one), rootOf(join.other)];
    if (a === b) continue;
    group[Math.max(a, b)] = Math.min(a, b);
    for (const leg of [join.one, join.other]) {
      const own = near.get(leg);
      if (own) own.push(join);
      else near.set(leg, [join]);
    }
  }
  const parents = new Map<number, LegJoin>();
  const waiting = [0];
  for (let leg = waiting.shift(); leg !== undefined; leg = waiting.shift()) {
    for (const { one, other, why } of near.get(leg) ?? []) {
      const next = one === leg ? other : one;
      if (next === 0 || parents.has(next)) continue;
      parents.set(next, { leg, ...why });
      waiting.push(next);
    }
  }
  return parents;
}

/** A … Z, AA … */
const legLetter = (index: number): string =>
  (index < 26 ? '' : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

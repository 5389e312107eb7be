/**
 * Which legs are one call (sip.md §4): per pair of legs each piece of evidence with its weight and reason. A pair with one
 * of weight 60 or more is joined, less is kept as a suggestion; legs joined to one leg are one call. Never on time alone.
 *
 * Each signal is an index of values, so only legs that share a value are compared, and a value that many legs share at
 * one time (a fixed media port, a constant header) says nothing: the work grows with the number of legs.
 */
import { addressGroups } from './borders';
import { byHand, type LegsByHand } from './joins-by-hand';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { bySdp } from './join-sdp';
import { byCallId } from './join-call-id';
import { byHeaders } from './join-headers';
import { byHosts, byUsers } from './join-users';
import { joinWeight, type LegsOfMessages, type Note } from './join-evidence';
import { featuresOf } from './leg-features';
import { joinReasons, linkSchemas, type JoinReason } from './links';
import { builder, type Table } from './table';

export interface Joins {
  readonly table: Table<(typeof linkSchemas)['joins']>;
  /** Per leg: the first leg of its call. */
  readonly rootOf: Int32Array;
  /** Was `second` sent by a host to which `first` had been sent? */
  follows(first: number, second: number): boolean;
}

const reasonNames = Object.keys(joinReasons) as readonly JoinReason[];

export function joinLegs(
  evidence: Evidence,
  times: Float64Array,
  order: Uint32Array,
  legs: LegsOfMessages,
  sameHost: readonly (readonly string[])[] = [],
  hand: LegsByHand = { joined: [], parted: [] },
  headers: readonly string[] = [],
): Joins {
  const pairs = createIntern();
  const [ones, others, weights]: [number[], number[], number[]] = [[], [], []];
  const reasons: JoinReason[] = [];
  const names: number[] = [];
  const noted = new Uint8Array(legs.count);
  const note: Note = (one, other, weight, reason, header = 0) => {
    if (one === other) return;
    const [first, second] = one < other ? [one, other] : [other, one];
    const pair = pairs.id(first, second, reasonNames.indexOf(reason));
    if (pair < weights.length && weights[pair]! >= weight) return;
    ones[pair] = first;
    others[pair] = second;
    weights[pair] = weight;
    reasons[pair] = reason;
    names[pair] = header;
    noted[first] = noted[second] = 1;
  };
  const features = featuresOf(evidence, times, order, legs, addressGroups(evidence, sameHost));
  const differ = byHeaders(evidence, times, legs, features, note, headers);
  const noteLike: Note = (one, other, weight, reason) => {
    if (!differ(one, other)) note(one, other, weight, reason);
  };
  byCallId(evidence, features, noteLike);
  bySdp(evidence, legs, features, noteLike);
  byUsers(features, noteLike);
  byHosts(features, noted, noteLike);

  const isParted = byHand(evidence, legs, hand, note);
  const rootOf = new Int32Array(legs.count);
  for (let leg = 0; leg < legs.count; leg++) rootOf[leg] = leg;
  const root = (leg: number): number => {
    let at = leg;
    while (rootOf[at] !== at) at = rootOf[at] = rootOf[rootOf[at]!]!;
    return at;
  };
  const table = builder(linkSchemas.joins);
  const sorted = weights
    .map((_, pair) => pair)
    .sort((a, b) => ones[a]! - ones[b]! || others[a]! - others[b]! || weights[b]! - weights[a]!);
  for (const pair of sorted) {
    const [legA, legB, weight] = [ones[pair]!, others[pair]!, weights[pair]!];
    table.add({ legA, legB, weight, reason: evidence.strings.id(reasons[pair]!), header: names[pair]! });
    if (weight < joinWeight || isParted(legA, legB)) continue;
    const [a, b] = [root(legA), root(legB)];
    rootOf[Math.max(a, b)] = Math.min(a, b);
  }
  for (let leg = 0; leg < legs.count; leg++) rootOf[leg] = root(leg);
  return { table: table.seal(), rootOf, follows: features.follows };
}

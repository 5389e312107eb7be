/** Lanes as a person wants them: in an order of their own, some left out. Messages of a lane that is left out go with it. */
import type { Ladder, LadderLane } from '../../analysis/desk';
import type { Notes } from '../../session/notes';

type Arrangement = Notes['ladder'];

/** Lanes that the order does not name keep their place among those that it does. */
export function arranged(ladder: Ladder, { order, hidden }: Arrangement): Ladder {
  const { lanes } = ladder;
  const rank = new Map(order.map((host, n) => [host, n]));
  const left = new Set(hidden);
  const named = lanes.filter(({ host }) => rank.has(host)).sort((a, b) => rank.get(a.host)! - rank.get(b.host)!);
  let next = 0;
  const all = lanes.map((lane) => (rank.has(lane.host) ? named[next++]! : lane));
  const shown = all.filter(({ host }) => !left.has(host));
  // a ladder without lanes says nothing: what was hidden in another call does not empty this one
  const kept = shown.length > 0 ? shown : all;
  if (kept.length === lanes.length && kept.every((lane, n) => lane === lanes[n])) return ladder;
  const place = lanes.map((lane) => kept.indexOf(lane));
  const at = (lane: number): number => (lane < 0 ? lane : place[lane]!);
  return {
    ...ladder,
    lanes: kept,
    messages: ladder.messages.map((one) => ({ ...one, from: at(one.from), to: at(one.to) })),
    notes: ladder.notes.map((one) => ({ ...one, lane: at(one.lane) })),
    streams: ladder.streams.map((one) => ({ ...one, from: at(one.from), to: at(one.to) })),
  };
}

/** The order after a lane went to another place among those shown. */
export function moved(lanes: readonly LadderLane[], from: number, to: number): string[] {
  const hosts = lanes.map(({ host }) => host);
  const [host] = hosts.splice(from, 1);
  if (host !== undefined) hosts.splice(Math.max(0, Math.min(hosts.length, to)), 0, host);
  return hosts;
}

/** Hosts of this ladder that are left out. */
export const hiddenOf = (ladder: Ladder, { hidden }: Arrangement): readonly LadderLane[] =>
  ladder.lanes.filter(({ host }) => hidden.includes(host));

/** The rows of one ladder: messages with repeats and second sightings told apart, and what else happened meanwhile. */
import { SECOND } from '../base/time';
import { messageFlags, transports } from '../evidence/schema';
import { describeCalls } from './calls';
import type { Ladder, LadderMessage, LadderOf } from './desk';
import { legsOf } from './ladder-legs';
import { notesOf } from './ladder-notes';
import { lanesOf } from './lanes';
import { per } from './per';
import { describeRegistrations } from './registrations';
import { streamsOf } from './ladder-streams';
import { holdsOf, summary } from './ladder-summary';
import type { Read } from './scan';
import { describeStreams } from './streams';
import type { View } from './view';

/** Rows that get an arrow in the order drawn, how often each was seen, and the arrow of every row. */
interface Sightings {
  readonly arrows: readonly number[];
  readonly seen: ReadonlyMap<number, number>;
  readonly arrowOf: ReadonlyMap<number, number>;
}

/**
 * A further sighting folds into one that shares an end with it (another file, a mirror port, behind a NAT); between two
 * other hosts it is a hop of its own. Of several sightings the one of `point` is drawn, else the first.
 */
function foldSightings({ evidence: { messages }, clock, links }: View, rows: Uint32Array, point?: number): Sightings {
  const { duplicateOf } = links;
  const several = new Map<number, number[][]>();
  for (const row of rows) if (duplicateOf[row]! >= 0) several.set(duplicateOf[row]!, []);
  const seen = new Map<number, number>();
  const arrowOf = new Map<number, number>();
  const groups: (number | number[])[] = [];
  for (const row of rows) {
    const known = several.get(duplicateOf[row]! >= 0 ? duplicateOf[row]! : row);
    // most messages were seen once
    if (!known) groups.push(row);
    else {
      const same = known.find(
        ([one = row]) => messages.source[one] === messages.source[row] || messages.target[one] === messages.target[row],
      );
      if (same) same.push(row);
      else {
        const group = [row];
        groups.push(group);
        known.push(group);
      }
    }
  }
  for (const group of groups) {
    if (typeof group === 'number') {
      seen.set(group, 1);
      arrowOf.set(group, group);
      continue;
    }
    const drawn =
      (point === undefined ? undefined : group.find((row) => messages.artifact[row] === point)) ?? group[0]!;
    seen.set(drawn, group.length);
    for (const row of group) arrowOf.set(row, drawn);
  }
  const arrows = [...seen.keys()];
  // seen from elsewhere, messages may stand in another order
  if (point !== undefined) arrows.sort((a, b) => clock.messages[a]! - clock.messages[b]!);
  return { arrows, seen, arrowOf };
}

/** Registrations beside a call: so long before and after it, and at most so many messages. */
const margin = 5 * SECOND;
const mostBeside = 200;
/** Bars of media in one ladder. */
const mostStreams = 200;

export async function ladderOf(view: View, of: LadderOf, read: Read): Promise<Ladder> {
  const { evidence, links } = view;
  const { messages, strings } = evidence;
  const call = of.kind === 'call' ? describeCalls(view, [of.row])[0] : undefined;
  const registration = of.kind === 'registration' ? describeRegistrations(view, [of.row])[0] : undefined;
  const rows = call
    ? withRegistrations(view, links.callMessages(call.row))
    : registration
      ? links.registrationMessages(registration.row)
      : new Uint32Array(0);
  const streams = call ? describeStreams(view, call.row).filter(({ same }) => same < 0) : [];
  const lanes = lanesOf(view, rows, streams.slice(0, mostStreams));
  const legOf = new Map<number, number>();
  for (const row of rows) {
    const leg = links.legOf[row]!;
    if (call && links.callOf[row] === call.row && !legOf.has(leg)) legOf.set(leg, legOf.size);
  }
  const { arrows, seen, arrowOf } = foldSightings(view, rows, of.point);
  const holds = holdsOf(view, arrows);
  const index = new Map(arrows.map((row, place) => [row, place]));
  const placeOf = new Map([...arrowOf].map(([row, arrow]) => [row, index.get(arrow)!]));
  const list = arrows.map((row): LadderMessage => {
    const repeated = placeOf.get(links.repeatOf[row]!) ?? -1;
    return {
      row,
      time: view.clock.messages[row]!,
      from: lanes.from(row),
      to: lanes.to(row),
      method: strings.text(messages.method[row]!),
      status: messages.status[row]!,
      reason: strings.text(messages.reason[row]!),
      cseq: messages.cseq[row]!,
      leg: legOf.get(links.legOf[row]!) ?? -1,
      transaction: links.transactionOf[row]!,
      dialog: links.dialogOf[row]!,
      summary: summary(view, row, holds.get(row)),
      transport: transports[messages.transport[row]!] ?? '',
      // what was seen later from another point still repeats the one before it
      repeats: repeated === index.get(row) ? -1 : repeated,
      sightings: seen.get(row) ?? 1,
      inferred: (messages.flags[row]! & messageFlags.inferred) !== 0,
    };
  });
  const findings = call?.findings ?? registration?.findings ?? [];
  return {
    title: call ? { from: call.from, to: call.to } : { from: registration?.aor ?? '', to: registration?.host ?? '' },
    lanes: lanes.lanes,
    messages: list,
    ...(await notesOf(view, { lanes, messages: list, placeOf, findings, streams }, read)),
    ...legsOf(view, [...legOf.keys()], call?.row ?? -1),
    streams: streamsOf(view, streams.slice(0, mostStreams), lanes, legOf),
    points: [...new Set([...rows].map((row) => messages.artifact[row]!))],
    ...(call ? { call } : {}),
    ...(registration ? { registration } : {}),
  };
}

/** A phone that is woken registers before it takes the call: what the parties of a call registered meanwhile. */
function withRegistrations(view: View, own: Uint32Array): Uint32Array {
  const { evidence, clock, links } = view;
  const { messages, strings } = evidence;
  const { registrations } = links;
  if (registrations.length === 0 || own.length === 0) return own;
  const users = new Set<string>();
  for (const row of own) {
    if (messages.status[row] !== 0) continue;
    for (const uri of [messages.fromUri[row]!, messages.toUri[row]!, messages.requestUri[row]!]) {
      users.add(userOf(strings.text(uri)));
    }
  }
  users.delete('');
  const from = clock.messages[own[0]!]! - margin;
  const to = clock.messages[own.at(-1)!]! + margin;
  const beside: number[] = [];
  for (let row = 0; row < registrations.length && beside.length < mostBeside; row++) {
    if (!users.has(userOf(strings.text(registrations.aor[row]!)))) continue;
    for (const message of links.registrationMessages(row)) {
      const time = clock.messages[message]!;
      if (time >= from && time <= to && beside.length < mostBeside) beside.push(message);
    }
  }
  if (beside.length === 0) return own;
  const rank = placeInOrder(view);
  return Uint32Array.from([...own, ...beside].sort((a, b) => rank[a]! - rank[b]!));
}

const userOf = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? '';

/** Place of each message in `links.order`. */
const placeInOrder = per(({ links: { order } }: View): Uint32Array => {
  const place = new Uint32Array(order.length);
  order.forEach((row, index) => (place[row] = index));
  return place;
});

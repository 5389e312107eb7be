/** Media of a call as bars of its ladder, and what is told by their packets and by TCP and TLS beside the messages. */
import { SECOND } from '../base/time';
import { maskSecrets } from '../evidence/mask';
import { flowFlags, flowKinds, gapKinds } from '../evidence/schema';
import type { LadderMark, LadderNote, LadderStream, StreamRow } from './desk';
import type { Lanes } from './lanes';
import type { View } from './view';

export function streamsOf(
  { links }: View,
  streams: readonly StreamRow[],
  lanes: Lanes,
  legOf: ReadonlyMap<number, number>,
): LadderStream[] {
  return streams.map((stream): LadderStream => ({
    stream,
    from: lanes.laneOf(stream.source),
    to: lanes.laneOf(stream.target),
    leg: stream.message < 0 ? -1 : (legOf.get(links.legOf[stream.message]!) ?? -1),
    alone: alone(stream, streams),
  }));
}

/** How long a stream ran while nothing came back between the same hosts; NaN where both ways ran all along. */
function alone(stream: StreamRow, all: readonly StreamRow[]): number {
  const back = all.filter(
    (one) =>
      one.kind === stream.kind &&
      one.source === stream.target &&
      one.target === stream.source &&
      one.start < stream.end &&
      one.end > stream.start,
  );
  if (back.length === 0) return stream.end - stream.start;
  const first = back.reduce((least, { start }) => Math.min(least, start), Infinity);
  const last = back.reduce((most, { end }) => Math.max(most, end), -Infinity);
  const time = Math.max(0, first - stream.start) + Math.max(0, stream.end - last);
  return time > oneWay ? time : NaN;
}
/** Shorter than this is how media begin and end. */
const oneWay = 2 * SECOND;

/** Keys pressed within so long are one row. */
const together = 3 * SECOND;
const mostMarks = 200;

/** DTMF of the streams drawn, TLS and TCP events between lanes, lookups in vain, missing bytes, within a span of time. */
export function marksOf(
  view: View,
  streams: readonly StreamRow[],
  lanes: Lanes,
  from: number,
  to: number,
): LadderNote[] {
  return [
    ...tones(streams, lanes),
    ...connections(view, lanes, from, to),
    ...lookups(view, lanes, from, to),
    ...gaps(view, lanes, from, to),
    ...comments(view, lanes, from, to),
  ].slice(0, mostMarks);
}

const note = (time: number, lane: number, level: number, mark: LadderMark): LadderNote => ({
  time,
  lane,
  kind: 'mark',
  level,
  source: '',
  text: '',
  mark,
});

function tones(streams: readonly StreamRow[], lanes: Lanes): LadderNote[] {
  return streams.flatMap((stream) => {
    const notes: LadderNote[] = [];
    let digits = '';
    let [start, last] = [NaN, NaN];
    const close = (): void => {
      if (digits) {
        const mark = { what: 'dtmf', values: { digits, count: digits.length } } as const;
        notes.push(note(start, Math.max(0, lanes.laneOf(stream.source)), 0, mark));
      }
      digits = '';
    };
    for (const { time, digit } of stream.tones) {
      if (digits && time - last > together) close();
      if (!digits) start = time;
      digits += digit;
      last = time;
    }
    close();
    return notes;
  });
}

function connections(view: View, lanes: Lanes, from: number, to: number): LadderNote[] {
  const { flows, alerts, strings } = view.evidence;
  const { zones } = view.clock;
  const notes: LadderNote[] = [];
  for (let row = 0; row < flows.length; row++) {
    const shift = zones[flows.artifact[row]!]?.shift ?? 0;
    const time = flows.time[row]! + shift;
    if (time > to || flows.end[row]! + shift < from) continue;
    const [client, server] = [strings.text(flows.client[row]!), strings.text(flows.server[row]!)];
    const lane = lanes.laneOf(client);
    const far = lanes.laneOf(server);
    if (lane < 0 || far < 0) continue;
    const values = { server: `${server}:${flows.serverPort[row]}`, name: strings.text(flows.sni[row]!) || server };
    const flags = flows.flags[row]!;
    const within = (at: number): boolean => at + shift >= from && at + shift <= to;
    const add = (at: number, level: number, what: LadderMark['what'], more: LadderMark['values'] = {}): void => {
      if (within(at)) notes.push(note(at + shift, lane, level, { what, values: { ...values, ...more } }));
    };
    if (flags & flowFlags.refused) add(flows.time[row]!, 5, 'refused');
    if (flowKinds[flows.kind[row]!] === 'TLS' && !Number.isNaN(flows.hello[row]!)) {
      const version = flows.version[row] || flows.offered[row]!;
      if (Number.isNaN(flows.answer[row]!)) add(flows.hello[row]!, 4, 'tls-silent');
      else {
        add(flows.hello[row]!, 0, 'tls', {
          version: `1.${Math.max(0, (version & 255) - 1)}`,
          time: { duration: flows.answer[row]! - flows.hello[row]! },
        });
      }
    }
    const isReset = flags & flowFlags.reset && !(flags & flowFlags.refused);
    if (isReset && !Number.isNaN(flows.closed[row]!)) add(flows.closed[row]!, 4, 'reset');
  }
  for (let row = 0; row < alerts.length; row++) {
    const flow = alerts.flow[row]!;
    const time = alerts.time[row]! + (zones[flows.artifact[flow]!]?.shift ?? 0);
    if (time < from || time > to || alerts.code[row] === 0) continue;
    const ends = [strings.text(flows.client[flow]!), strings.text(flows.server[flow]!)];
    const lane = lanes.laneOf(ends[alerts.side[row] === 1 ? 0 : 1]!);
    if (lane < 0) continue;
    const values = { code: alerts.code[row]!, server: ends[1]! };
    notes.push(note(time, lane, alerts.level[row] === 1 ? 4 : 5, { what: 'alert', values }));
  }
  return notes;
}

/** Names that hosts of the ladder asked for in vain. */
function lookups({ evidence, clock: { zones } }: View, lanes: Lanes, from: number, to: number): LadderNote[] {
  const { lookups: table, strings } = evidence;
  const notes: LadderNote[] = [];
  for (let row = 0; row < table.length && notes.length < mostMarks; row++) {
    const time = table.time[row]! + (zones[table.artifact[row]!]?.shift ?? 0);
    const isSilent = Number.isNaN(table.answered[row]!);
    if (time < from || time > to || (!isSilent && table.code[row] === 0)) continue;
    const lane = lanes.laneOf(strings.text(table.source[row]!));
    if (lane < 0) continue;
    const values = { name: strings.text(table.name[row]!), code: table.code[row]!, tries: table.tries[row]! };
    notes.push(note(time, lane, isSilent ? 5 : 4, { what: isSilent ? 'name-silent' : 'name-unknown', values }));
  }
  return notes;
}

/** What somebody wrote beside packets of the ladder’s hosts, and beside packets that are no IP. */
function comments({ evidence, clock: { zones } }: View, lanes: Lanes, from: number, to: number): LadderNote[] {
  const { comments: table, strings } = evidence;
  const notes: LadderNote[] = [];
  for (let row = 0; row < table.length && notes.length < mostMarks; row++) {
    const time = table.time[row]! + (zones[table.artifact[row]!]?.shift ?? 0);
    const source = strings.text(table.source[row]!);
    const lane = source ? lanes.laneOf(source) : 0;
    if (!(time >= from && time <= to) || lane < 0) continue;
    notes.push(note(time, lane, 0, { what: 'comment', values: { text: maskSecrets(strings.text(table.text[row]!)) } }));
  }
  return notes;
}

/** Bytes that the capture lacks between hosts of the ladder. */
function gaps({ evidence, clock: { zones } }: View, lanes: Lanes, from: number, to: number): LadderNote[] {
  const { gaps: table, strings } = evidence;
  const notes: LadderNote[] = [];
  for (let row = 0; row < table.length && notes.length < mostMarks; row++) {
    const time = table.time[row]! + (zones[table.artifact[row]!]?.shift ?? 0);
    if (time < from || time > to) continue;
    const lane = lanes.laneOf(strings.text(table.source[row]!));
    const target = strings.text(table.target[row]!);
    if (lane < 0 || lanes.laneOf(target) < 0) continue;
    const what = gapKinds[table.kind[row]!] === 'fragments' ? 'fragments' : 'hole';
    notes.push(note(time, lane, 4, { what, values: { target, bytes: { bytes: table.bytes[row]! } } }));
  }
  return notes;
}

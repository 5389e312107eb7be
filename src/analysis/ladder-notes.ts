/**
 * Side notes of a ladder: log records of warning level or above, pushes, CSTA, events, and findings that stand on its messages. Where
 * there are too many, the worst and the nearest in time stay and the rest is counted.
 */
import { SECOND } from '../base/time';
import { level as levels } from '../evidence/schema';
import type { LadderMessage, LadderNote, StreamRow } from './desk';
import { marksOf } from './ladder-streams';
import type { Lanes } from './lanes';
import { describeLines } from './lines';
import { per } from './per';
import type { Read } from './scan';
import { timeline } from './timeline';
import type { View } from './view';

/** Before the first and after the last message. */
const margin = 5 * SECOND;
const maxNotes = 200;

export interface Drawn {
  readonly lanes: Lanes;
  readonly messages: readonly LadderMessage[];
  /** Message row → index in `messages`. */
  readonly placeOf: ReadonlyMap<number, number>;
  /** Indexes of findings. */
  readonly findings: readonly number[];
  readonly streams: readonly StreamRow[];
}
export interface Notes {
  readonly notes: readonly LadderNote[];
  /** Log records and events that are not among the notes for want of room. */
  readonly notesLeft: number;
}

export async function notesOf(view: View, drawn: Drawn, read: Read): Promise<Notes> {
  const { messages } = drawn;
  if (messages.length === 0) return { notes: [], notesLeft: 0 };
  const times = messages.map(({ time }) => time).filter((time) => !Number.isNaN(time));
  const from = times.reduce((least, time) => Math.min(least, time), Infinity) - margin;
  const to = times.reduce((most, time) => Math.max(most, time), -Infinity) + margin;
  const near = recordsIn(view, from, to);
  const chosen = near.length <= maxNotes ? near : worst(view, near, Float64Array.from(times).sort()).slice(0, maxNotes);
  const rows = await describeLines(view, chosen, read);
  const { artifacts } = view.evidence;
  const notes = rows.map((row): LadderNote => ({
    time: row.time,
    lane: laneOfArtifact(view, drawn.lanes, row.artifact),
    kind: row.kind === 'event' ? 'event' : 'line',
    level: row.level,
    source: artifacts[row.artifact]!.path.split('/').at(-1)!,
    text: firstLine(row.text),
    line: row.row,
  }));
  return {
    notes: [...notes, ...marksOf(view, drawn.streams, drawn.lanes, from, to), ...ofFindings(view, drawn)].sort(
      (a, b) => a.time - b.time,
    ),
    notesLeft: near.length - chosen.length,
  };
}

/** Lines worth a side note: warnings, errors, pushes, and what a computer-telephony link said of the call. */
const notable = per(({ evidence: { lines, pushes, artifacts } }: View): Uint32Array => {
  const isPush = new Set(pushes.line.subarray(0, pushes.length));
  const isCsta = artifacts.map(({ kind }) => kind === 'csta-log');
  const rows: number[] = [];
  for (let row = 0; row < lines.length; row++) {
    if (lines.level[row]! >= levels.warning || isPush.has(row) || isCsta[lines.artifact[row]!]) rows.push(row);
  }
  return Uint32Array.from(rows);
});

/** Timeline rows of such lines and of events in a span of time. */
function recordsIn(view: View, from: number, to: number): number[] {
  const { evidence, clock } = view;
  const rows: number[] = [];
  for (const row of notable(view)) {
    const time = clock.lines[row]!;
    if (time >= from && time <= to) rows.push(row);
  }
  if (evidence.events.length > 0) {
    const first = timeline(view).events;
    for (let row = 0; row < evidence.events.length; row++) {
      const time = clock.events[row]!;
      if (time >= from && time <= to) rows.push(first + row);
    }
  }
  return rows;
}

/** Errors before warnings, then by how near a message they are. */
function worst(view: View, rows: readonly number[], times: Float64Array): number[] {
  const line = timeline(view);
  const ranked = rows.map((row) => ({ row, level: line.level(row), distance: distance(times, line.time(row)) }));
  ranked.sort((a, b) => b.level - a.level || a.distance - b.distance || a.row - b.row);
  return ranked.map(({ row }) => row);
}

function distance(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return Math.min(Math.abs((times[low] ?? Infinity) - time), Math.abs(time - (times[low - 1] ?? -Infinity)));
}

/** The lane of the host that wrote it, else the border: most logs of these systems are written there. */
function laneOfArtifact(view: View, lanes: Lanes, artifact: number): number {
  const { host } = view.evidence.artifacts[artifact]!;
  const own = host === undefined ? -1 : lanes.laneOf(host);
  if (own >= 0) return own;
  return Math.max(
    0,
    lanes.lanes.findIndex(({ role }) => role === 'border'),
  );
}

/** The first line, without the stamp that opens it: the gutter says the time. */
const firstLine = (text: string): string => {
  const end = text.indexOf('\n');
  return (end < 0 ? text : text.slice(0, end)).slice(0, 400).replace(stamp, '');
};
const stamp = /^(?:time=|ts=)?"?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?"?\s+/;

/** A finding stands under the first message of the ladder that it names. */
function ofFindings(view: View, { messages, placeOf, findings }: Drawn): LadderNote[] {
  if (findings.length === 0) return [];
  const { artifact, offset } = view.evidence.messages;
  const places = new Map<string, number>();
  for (const [row, place] of placeOf) places.set(`${artifact[row]}:${offset[row]}`, place);
  return findings.flatMap((index): LadderNote[] => {
    const { rule, at } = view.findings[index]!;
    const place = at.map((one) => places.get(`${one.artifact}:${one.offset}`)).find((one) => one !== undefined);
    // where only a second sighting is named, it stands at the start
    const message = messages[place ?? 0]!;
    return [
      {
        time: message.time,
        lane: message.to,
        kind: 'finding',
        level: 0,
        source: rule,
        text: '',
        finding: index,
        message: place ?? 0,
      },
    ];
  });
}

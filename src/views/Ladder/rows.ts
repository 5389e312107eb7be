/**
 * The rows of a ladder drawing, with their places. Pure: a list in, a list with running heights out.
 *
 *   message 28 · unfolded repeat 22 · side note 28 · media 28 · silence 22 + 5
 */
import { SECOND } from '../../base/time';
import type { Ladder, LadderMessage, LadderNote, LadderStream } from '../../analysis/desk';

export const heights = { message: 28, repeat: 22, note: 28, stream: 28, gap: 27, band: 22 } as const;
/** Longer silences are drawn as a band. */
const silence = 2 * SECOND;
/** Drawn to scale: px a second between two rows, and at most. */
const scale = { second: 48, most: 400 } as const;

export interface MessageRow {
  readonly kind: 'message';
  /** Names the row in the drawing, the table and the address: `m12`. */
  readonly key: string;
  readonly y: number;
  readonly height: number;
  /** Index in `Ladder.messages`. */
  readonly index: number;
  readonly message: LadderMessage;
  /** Number shown in the gutter: originals count, repeats carry none. */
  readonly number: number;
  /** Indexes of what repeats it, empty where shown unfolded or none. */
  readonly repeats: readonly number[];
  /** True for a repeat that stands in a row of its own. */
  readonly ghost: boolean;
  /** µs since the message row before; NaN for the first. */
  readonly since: number;
}
export interface NoteRow {
  readonly kind: 'note';
  /** `l40` for row 40 of the timeline, `f3` for finding 3. */
  readonly key: string;
  readonly y: number;
  readonly height: number;
  readonly note: LadderNote;
}
export interface GapRow {
  readonly kind: 'gap';
  readonly key: string;
  readonly y: number;
  readonly height: number;
  /** µs. */
  readonly duration: number;
  /** What happened in it. */
  readonly what: 'ringing' | 'talking' | 'silent';
}
export interface StreamRow {
  readonly kind: 'stream';
  /** `s4` for stream row 4 of the evidence. */
  readonly key: string;
  readonly y: number;
  readonly height: number;
  readonly media: LadderStream;
}
export type Row = MessageRow | NoteRow | StreamRow | GapRow;
/** A row that can be selected. */
export type Place = MessageRow | NoteRow | StreamRow;
export const isPlace = (row: Row): row is Place => row.kind !== 'gap';
export const timeOf = (row: Place): number =>
  row.kind === 'message' ? row.message.time : row.kind === 'note' ? row.note.time : row.media.stream.start;

/** Kinds of messages that may be left out of a drawing. */
export const noises = ['trying', 'options', 'events', 'beside'] as const;
export type Noise = (typeof noises)[number];

export interface Shown {
  readonly fold: boolean;
  readonly notes: boolean;
  readonly media?: boolean;
  /** Distances between rows follow the clock. */
  readonly scaled?: boolean;
  readonly without?: ReadonlySet<Noise>;
  /** Originals whose repeats are unfolded in place. */
  readonly unfolded: ReadonlySet<number>;
}

export function rowsOf(ladder: Ladder, shown: Shown): readonly Row[] {
  const { messages } = ladder;
  const repeats = new Map<number, number[]>();
  messages.forEach(({ repeats: original }, index) => {
    if (original >= 0) push(repeats, original, index);
  });
  const isFolded = (index: number): boolean => {
    const original = messages[index]!.repeats;
    return original >= 0 && shown.fold && !shown.unfolded.has(original);
  };
  const timed: (LadderNote | LadderStream)[] = [];
  const pinned = new Map<number, LadderNote[]>();
  for (const note of shown.notes ? ladder.notes : []) {
    if (note.lane < 0) continue;
    if (note.message === undefined) timed.push(note);
    else push(pinned, isFolded(note.message) ? messages[note.message]!.repeats : note.message, note);
  }
  if (shown.media !== false) {
    timed.push(...ladder.streams.filter(({ from, to }) => from !== to && (from >= 0 || to >= 0)));
    timed.sort((a, b) => startOf(a) - startOf(b));
  }
  const rows: Row[] = [];
  let [y, number, next, previous, latest] = [0, 0, 0, NaN, NaN];
  let phase: GapRow['what'] = 'silent';
  const add = (row: Row): void => {
    rows.push(row);
    y = row.y + row.height;
  };
  /** Room before a row: a band where nothing happened for long, or as much as the clock says. */
  const addSilence = (key: string, time: number): void => {
    const quiet = time - latest;
    if (shown.scaled) y += Math.max(0, Math.min(scale.most, Math.round((quiet / SECOND) * scale.second) || 0));
    else if (quiet > silence)
      add({ kind: 'gap', key: `g${key}`, y, height: heights.gap, duration: quiet, what: phase });
    latest = Number.isNaN(latest) ? time : Math.max(latest, time);
  };
  const addTimed = (one: LadderNote | LadderStream): void => {
    addSilence(`t${rows.length}`, startOf(one));
    if ('stream' in one) add({ kind: 'stream', key: `s${one.stream.row}`, y, height: heights.stream, media: one });
    else addNote(one);
  };
  const addNote = (note: LadderNote): void => add({ kind: 'note', key: noteKey(note), y, height: heights.note, note });
  messages.forEach((message, index) => {
    const original = message.repeats;
    const ghost = original >= 0;
    if (message.from < 0 || message.to < 0 || isNoise(message, shown.without)) return;
    if (isFolded(index)) return;
    while (next < timed.length && startOf(timed[next]!) < message.time) addTimed(timed[next++]!);
    const since = message.time - previous;
    addSilence(String(index), message.time);
    add({
      kind: 'message',
      key: `m${index}`,
      y,
      height: ghost ? heights.repeat : heights.message,
      index,
      message,
      number: ghost ? 0 : ++number,
      repeats: shown.fold && !shown.unfolded.has(index) ? (repeats.get(index) ?? []) : [],
      ghost,
      since,
    });
    for (const note of pinned.get(index) ?? []) addNote(note);
    previous = message.time;
    phase = phaseAfter(message, phase);
  });
  while (next < timed.length) addTimed(timed[next++]!);
  return rows;
}

const startOf = (one: LadderNote | LadderStream): number => ('stream' in one ? one.stream.start : one.time);
/** Marks have no row of their own elsewhere: their moment and lane tell them apart. */
const noteKey = ({ kind, line, finding, time, lane, mark }: LadderNote): string =>
  finding !== undefined ? `f${finding}` : kind === 'mark' ? `k${time}-${lane}-${mark?.what ?? ''}` : `l${line}`;

function isNoise({ method, status, leg }: LadderMessage, without: ReadonlySet<Noise> | undefined): boolean {
  if (!without || without.size === 0) return false;
  return (
    (status === 100 && without.has('trying')) ||
    (method === 'OPTIONS' && without.has('options')) ||
    (/^(?:NOTIFY|SUBSCRIBE|PUBLISH|INFO)$/.test(method) && without.has('events')) ||
    (leg < 0 && without.has('beside'))
  );
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function phaseAfter({ method, status }: LadderMessage, phase: GapRow['what']): GapRow['what'] {
  if (method === 'BYE' || (method === 'INVITE' && status >= 300))
    return method === 'BYE' ? 'silent' : afterRefusal(phase);
  if (method === 'INVITE' && status >= 180 && status < 200 && phase === 'silent') return 'ringing';
  if (method === 'INVITE' && status >= 200 && status < 300) return 'talking';
  return phase;
}
/** A refused change leaves a running call as it was. */
const afterRefusal = (phase: GapRow['what']): GapRow['what'] => (phase === 'talking' ? 'talking' : 'silent');

/** First row whose lower edge lies below `y`; rows stand in order, so it is found by halving. */
export function rowAt(rows: readonly Row[], y: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.y + rows[middle]!.height <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const heightOf = (rows: readonly Row[]): number => {
  const last = rows.at(-1);
  return last ? last.y + last.height : 0;
};

/** Client, both sides of a border and phone system fit beside the message pane at 1366 px. */
const leastGap = 168;
/** Places of the lanes in px: first at 9 %, last at 93 %, equal between. */
export function lanePlaces(count: number, width: number): { readonly width: number; readonly x: readonly number[] } {
  if (count <= 1) return { width, x: [width / 2] };
  const least = (leastGap * (count - 1)) / 0.84;
  const whole = Math.max(width, least);
  return {
    width: whole,
    x: Array.from({ length: count }, (_, lane) => Math.round(whole * (0.09 + (0.84 * lane) / (count - 1))) + 0.5),
  };
}

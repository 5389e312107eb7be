/**
 * The rows of a ladder drawing, with their places. Pure: a list in, a list with running heights out.
 *
 *   message 28 · unfolded repeat 22 · side note 28 · silence 22 + 5
 */
import { SECOND } from '../../base/time';
import type { Ladder, LadderMessage, LadderNote } from '../../analysis/desk';

export const heights = { message: 28, repeat: 22, note: 28, gap: 27, band: 22 } as const;
/** Longer silences are drawn as a band. */
const silence = 2 * SECOND;

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
export type Row = MessageRow | NoteRow | GapRow;
/** A row that can be selected. */
export type Place = MessageRow | NoteRow;
export const isPlace = (row: Row): row is Place => row.kind !== 'gap';

export interface Shown {
  readonly fold: boolean;
  readonly notes: boolean;
  /** Originals whose repeats are unfolded in place. */
  readonly unfolded: ReadonlySet<number>;
}

export function rowsOf(ladder: Ladder, shown: Shown): readonly Row[] {
  const { messages } = ladder;
  const repeats = new Map<number, number[]>();
  messages.forEach(({ repeats: original }, index) => {
    if (original >= 0) push(repeats, original, index);
  });
  const isHidden = (index: number): boolean => {
    const original = messages[index]!.repeats;
    return original >= 0 && shown.fold && !shown.unfolded.has(original);
  };
  const timed: LadderNote[] = [];
  const pinned = new Map<number, LadderNote[]>();
  for (const note of shown.notes ? ladder.notes : []) {
    if (note.message === undefined) timed.push(note);
    else push(pinned, isHidden(note.message) ? messages[note.message]!.repeats : note.message, note);
  }
  const rows: Row[] = [];
  let [y, number, next, previous] = [0, 0, 0, NaN];
  let phase: GapRow['what'] = 'silent';
  const add = (row: Row): void => {
    rows.push(row);
    y += row.height;
  };
  const addNote = (note: LadderNote): void =>
    add({
      kind: 'note',
      key: note.finding === undefined ? `l${note.line}` : `f${note.finding}`,
      y,
      height: heights.note,
      note,
    });
  messages.forEach((message, index) => {
    const original = message.repeats;
    const ghost = original >= 0;
    if (isHidden(index)) return;
    while (next < timed.length && timed[next]!.time < message.time) addNote(timed[next++]!);
    const since = message.time - previous;
    if (since > silence) add({ kind: 'gap', key: `g${index}`, y, height: heights.gap, duration: since, what: phase });
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
  while (next < timed.length) addNote(timed[next++]!);
  return rows;
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

/**
 * The rows of a ladder drawing, with their places. Pure: a list in, a list with running heights out.
 *
 *   message 28 · unfolded repeat 22 · side note 28 · silence 22 + 5
 */
import { SECOND } from '../../base/time';
import type { Ladder, LadderMessage, LadderNote } from '../../analysis/desk';

export const heights = { message: 28, repeat: 22, note: 28, gap: 27 } as const;
/** Longer silences are drawn as a band. */
const silence = 2 * SECOND;

export interface MessageRow {
  readonly kind: 'message';
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
  readonly y: number;
  readonly height: number;
  readonly note: LadderNote;
}
export interface GapRow {
  readonly kind: 'gap';
  readonly y: number;
  readonly height: number;
  /** µs. */
  readonly duration: number;
  /** What happened in it. */
  readonly what: 'ringing' | 'talking' | 'silent';
}
export type Row = MessageRow | NoteRow | GapRow;

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
    if (original < 0) return;
    const list = repeats.get(original);
    if (list) list.push(index);
    else repeats.set(original, [index]);
  });
  const notes = shown.notes ? ladder.notes : [];
  const rows: Row[] = [];
  let [y, number, note, previous] = [0, 0, 0, NaN];
  let phase: GapRow['what'] = 'silent';
  const push = (row: Row): void => {
    rows.push(row);
    y += row.height;
  };
  const notesUntil = (time: number): void => {
    for (; note < notes.length && notes[note]!.time < time; note++) {
      push({ kind: 'note', y, height: heights.note, note: notes[note]! });
    }
  };
  messages.forEach((message, index) => {
    const original = message.repeats;
    const ghost = original >= 0;
    if (ghost && shown.fold && !shown.unfolded.has(original)) return;
    // a note at the time of a message stands under it
    notesUntil(message.time);
    const since = message.time - previous;
    if (since > silence) push({ kind: 'gap', y, height: heights.gap, duration: since, what: phase });
    const folded = shown.fold && !shown.unfolded.has(index) ? (repeats.get(index) ?? []) : [];
    push({
      kind: 'message',
      y,
      height: ghost ? heights.repeat : heights.message,
      index,
      message,
      number: ghost ? 0 : ++number,
      repeats: folded,
      ghost,
      since,
    });
    previous = message.time;
    phase = phaseAfter(message, phase);
  });
  notesUntil(Infinity);
  return rows;
}

function phaseAfter({ method, status }: LadderMessage, phase: GapRow['what']): GapRow['what'] {
  if (method === 'INVITE' && status >= 180 && status < 200) return 'ringing';
  if (method === 'INVITE' && status >= 200 && status < 300) return 'talking';
  if (method === 'ACK' && phase === 'talking') return 'talking';
  return method === 'BYE' || status >= 300 ? 'silent' : phase;
}

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

/** Places of the lanes in px: first at 9 %, last at 93 %, at least 190 px apart. */
export function lanePlaces(count: number, width: number): { readonly width: number; readonly x: readonly number[] } {
  if (count <= 1) return { width, x: [width / 2] };
  const least = (190 * (count - 1)) / 0.84;
  const whole = Math.max(width, least);
  return { width: whole, x: Array.from({ length: count }, (_, lane) => whole * (0.09 + (0.84 * lane) / (count - 1))) };
}

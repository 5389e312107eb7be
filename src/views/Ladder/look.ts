/**
 * What one message looks like in the drawing: plain strings and numbers, worked out at once, so that a row which is
 * given another message changes only the attributes that differ. Places count from the row's own top.
 */
import type { Ladder } from '../../analysis/desk';
import type { Geometry } from './geometry';
import { labelOf } from './label';
import type { MessageRow } from './rows';
import { legLetter, repeatOffsets, signed, carriedText, timeOfRow, unsure } from './words';

export interface Look {
  readonly line: string;
  /** Two lines beside the arrow that stand for folded repeats; empty where none. */
  readonly ghosts: string;
  readonly tip: string;
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' };
  readonly head: string;
  readonly times: string;
  readonly aside: string;
  readonly rest: string;
  /** When the repeats came, beside the tail of the arrow. */
  readonly offsets: string;
  readonly offsetsAt: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' };
  /** Place of the severity shape of a finding that names it. */
  readonly flagX: number;
  readonly baseline: number;
  readonly number: string;
  readonly time: string;
  readonly delta: string;
  readonly letter: string;
  readonly cseq: string;
}

export function lookOf(ladder: Ladder, row: MessageRow, geometry: Geometry, isFlagged: boolean): Look {
  const { message, ghost, height } = row;
  const { x, form, gutter, whole, digits } = geometry;
  const [from, to] = [x[message.from]!, x[message.to]!];
  const toSelf = message.from === message.to;
  const right = to >= from;
  const y = height - 8.5;
  const tip = toSelf ? from + 4 : to;
  const tipY = toSelf ? y + 3 : y;
  const back = toSelf || !right ? 1 : -1;
  const count = row.repeats.length;
  const offsets = count > 0 ? repeatOffsets(ladder, row) : '';
  // beside the tail where there is room, else behind the method
  const beside = (right ? from - gutter : whole - from) > offsets.length * 6 + 30;
  const { method, status, reason } = message;
  const carried = { method, status, reason, summary: carriedText(message) };
  const mark = message.inferred ? ` ${unsure}` : '';
  const words = labelOf(carried, Math.abs(to - from) - mark.length * 7, count, beside ? '' : offsets);
  return {
    line: toSelf ? `M${from} ${y - 6}h26v9h-22` : `M${from} ${y}H${to + back}`,
    ghosts: count > 0 && !toSelf ? `M${from} ${y - 3}H${to}M${from} ${y + 3}H${to}` : '',
    tip:
      message.status === 0
        ? `M${tip} ${tipY}l${back * 8} -4.2v8.4z`
        : `M${tip + back * 6} ${tipY - 4.2}L${tip + back} ${tipY}l${back * 5} 4.2`,
    label: toSelf
      ? { x: from + 34, y: 18, anchor: 'start' }
      : { x: (from + to) / 2, y: ghost ? 9 : 12, anchor: 'middle' },
    head: words.head + mark,
    times: count > 0 ? `×${count + 1}` : '',
    aside: words.aside,
    rest: words.rest,
    offsets: beside ? offsets : '',
    offsetsAt: { x: from + (right ? -1 : 1) * (isFlagged ? 27 : 9), y: y + 4, anchor: right ? 'end' : 'start' },
    flagX: from + (right ? -21 : 8),
    baseline: ghost ? 15 : 18,
    number: row.number === 0 ? '' : String(row.number),
    time: timeOfRow(message.time, ladder.messages[0]!.time, form, digits),
    delta: signed(row.since, digits),
    letter: message.leg >= 0 && ladder.call ? legLetter(ladder, message.leg) : '',
    cseq: String(message.cseq),
  };
}

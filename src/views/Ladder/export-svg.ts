/**
 * The ladder as a file of its own: light colours written in, fonts named, notes in full below the drawing. Text goes in
 * escaped and nothing else comes from the evidence, so a hostile header stays text.
 */
import type { Ladder } from '../../analysis/desk';
import { preferences, t } from '../../state/preferences.svelte';
import { show } from '../../text/text';
import { geometryOf } from './geometry';
import { labelOf } from './label';
import { heightOf, heights, type MessageRow, type Row, type StreamRow } from './rows';
import { lossPlaces } from './losses';
import { ladderText } from './text';
import {
  carriedText,
  laneAddress,
  laneName,
  legColour,
  legLetter,
  noteText,
  seconds,
  signed,
  streamKind,
  streamText,
  unsure,
} from './words';

const ink: Readonly<Record<string, string>> = { a: '#00776e', b: '#7a3db8', c: '#9a5800', d: '#20262d', 0: '#5c6673' };
const tint: Readonly<Record<string, string>> = { a: '#dff2f0', b: '#f1e8f8', c: '#f7ecdd', d: '#e8ebee', 0: '#eef0f3' };
const head = 44;

export function svgLadder(ladder: Ladder, rows: readonly Row[], title: string): string {
  const geometry = geometryOf(ladder.lanes.length, 222 + Math.max(560, ladder.lanes.length * 240), 'start', 0);
  const { columns, whole, x, gutter } = geometry;
  const start = ladder.messages[0]?.time ?? 0;
  const top = rows[0]?.y ?? 0;
  const bottom = heightOf(rows) - top + head + 8;
  const parts: string[] = [];
  const text = (at: number, y: number, value: string, more = ''): void => {
    if (value) parts.push(`<text x="${at}" y="${y}"${more}>${escaped(value)}</text>`);
  };
  ladder.lanes.forEach((lane, index) => {
    text(x[index]!, 16, laneName(lane), ' text-anchor="middle" font-weight="600"');
    text(x[index]!, 31, laneAddress(lane), ' text-anchor="middle" font-size="11" fill="#5c6673"');
    parts.push(`<path d="M${x[index]} ${head}V${bottom}" stroke="#b4bbc5"/>`);
  });
  const footnotes: string[] = [];
  for (const row of rows) {
    const y = row.y - top + head;
    if (row.kind === 'gap') {
      parts.push(`<rect x="0" y="${y}" width="${whole}" height="${heights.band}" fill="#f6f7f9"/>`);
      const words = t(ladderText[row.what], { time: show({ duration: row.duration }, preferences.locale) });
      text((gutter + whole) / 2, y + 15, words, ' text-anchor="middle" font-size="11" fill="#5c6673"');
    } else if (row.kind === 'note') {
      footnotes.push(`${seconds(row.note.time - start)} s  ${noteText(row, true)}`);
      parts.push(`<rect x="${x[row.note.lane]! - 4}" y="${y + 10}" width="8" height="8" fill="#4a5a70"/>`);
      text(x[row.note.lane]! + 12, y + 18, `(${footnotes.length})`, ' font-size="11" fill="#4a5a70"');
    } else if (row.kind === 'stream') {
      text(columns.time, y + 18, seconds(row.media.stream.start - start), ' text-anchor="end"');
      text(columns.leg, y + 18, legLetter(ladder, row.media.leg), ' text-anchor="middle"');
      text(columns.cseq, y + 18, streamKind(row), ' text-anchor="end" fill="#5c6673"');
      parts.push(bar(row, x, y));
    } else {
      text(columns.number, y + 18, String(row.number || ''), ' text-anchor="end" fill="#5c6673"');
      text(columns.time, y + 18, seconds(row.message.time - start), ' text-anchor="end"');
      text(columns.delta, y + 18, signed(row.since), ' text-anchor="end" font-size="11" fill="#5c6673"');
      text(columns.leg, y + 18, ladder.call ? legLetter(ladder, row.message.leg) : '', ' text-anchor="middle"');
      text(columns.cseq, y + 18, String(row.message.cseq), ' text-anchor="end" fill="#5c6673"');
      parts.push(arrow(ladder, row, x, y));
    }
  }
  footnotes.forEach((note, n) => text(8, bottom + 20 + n * 16, `(${n + 1})  ${note}`, ' font-size="11"'));
  const height = bottom + (footnotes.length > 0 ? 32 + footnotes.length * 16 : 8);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole + 40}" height="${height}" viewBox="0 0 ${whole + 40} ${height}" font-family="Segoe UI, Noto Sans, Helvetica, Arial, sans-serif" font-size="12" fill="#15191e">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${whole + 40}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function arrow(ladder: Ladder, row: MessageRow, x: readonly number[], y: number): string {
  const { message } = row;
  const [from, to] = [x[message.from]!, x[message.to]!];
  const colour = ink[ladder.call ? legColour(message.leg) : '0']!;
  const at = y + row.height - 8.5;
  const request = message.status === 0;
  const toSelf = message.from === message.to;
  const back = toSelf || to < from ? 1 : -1;
  const words = labelOf({ ...message, summary: carriedText(message) }, Math.abs(to - from), row.repeats.length);
  const label = `${words.head}${message.inferred ? ` ${unsure}` : ''}${row.repeats.length > 0 ? ` ×${row.repeats.length + 1}` : ''}`;
  const tip = toSelf ? from + 4 : to;
  const line = toSelf ? `M${from} ${at - 6}h26v9h-22` : `M${from} ${at}H${to + back}`;
  const tipY = toSelf ? at + 3 : at;
  const point = request
    ? `<path d="M${tip} ${tipY}l${back * 8} -4.2v8.4z" fill="${colour}"/>`
    : `<path d="M${tip + back * 6} ${tipY - 4.2}L${tip + back} ${tipY}l${back * 5} 4.2" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  return [
    `<path d="${line}" fill="none" stroke="${colour}" stroke-width="${request ? 1.75 : 1.25}"${row.ghost ? ' stroke-opacity="0.6"' : ''}${message.inferred ? ' stroke-dasharray="7 4"' : ''}/>`,
    point,
    `<text x="${toSelf ? from + 34 : (from + to) / 2}" y="${y + 12}" text-anchor="${toSelf ? 'start' : 'middle'}" paint-order="stroke" stroke="#ffffff" stroke-width="4"><tspan font-weight="600">${escaped(label)}</tspan>${words.rest ? `<tspan dx="7" fill="#454e5a">${escaped(words.rest)}</tspan>` : ''}</text>`,
  ].join('');
}

function bar(row: StreamRow, x: readonly number[], y: number): string {
  const { media } = row;
  const [from = x[media.to]! - 120, to = x[media.from]! + 120] = [x[media.from], x[media.to]];
  const [left, width] = [Math.min(from, to), Math.abs(to - from)];
  const colour = ink[legColour(media.leg)]!;
  const back = to > from ? -1 : 1;
  return [
    `<rect x="${left}" y="${y + 2}" width="${width}" height="24" fill="${tint[legColour(media.leg)]}"/>`,
    `<path d="M${left} ${y + 25.5}h${width}" stroke="${colour}"/>`,
    `<path d="M${to} ${y + 3}v22l${back * 9} -4v-14z" fill="${colour}"/>`,
    ...lossPlaces(media.stream, left, width, to > from).map(
      (loss) =>
        `<rect x="${round(loss.x)}" y="${round(y + 25 - loss.height)}" width="${round(loss.length)}" height="${round(loss.height)}" fill="#b3261e"/>`,
    ),
    `<text x="${left + width / 2}" y="${y + 15}" text-anchor="middle" font-size="11.5">${escaped(streamText(row))}</text>`,
  ].join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Text for XML 1.0: markup escaped, characters that XML forbids dropped. */
export const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Rows of the merged timeline: which ones a query wants, and how each reads. */
import { correlationIn } from '../decode/correlation';
import { decodeAs, repaired } from '../decode/encoding';
import type { At } from '../evidence/evidence';
import { maskSecrets } from '../session/mask';
import type { LineQuery, LineRow } from './desk';
import { encodingOf } from './encodings';
import { wantedRows } from './line-query';
import { per } from './per';
import type { Read } from './scan';
import { rowKind, timeline, type Timeline } from './timeline';
import type { View } from './view';

/** A row number from here on stands for the silence before the row at that place of the order. */
export const silence = 2 ** 31;
/** µs without a row in any source that is worth a row of its own. */
const leastSilence = 4e6;
/** Bytes of a record that are shown in its row; the place it stands at holds the rest. */
const shown = 4096;

export async function selectLines(view: View, query: LineQuery, read: Read): Promise<Uint32Array> {
  const line = timeline(view);
  const { test } = await wantedRows(view, query, read);
  const chosen = chosenRows(line, query);
  const silences = query.silences ? quiet(view) : undefined;
  const rows = new Uint32Array(line.length + (silences ? silences.length : 0));
  let at = 0;
  let next = 0;
  let pending = 0;
  for (let place = 0; place < line.length; place++) {
    // of several silences between two wanted rows one is enough: the view counts on the longest
    while (silences && next < silences.length && silences[next]! <= place) {
      pending = longer(line, pending, silences[next++]!);
    }
    const row = line.order[place]!;
    if (!chosen(row) || (test && !test(row))) continue;
    if (pending > 0 && at > 0) rows[at++] = silence + pending;
    pending = 0;
    rows[at++] = row;
  }
  return at === rows.length ? rows : rows.slice(0, at);
}

/** Levels, artifacts and the time window of a query. */
export function chosenRows(line: Timeline, query: LineQuery): (row: number) => boolean {
  const { levels, artifacts, from = -Infinity, to = Infinity } = query;
  const wantedLevels = levels && flags(levels, 8);
  const wantedArtifacts = artifacts && new Set(artifacts);
  const timed = from > -Infinity || to < Infinity;
  return (row) => {
    if (wantedLevels && !wantedLevels[line.level(row)]) return false;
    if (wantedArtifacts && !wantedArtifacts.has(line.artifact(row))) return false;
    if (!timed) return true;
    const time = line.time(row);
    return time >= from && time <= to;
  };
}

function flags(values: readonly number[], length: number): Uint8Array {
  const result = new Uint8Array(length);
  for (const value of values) result[value] = 1;
  return result;
}

/**
 * Places of the order before which all sources are silent. Where rows are sparse every pause would be one, so the bound
 * rises until a silence is an exception.
 */
const quiet = per((view: View): Uint32Array => {
  const { order, time } = timeline(view);
  let bound = leastSilence;
  for (;;) {
    const places: number[] = [];
    for (let place = 1; place < order.length; place++) {
      if (time(order[place]!) - time(order[place - 1]!) >= bound) places.push(place);
    }
    if (places.length <= Math.max(8, order.length / 20)) return Uint32Array.from(places);
    bound *= 4;
  }
});

const gap = ({ order, time }: Timeline, place: number): number => time(order[place]!) - time(order[place - 1]!);
const longer = (line: Timeline, one: number, other: number): number =>
  one > 0 && gap(line, one) >= gap(line, other) ? one : other;

export async function describeLines(view: View, wanted: readonly number[], read: Read): Promise<LineRow[]> {
  const line = timeline(view);
  const { evidence } = view;
  const { lines, messages, events, strings } = evidence;
  const raw = await lineTexts(view, wanted, read);
  return wanted.map((row): LineRow => {
    if (row >= silence) {
      const place = row - silence;
      const before = line.order[place - 1]!;
      const time = line.time(before);
      const at: At = { artifact: -1, offset: 0, length: 0 };
      const duration = gap(line, place);
      return {
        row,
        kind: 'silence',
        time,
        level: 0,
        artifact: -1,
        number: 0,
        text: '',
        ref: before,
        id: '',
        at,
        duration,
      };
    }
    const { kind, ref } = rowKind(line, row);
    const common = {
      row,
      kind,
      time: line.time(row),
      level: line.level(row),
      artifact: line.artifact(row),
      ref,
      duration: 0,
    };
    const { artifact } = common;
    switch (kind) {
      case 'line': {
        const number = lines.number[ref]!;
        return {
          ...common,
          number,
          text: maskSecrets(raw.get(row) ?? ''),
          id: correlationIn(raw.get(row) ?? ''),
          at: { artifact, offset: lines.offset[ref]!, length: lines.size[ref]!, line: number },
        };
      }
      case 'message': {
        const number = messages.packet[ref]!;
        return {
          ...common,
          number,
          text: maskSecrets(messageText(view, ref)),
          id: strings.text(messages.callId[ref]!),
          at: { artifact, offset: messages.offset[ref]!, length: messages.size[ref]!, packet: number },
        };
      }
      case 'event': {
        const number = events.row[ref]!;
        return {
          ...common,
          number,
          text: maskSecrets(eventText(view, ref)),
          id: '',
          at: { artifact, offset: events.offset[ref]!, length: events.size[ref]!, row: number },
        };
      }
    }
  });
}

/** `INVITE sip:4142@pbx.example  192.0.2.20 → 192.0.2.10`, `486 Busy Here INVITE  192.0.2.10 → 192.0.2.20` */
function messageText({ evidence: { messages, strings }, links }: View, message: number): string {
  const text = (column: Uint32Array): string => strings.text(column[message]!);
  const status = messages.status[message]!;
  const what =
    status === 0
      ? `${text(messages.method)} ${text(messages.requestUri)}`
      : `${status} ${text(messages.reason)} ${text(messages.method)}`;
  const sign = links.repeatOf[message]! >= 0 ? '↻ ' : '';
  return `${sign}${what}  ${text(messages.source)} → ${text(messages.target)}`;
}

function eventText({ evidence: { events, strings } }: View, event: number): string {
  const cell = (column: Uint32Array): string => strings.text(column[event]!);
  const parts = [cell(events.name), cell(events.target), cell(events.actor)].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('  ') : cell(events.text).replace(/\n/g, '  ');
}

/** Raw text of log lines; neighbours in one file are read at once. */
async function lineTexts(view: View, wanted: readonly number[], read: Read): Promise<Map<number, string>> {
  const { lines } = view.evidence;
  const line = timeline(view);
  const rows = [...new Set(wanted)].filter((row) => row < line.messages);
  rows.sort((a, b) => lines.artifact[a]! - lines.artifact[b]! || lines.offset[a]! - lines.offset[b]!);
  const texts = new Map<number, string>();
  const reads: Promise<void>[] = [];
  const endOf = (row: number): number => lines.offset[row]! + Math.min(lines.size[row]!, shown);
  for (let at = 0; at < rows.length;) {
    const first = rows[at]!;
    const artifact = lines.artifact[first]!;
    const from = lines.offset[first]!;
    let end = endOf(first);
    let next = at + 1;
    for (; next < rows.length; next++) {
      const row = rows[next]!;
      if (lines.artifact[row] !== artifact || lines.offset[row]! > end + shown) break;
      end = Math.max(end, endOf(row));
    }
    const group = rows.slice(at, next);
    reads.push(
      Promise.all([read(artifact, from, end - from), encodingOf(view.evidence, artifact, read)]).then(
        ([bytes, encoding]) => {
          for (const row of group) {
            const start = lines.offset[row]! - from;
            const part = bytes.subarray(start, endOf(row) - from);
            const text = repaired(decodeAs(part, encoding), part, encoding).replace(/[\r\n]+$/, '');
            texts.set(row, lines.size[row]! > shown ? `${text}…` : text);
          }
        },
        () => {
          // the bytes are gone (a source was removed meanwhile): the row stands without its text
        },
      ),
    );
    at = next;
  }
  await Promise.all(reads);
  return texts;
}

/** Log records → rows of `lines`, `shapes`, `correlations` and `hits`. Shared by every kind whose text is a log. */
import { correlationKey } from '../../base/correlation';
import { correlationExpression, requestExpression } from '../../decode/correlation';
import { moveYears, type Stamps } from '../../decode/stamps';
import { createFinder } from '../../decode/finder';
import { errorKeys, fieldsLevel, messageKeys, pick } from '../../decode/fields';
import { levelAt, levelOf, lineLevel } from '../../decode/level';
import { shapeOf } from '../../decode/mask';
import type { LogRecord } from '../../decode/record';
import { recordReader } from '../../decode/records';
import { level as levels } from '../../evidence/schema';
import type { Reader, Reading, Sink } from '../kind';
import { createSipScan } from './sip-scan';

export interface LogOptions {
  /** `onRecord` is called for records that may hold this; `row` is the record's row. */
  readonly interest?: RegExp;
  onRecord?(record: LogRecord, text: string, row: number): void;
  /** Called for every record: it must cost next to nothing. */
  each?(record: LogRecord, row: number): void;
  /** The whole of the rest of a reading. */
  finish?(): Partial<Reading>;
  /** What marks records that belong together, in place of a correlation id; group 1 is the id. */
  readonly correlation?: RegExp;
  /** Longest line that is looked at as a whole, in bytes. */
  readonly maxLine?: number;
}

const longestDetail = 200;

const zonings = { none: 0, local: 1, zoned: 2 } as const;
/** Added to `clock` while the year is not known; taken away at the end. */
const yearless = 8;
const knownShapes = 5000;

export function logRows(sink: Sink, options: LogOptions = {}): Reader {
  const { lines, hits, correlations } = sink.tables;
  // without `g` and `y` an expression has no memory of the last record
  const wanted = sink.wants.patterns.map(({ regex }) => new RegExp(regex.source, regex.flags.replace(/[gy]/g, '')));
  const correlated = options.correlation ?? correlationExpression;
  const finder = createFinder([
    ...wanted,
    correlated,
    requestExpression,
    ...(options.interest ? [options.interest] : []),
  ]);
  const shapes = new Map<string, number>();
  const firstRow = lines.length;
  let records = 0;
  let first = Infinity;
  let last = -Infinity;
  const zoned = { local: 0, zoned: 0, none: 0 };
  let shifting = false;
  let level = 0;
  let message = '';
  let host: string | undefined;

  const describe = (record: LogRecord): void => {
    const { text, fields } = record;
    message = '';
    if (fields) {
      level = fieldsLevel(fields);
      const inner = pick(fields, messageKeys) ?? '';
      // a container's JSON wraps the program's own line
      if (level === 0) level = lineLevel(inner, 0, 0, 0, inner.length);
      if (level >= levels.warning) message = inner || (pick(fields, errorKeys) ?? '');
      return;
    }
    level = levelOfRecord(record);
    if (level >= levels.warning) message = messageOf(text, record.body, record.firstEnd);
  };

  const find = (record: LogRecord, row: number): void => {
    const { bytes, byteFrom } = record;
    const candidates = bytes
      ? finder.candidatesIn(bytes, byteFrom, byteFrom + record.length)
      : finder.candidates(record.text, record.from, record.to);
    if (candidates.length === 0) return;
    const text = record.text.slice(record.from, record.to);
    let correlation: RegExpExecArray | null = null;
    for (const index of candidates) {
      const regex = wanted[index];
      if (regex) {
        const match = regex.exec(text);
        if (!match) continue;
        const detail = (match.groups?.['detail'] ?? match[0]).slice(0, longestDetail);
        const pattern = sink.strings.id(sink.wants.patterns[index]!.id);
        hits.add({ line: row, pattern, detail: sink.strings.id(detail) });
      } else if (index === wanted.length) correlation = correlated.exec(text) ?? correlation;
      else if (index === wanted.length + 1) correlation ??= requestExpression.exec(text);
      else if (options.interest?.test(text)) options.onRecord?.(record, text, row);
    }
    if (correlation) correlations.add({ line: row, key: correlationKey(correlation[1]!) });
  };

  const scan = createSipScan(sink);
  const reader = recordReader(
    {
      record(record) {
        describe(record);
        if (host === undefined && records < 20) host = hostOf(record);
        const row = lines.row();
        const { columns, cell } = lines;
        records++;
        columns.artifact[cell] = sink.artifact;
        columns.time[cell] = record.time;
        columns.offset[cell] = record.offset;
        columns.size[cell] = record.length;
        columns.number[cell] = record.number;
        columns.level[cell] = level;
        zoned[record.zoning]++;
        columns.clock[cell] = zonings[record.zoning] + (record.shifts ? yearless : 0);
        if (record.shifts) shifting = true;
        else if (record.zoning !== 'none') {
          if (record.time < first) first = record.time;
          if (record.time > last) last = record.time;
        }
        if (level >= levels.warning) sink.tables.shapes.add({ line: row, shape: shape(message) });
        find(record, row);
        scan.record(record);
        options.each?.(record, row);
      },
      longLine: (offset) => sink.problem('long-line', offset),
    },
    sink.path,
    options.maxLine ?? 2 ** 20,
    Date.now() * 1000,
  );

  const shape = (text: string): number => {
    const head = text.slice(0, 400);
    let id = shapes.get(head);
    if (id === undefined) {
      id = sink.strings.id(shapeOf(head));
      if (shapes.size < knownShapes) shapes.set(head, id);
    }
    return id;
  };

  return {
    push(chunk) {
      // before the records: a message is known when its record comes
      scan.push(chunk);
      reader.push(chunk);
    },
    end() {
      reader.end();
      scan.end(shifting ? reader.stamps.yearShift() : undefined);
      if (shifting)
        settleYears(sink, firstRow, reader.stamps, (time) => {
          if (time < first) first = time;
          if (time > last) last = time;
        });
      const clock = zoned.local > zoned.zoned ? 'local' : zoned.zoned > 0 ? 'zoned' : 'none';
      const times = clock === 'none' ? { first: NaN, last: NaN } : { first, last };
      return { records, ...times, clock, ...(host === undefined ? {} : { host }), ...options.finish?.() };
    },
  };
}

/** Lines without a year were counted in a provisional one; now that all is read, they move to theirs. */
function settleYears(sink: Sink, firstRow: number, stamps: Stamps, seen: (time: number) => void): void {
  const shift = stamps.yearShift();
  let moved = false;
  sink.tables.lines.revise(firstRow, ({ artifact, time, clock }, cell) => {
    if (artifact[cell] !== sink.artifact) return;
    const own = clock[cell]!;
    // a line without a time of its own stands with the one before it
    moved = own === 0 ? moved : own >= yearless;
    if (!moved) return;
    time[cell] = moveYears(time[cell]!, shift);
    if (own === 0) return;
    clock[cell] = own - yearless;
    seen(time[cell]!);
  });
}

/** `level=ERROR` right behind the stamp is by far the commonest; anything else is looked for. */
function levelOfRecord({ text, from, stampAt, body, firstEnd, letter }: LogRecord): number {
  if (letter !== '') return levelOf(letter);
  const at = text.charCodeAt(body) === 34 ? body + 2 : body + 1;
  if (text.startsWith('level=', at) && at + 6 < firstEnd) {
    let end = at + 6;
    while (end < firstEnd && text.charCodeAt(end) > 32) end++;
    const level = levelAt(text, at + 6, end);
    if (level !== 0) return level;
  }
  return lineLevel(text, from, stampAt, body, firstEnd);
}

/** The `msg=` of a logfmt line, else what follows the stamp. */
function messageOf(text: string, body: number, to: number): string {
  const line = text.slice(body, Math.min(to, body + 1000));
  const keyed = /(?:^|\s)(?:msg|message)=(?:"((?:[^"\\]|\\.){0,400})|(\S{1,400}))/.exec(line);
  if (keyed) return keyed[1] ?? keyed[2] ?? '';
  return line.slice(0, 400).replace(/^[\s\]:|)>-]+/, '');
}

const syslogHead =
  /^(?:<\d{1,3}>)?(?:1 )?(?:[A-Z][a-z]{2} {1,2}\d{1,2} [\d:.]{8,15}|\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-][\d:]{4,5})) ([A-Za-z][\w.-]{0,62}) (?:[\w./-]{1,48}(?:\[\d{1,10}\])?:|[\w./-]{1,48} \d{1,10} )/;

/** The host of a syslog prefix (RFC 3164 §4.1.2, RFC 5424 §6.2.4). */
const hostOf = ({ text, from, to }: LogRecord): string | undefined =>
  syslogHead.exec(text.slice(from, Math.min(to, from + 200)))?.[1];

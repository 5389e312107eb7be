/**
 * Lines → log records. A record begins with a line that has a time of its own (or stands alone: a JSON object, a line
 * with a level); lines without one continue it: indented text, stack traces, the rest of a pretty-printed object.
 *
 *   2026-11-12 08:00:00,123 ERROR push failed            ┐
 *   java.net.SocketTimeoutException: timeout             │ one record of three lines
 *       at com.example.Push.send(Push.java:42)           ┘
 *   2026-11-12 08:00:01,004 INFO retry                     the next
 */
import { repaired } from './encoding';
import { fieldsTime, jsonFields } from './fields';
import { textReader, type TextPart, type TextReader } from './lines';
import { clear, createHead, createRecord, take, type Head, type LogRecord } from './record';
import { createStamp } from './stamp';
import { createStamps, type Stamps } from './stamps';
import { readStamp } from './timestamp';

export interface RecordTaker {
  record(record: LogRecord): void;
  longLine(offset: number): void;
}

export interface RecordReader extends TextReader {
  readonly stamps: Stamps;
  readonly lines: number;
}

/** Without colour codes and the NULs that a crash leaves before a line. */
const plain = (text: string): string => text.replace(ansi, '').replace(/^[\0\ufeff]+/, '');

const mostLines = 1000;
const mostBytes = 512 * 1024;
const longestXmlHead = 4096;
/** The first element: not `<?xml …?>`, `<!-- … -->` or `<!DOCTYPE …>`. */
const xmlRoot = /<([A-Za-z_][\w:.-]{0,200})(?=[\s/>])/;
/** A full date and time anywhere in a text. */
export const dated = /(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/;
const ansi = /\x1b(?:\[[0-9;?]{0,20}[A-Za-z]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\)|[()][A-Z0-9])/g;
const levelStart =
  /^(?:[[<(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|PANIC|EMERG|ALERT)\b|level=|[A-Za-z_.]{1,30}=\S+ level=)/;

export function recordReader(taker: RecordTaker, path: string, maxLine: number, now: number): RecordReader {
  const stamps = createStamps(path, now);
  const jsonStamp = createStamp();
  let number = 1;
  /** Lines of the open record that were looked at; it always stands at the start of the next part. */
  let open = 0;
  let lastTime = NaN;
  const record = createRecord();
  /** What the first line said of the open record, and of the line being looked at; they change places. */
  let head = createHead();
  let next = createHead();

  /** Looks at a line; true where it begins a record, then `next` describes it. */
  const begins = (text: string, from: number, to: number, mayEscape: boolean, openAt = 0, openEnd = 0): boolean => {
    let code = text.charCodeAt(from);
    // text of the open record: `from` may come to stand in another string
    const whole = text;
    if (code === 0 || code === 0xfeff || mayEscape) {
      text = plain(text.slice(from, to));
      from = 0;
      to = text.length;
      code = text.charCodeAt(0);
    }
    clear(next);
    if (code === 123 && jsonLine(text, from, to)) return true;
    const inXml = open > 0 && open < mostLines && head.xml && !xmlEnds(whole, openAt, openEnd, head);
    if (inXml && (code === 60 || code === 32 || code === 9)) return false;
    const tag = code === 60 && isTag(text.charCodeAt(from + 1));
    // a time in a tag is the element's, and its record may begin before
    if (stamps.find(text, from, to) && !(tag && insideTag(text.slice(from, stamps.stamp.start)))) {
      take(next, stamps);
      next.letter = stamps.stamp.letter;
      next.stampAt = stamps.stamp.start - from;
      next.body = stamps.stamp.end - from;
      return true;
    }
    if (open > 0 && open < mostLines) {
      if (code === 32 || code === 9 || code === 125 || code === 93 || code === 41) return false;
      const object = code === 123 && head.json;
      if (head.timed && !object && !levelStart.test(text.slice(from, Math.min(to, from + 80)))) return false;
      if (inXml) return false;
    }
    next.json = code === 123;
    next.xml = tag;
    return true;
  };
  /** A whole object on one line. Inside a timed record an object without a time belongs to that record. */
  const jsonLine = (text: string, from: number, to: number): boolean => {
    let end = to;
    while (end > from && text.charCodeAt(end - 1) <= 32) end--;
    if (text.charCodeAt(end - 1) !== 125) return false;
    const fields = jsonFields(text.slice(from, end));
    if (!fields) return false;
    const timed = fieldsTime(fields, jsonStamp);
    if (!timed && open > 0 && open < mostLines && head.timed && !head.json) return false;
    next.fields = fields;
    next.json = true;
    if (timed) placeJson(next);
    return true;
  };
  const placeJson = (line: Head): void => {
    stamps.place(jsonStamp);
    take(line, stamps);
  };

  /** The first full date and time within an XML record: `<TimeCreated SystemTime="2026-11-12T08:00:01Z"/>`. */
  const xmlTime = ({ text, from, to }: LogRecord): boolean => {
    const match = dated.exec(text.slice(from, Math.min(to, from + longestXmlHead)));
    return match !== null && readStamp(match[0], 0, match[0].length, jsonStamp) && jsonStamp.year > 0;
  };

  const emit = (text: string, from: number, to: number, firstEnd: number): void => {
    record.text = text;
    record.from = from;
    record.to = to;
    record.firstEnd = firstEnd;
    if (head.json && !head.fields && record.lines > 1) {
      // a pretty-printed object: its time and level stand on lines of their own
      head.fields = jsonFields(record.text.slice(record.from, record.to));
      if (head.fields && fieldsTime(head.fields, jsonStamp)) placeJson(head);
    }
    if (head.xml && xmlTime(record)) placeJson(head);
    if (!Number.isNaN(head.time)) lastTime = head.time;
    record.time = lastTime;
    record.zoning = Number.isNaN(head.time) ? 'none' : head.zoning;
    record.shifts = head.shifts && record.zoning !== 'none';
    record.letter = head.letter;
    record.fields = head.fields;
    record.stampAt = record.from + head.stampAt;
    record.body = Math.min(record.firstEnd, record.from + head.body);
    taker.record(record);
  };

  const takePart = (part: TextPart): number => {
    const { text, bytes, unit, encoding } = part;
    const size = text.length;
    let at = 0;
    let byteAt = 0;
    // of the open record: where it begins, where its first and its last filled line end
    let recordAt = 0;
    let recordByte = 0;
    let firstEnd = 0;
    let textEnd = 0;
    let byteEnd = 0;
    let line = 0;
    let seen = open;
    const escaped = text.includes('\x1b');
    const damaged = text.includes('\ufffd');
    const close = (): void => {
      if (open === 0) return;
      record.number = number;
      record.lines = open;
      record.offset = part.offset + recordByte;
      record.length = byteEnd - recordByte;
      const first = text.charCodeAt(recordAt);
      const odd = (damaged || escaped) && /[\x1b\ufffd]/.test(text.slice(recordAt, textEnd));
      if (odd || first === 0 || first === 0xfeff) {
        const span = bytes.subarray(recordByte, byteEnd);
        record.bytes = undefined;
        const own = plain(repaired(text.slice(recordAt, textEnd), span, encoding));
        const lineEnd = own.indexOf('\n');
        emit(own, 0, own.length, lineEnd < 0 ? own.length : lineEnd);
      } else {
        record.bytes = unit === 2 ? undefined : bytes;
        record.byteFrom = recordByte;
        emit(text, recordAt, textEnd, firstEnd);
      }
      number += open;
      open = 0;
    };
    while (at < size) {
      const feed = text.indexOf('\n', at);
      const lineEnd = feed < 0 ? size : feed;
      const lineByteEnd =
        unit !== 0 ? byteAt + (lineEnd - at) * unit : feed < 0 ? bytes.length : bytes.indexOf(part.feed, byteAt);
      let end = lineEnd;
      let stop = Math.min(lineByteEnd, bytes.length);
      if (end > at && text.charCodeAt(end - 1) === 13) {
        end--;
        stop -= unit === 2 ? 2 : 1;
      }
      line++;
      if (seen > 0) {
        // looked at before, when the part ended here
        seen--;
        if (line === 1) firstEnd = end;
        if (!isBlank(text, at, end)) {
          textEnd = end;
          byteEnd = stop;
        }
      } else if (isBlank(text, at, end)) {
        if (open > 0) open++;
        else number++;
      } else {
        if (open > 0 && byteAt - recordByte > mostBytes) close();
        if (begins(text, at, end, escaped && text.slice(at, end).includes('\x1b'), recordAt, textEnd)) {
          close();
          [head, next] = [next, head];
          recordAt = at;
          recordByte = byteAt;
          firstEnd = end;
        }
        open++;
        textEnd = end;
        byteEnd = stop;
      }
      at = lineEnd + 1;
      byteAt = lineByteEnd + (unit === 2 ? 2 : 1);
    }
    if (part.last) {
      close();
      return bytes.length;
    }
    return open > 0 ? recordByte : bytes.length;
  };

  const lines = textReader(
    {
      part: takePart,
      longLine(start, offset, length) {
        taker.longLine(offset);
        const text = plain(start);
        begins(text, 0, text.length, false);
        [head, next] = [next, head];
        record.number = number++;
        record.lines = 1;
        record.bytes = undefined;
        record.offset = offset;
        record.length = length;
        emit(text, 0, text.length, text.length);
      },
    },
    maxLine,
  );
  return {
    stamps,
    get lines() {
      return number - 1;
    },
    push: lines.push,
    end: lines.end,
  };
}

/** `<Event`, `<?xml`, `<!--`; not the `<14>` of a syslog line. */
const isTag = (code: number): boolean => ((code | 32) >= 97 && (code | 32) <= 122) || code === 63 || code === 33;
const insideTag = (text: string): boolean => text.lastIndexOf('<') > text.lastIndexOf('>');

/**
 * Is the element that an XML record began with closed? A declaration and comments come before it.
 *
 *   <?xml version="1.0"?>
 *   <Event xmlns="…">            the record goes on to </Event>
 */
function xmlEnds(text: string, from: number, to: number, head: Head): boolean {
  if (head.root === '') {
    const start = text.slice(from, Math.min(to, from + longestXmlHead));
    const found = xmlRoot.exec(start);
    // `<-- sent` is no element
    if (!found) return !/^\s*<[?!]/.test(start);
    head.root = found[1]!;
    head.closedAtOnce = /^[^<>]*\/>\s*$/.test(start.slice(found.index + found[0].length));
  }
  return head.closedAtOnce || text.startsWith(`</${head.root}>`, to - head.root.length - 3);
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 32) return false;
  return true;
}

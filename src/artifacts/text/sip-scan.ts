/** Finds SIP messages in the bytes of a text and writes them into the tables, beside the records that hold them. */
import { parseAddress } from '../../decode/address';
import { moveYears } from '../../decode/stamps';
import type { LogRecord } from '../../decode/record';
import { detectEncoding, headForEncoding, type Encoding } from '../../decode/encoding';
import { narrow } from '../../decode/narrow';
import { readSipInText, sipColumn } from '../../decode/sip-in-text';
import { carriers, createSighting } from '../../decode/sighting';
import { createSipReader } from '../../decode/sip';
import { endOf, messageEnds, saidEnds, statedEnds, type End, type Stated } from '../../decode/sip-ends';
import { span } from '../../decode/sip-message';
import { messageFlags } from '../../evidence/schema';
import { createComplaints } from '../capture/complaints';
import { createMessageRecorder } from '../capture/record-message';
import type { Sink } from '../kind';

export interface SipScan {
  push(chunk: Uint8Array): void;
  /** A record of the log; they come in order. Where a message stands in it, its time is the message's. */
  record(record: LogRecord): void;
  /** `years`: what moves the times of records that wrote no year. */
  end(years: number | undefined): void;
}

interface Found {
  readonly offset: number;
  row: number;
  time: number;
  line: number;
  shifts: boolean;
  /** The record's time is written in whole seconds. */
  coarse: boolean;
}

/** Text kept in front of what is looked at: the line before a message says who sent it. */
const context = 4096;
const maxMessage = 160 * 1024;
const recentRecords = 64;
/** Requests whose ends are remembered for their responses. */
const maxRequests = 20_000;
const fraction = /:\d\d[.,:]\d{3}|\d{13}|\d{10}\.\d{3}|["']?\d{4}-[\dT: -]{1,20}[.,]\d{3}/;
const latin1 = new TextDecoder('windows-1252');

export function createSipScan(sink: Sink): SipScan {
  const sip = createSipReader(sink.wants.headers);
  const recorder = createMessageRecorder(sink, sink.wants.headers);
  const complaints = createComplaints(sink);
  const sighting = createSighting();
  sighting.carrier = carriers.text;
  const stated = statedBy(sink.mapping);
  const requests = new Map<string, { readonly from: End; readonly to: End }>();
  const found: Found[] = [];
  /** The first message that no record was seen for. */
  let unbound = 0;
  /** The records seen last, five numbers each: a message may end far behind the record that it begins in. */
  const recent = new Float64Array(recentRecords * 5);
  let records = 0;
  let kept = new Uint8Array(0);
  /** Place of `kept[0]` in the artifact. */
  let offset = 0;
  /** What stands in `kept` before this was looked at. */
  let done = 0;
  /** Behind the last message, counted in the artifact. */
  let taken = 0;
  /** A message has begun and its rest is to come. */
  let waiting = false;

  /** Bytes until the encoding is known, or half a unit of UTF-16. */
  let head: Uint8Array = new Uint8Array(0);
  let encoding: Encoding | undefined;
  /** Bytes of the mark before UTF-16 text; what is scanned then has one byte a unit. */
  let mark = 0;
  /** Bytes of the artifact by bytes that are scanned. */
  let scale = 1;
  const placeOf = (at: number): number => mark + at * scale;

  const read = (last: boolean): void => {
    const bytes = kept;
    let at = done;
    waiting = false;
    const wait = (from: number): void => {
      waiting = true;
      done = Math.min(done, from);
    };
    for (;;) {
      const sign = markAt(bytes, at);
      if (sign < 0) break;
      const lineFrom = bytes.lastIndexOf(10, sign) + 1;
      const feed = bytes.indexOf(10, sign);
      if (feed < 0 && !last && bytes.length - lineFrom < maxMessage) {
        wait(lineFrom);
        return;
      }
      const lineTo = feed < 0 ? bytes.length : feed;
      const from = Math.max(lineFrom, taken - offset);
      const column = sipColumn(bytes, from, lineTo);
      if (column < 0) {
        // a start line begins near the start of its line, or not at all
        at = Math.max(lineTo, sign + 7);
        continue;
      }
      const whole = readSipInText(bytes, lineFrom, column, bytes.length, last || bytes.length - column > maxMessage);
      if (!whole) {
        wait(lineFrom);
        return;
      }
      const isMessage = take(bytes, lineFrom, column, whole.bytes, whole.end, whole.cut);
      at = isMessage ? Math.max(whole.end, column + 7) : lineTo;
      taken = offset + at;
      done = Math.max(done, at);
    }
    done = last ? bytes.length : Math.max(done, bytes.length - 8);
  };

  const take = (
    bytes: Uint8Array,
    lineFrom: number,
    column: number,
    message: Uint8Array,
    end: number,
    cut: boolean,
  ): boolean => {
    if (!sip.read(message, 0, message.length)) return false;
    const { spans } = sip.message;
    // prose that quotes a start line is no message
    if (spans[span.callId] === spans[span.callId + 1] || spans[span.method] === spans[span.method + 1]) return false;
    sighting.bytes = message;
    sighting.from = sip.message.start;
    sighting.to = message.length;
    const place = placeOf(offset + lineFrom);
    sighting.base = place;
    sighting.spans = undefined;
    sighting.time = NaN;
    sighting.number = 0;
    sighting.cut = cut;
    const row = recorder.add(sip.message, sighting);
    const { columns } = sink.tables.messages;
    columns.offset[row] = place;
    columns.size[row] = (end - lineFrom) * scale;
    const words = latin1.decode(bytes.subarray(Math.max(0, lineFrom - 600), column));
    const { from, to, inferred } = endsOf(words, message);
    columns.source[row] = hostId(from.host);
    columns.target[row] = hostId(to.host);
    columns.sourcePort[row] = from.port;
    columns.targetPort[row] = to.port;
    if (inferred) columns.flags[row]! |= messageFlags.inferred;
    found.push(bound({ offset: place, row, time: NaN, line: 0, shifts: false, coarse: true }));
    if (sip.message.malformed) complaints.add('bad-message', place, sip.message.malformed);
    return true;
  };

  const bound = (one: Found): Found => {
    for (let at = 0; at < recent.length; at += 5) {
      const from = recent[at]!;
      if (one.offset < from || one.offset >= from + recent[at + 1]!) continue;
      one.time = recent[at + 2]!;
      one.line = recent[at + 3]!;
      one.shifts = recent[at + 4] === 1;
      one.coarse = one.time % 1e6 === 0;
    }
    return one;
  };
  const endsOf = (words: string, bytes: Uint8Array): { from: End; to: End; inferred: boolean } => {
    const { message } = sip;
    const record = lastRecord(words);
    const said = (stated && statedEnds(record, stated)) ?? saidEnds(record);
    const key = latin1.decode(bytes.subarray(message.spans[span.branch]!, message.spans[span.branch + 1]!));
    const method = latin1.decode(bytes.subarray(message.spans[span.method]!, message.spans[span.method + 1]!));
    const asked = message.status > 0 ? requests.get(`${key} ${method}`) : undefined;
    const own = asked ? { from: asked.to, to: asked.from } : messageEnds(message, bytes);
    let ends: { from: End; to: End; inferred: boolean };
    if (!said) ends = { ...own, inferred: true };
    else if ('isSent' in said) {
      const near = said.near.host === '' ? (said.isSent ? own.from : own.to) : said.near;
      const far = said.far.host === '' ? (said.isSent ? own.to : own.from) : said.far;
      // words that a person stated leave no doubt about the direction, whatever they say of addresses
      const inferred = said.near.host === '' && stated === undefined;
      ends = said.isSent ? { from: near, to: far, inferred } : { from: far, to: near, inferred };
    } else ends = { ...said, inferred: false };
    if (message.status === 0) {
      if (requests.size >= maxRequests) requests.clear();
      requests.set(`${key} ${method}`, ends);
    }
    return ends;
  };
  const words = new Uint32Array(4);
  const hostId = (host: string): number =>
    host === '' ? 0 : parseAddress(host, words) ? recorder.address(words) : sink.strings.id(host);

  /** Lets the first bytes go that nobody needs any more. */
  const settle = (): void => {
    const drop = Math.max(0, Math.min(done, kept.length) - context);
    if (drop === 0) return;
    kept = kept.slice(drop);
    offset += drop;
    done -= drop;
  };

  const scan = (chunk: Uint8Array): void => {
    if (!waiting && !crosses(kept, chunk) && markAt(chunk, 0) < 0) {
      // nothing here: only the end may be the line before a message
      const all = kept.length + chunk.length;
      const before = Math.min(kept.length, Math.max(0, context - chunk.length));
      const size = before + Math.min(context, chunk.length);
      const tail = new Uint8Array(size);
      tail.set(kept.subarray(kept.length - before));
      tail.set(chunk.subarray(chunk.length - size + before), before);
      offset += all - size;
      kept = tail;
      done = Math.max(0, size - 8);
      return;
    }
    kept = joined(kept, chunk);
    read(false);
    settle();
  };
  /** Text of one byte a letter goes on as it is; UTF-16 is narrowed to that. */
  const feed = (chunk: Uint8Array, last: boolean): void => {
    if (encoding === 'utf-8') {
      scan(chunk);
      return;
    }
    head = joined(head, chunk);
    if (encoding === undefined) {
      if (head.length < headForEncoding && !last) return;
      const detected = detectEncoding(head);
      encoding = detected.encoding;
      if (encoding !== 'utf-8') {
        mark = detected.mark;
        scale = 2;
        head = head.subarray(mark);
      }
    }
    const whole = encoding === 'utf-8' ? head.length : head.length & ~1;
    scan(narrow(head.subarray(0, whole), encoding));
    head = head.slice(whole);
  };

  return {
    push: (chunk) => feed(chunk, false),
    record(record) {
      const at = (records++ % recentRecords) * 5;
      recent[at] = record.offset;
      recent[at + 1] = record.length;
      recent[at + 2] = record.time;
      recent[at + 3] = record.number;
      recent[at + 4] = record.shifts ? 1 : 0;
      while (unbound < found.length && found[unbound]!.offset < record.offset + record.length) {
        const one = found[unbound++]!;
        if (one.offset < record.offset) continue;
        one.time = record.time;
        one.line = record.number;
        one.shifts = record.shifts;
        one.coarse = !fraction.test(record.text.slice(record.stampAt, Math.min(record.firstEnd, record.stampAt + 60)));
      }
    },
    end(years) {
      feed(new Uint8Array(0), true);
      read(true);
      complaints.end();
      const { columns } = sink.tables.messages;
      for (const { row, time, line, shifts, coarse } of found) {
        columns.time[row] = shifts && years !== undefined ? moveYears(time, years) : time;
        columns.packet[row] = line;
        if (coarse) columns.flags[row]! |= messageFlags.coarse;
      }
    },
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(one.length + other.length);
  result.set(one);
  result.set(other, one.length);
  return result;
}

/** What a person matched to `sent`, `received` and `near` of a trace. */
function statedBy(mapping: Sink['mapping']): Stated | undefined {
  const to = (column: string): string[] =>
    [...(mapping ?? [])].flatMap(([word, own]) => (own === column && word.trim() !== '' ? [word.trim()] : []));
  const [sent, received] = [to('sent'), to('received')];
  return sent.length + received.length === 0 ? undefined : { sent, received, near: endOf(to('near')[0] ?? '') };
}

/** `SIP/2.0` at or behind `from`; −1 where there is none. */
function markAt(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x50, from + 2); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
    if (
      bytes[at + 1] === 0x2f &&
      bytes[at - 1] === 0x49 &&
      bytes[at - 2] === 0x53 &&
      bytes[at + 2] === 0x32 &&
      bytes[at + 3] === 0x2e
    ) {
      return at - 2;
    }
  }
  return -1;
}

/** A mark that begins in `before` and ends in `chunk`. */
function crosses(before: Uint8Array, chunk: Uint8Array): boolean {
  const joint = new Uint8Array(16);
  const tail = before.subarray(Math.max(0, before.length - 8));
  joint.set(tail);
  joint.set(chunk.subarray(0, 8), tail.length);
  return markAt(joint, 0) >= 0;
}

/** The last lines of the words before a message, not those of another message before them. */
function lastRecord(words: string): string {
  const lines = words.split(/\r?\n/);
  const own = lines.pop() ?? '';
  for (let back = 1; back <= 3 && lines.length >= back; back++) {
    const line = lines[lines.length - back]!;
    if (line.trim() === '') continue;
    return /^[A-Za-z-]{1,40}:\s|^[a-z]=/.test(line) ? own : `${line} ${own}`;
  }
  return own;
}

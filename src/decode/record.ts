/** A log record as it is handed out, and what the first line of one says. */
import type { Fields } from './fields';
import type { Stamps, Zoning } from './stamps';

/** The record at hand; the object is used again, so take what you need during the call. */
export interface LogRecord {
  /** `text.slice(from, to)` is the record, `firstEnd` ends its first line, `body` stands behind the stamp. */
  text: string;
  from: number;
  firstEnd: number;
  body: number;
  to: number;
  stampAt: number;
  /** The same in bytes where `text` is those bytes, as ASCII goes; undefined where the text was cleaned or is UTF-16. */
  bytes: Uint8Array | undefined;
  byteFrom: number;
  /** Bytes of the artifact, without the last line end. */
  offset: number;
  length: number;
  /** Line number of the first line, from 1, and how many lines. */
  number: number;
  lines: number;
  /** As written; the record's predecessor's where it has none of its own (`zoning` none), NaN before the first. */
  time: number;
  zoning: Zoning;
  shifts: boolean;
  /** glog's level letter. */
  letter: string;
  /** Of a JSON line. */
  fields: Fields | undefined;
}

export const createRecord = (): LogRecord => ({
  text: '',
  from: 0,
  firstEnd: 0,
  body: 0,
  to: 0,
  stampAt: 0,
  bytes: undefined,
  byteFrom: 0,
  offset: 0,
  length: 0,
  number: 1,
  lines: 1,
  time: NaN,
  zoning: 'none',
  shifts: false,
  letter: '',
  fields: undefined,
});

/** What the first line of a record says; places count from the record's start. */
export interface Head {
  time: number;
  zoning: Zoning;
  shifts: boolean;
  letter: string;
  stampAt: number;
  body: number;
  fields: Fields | undefined;
  timed: boolean;
  json: boolean;
  /** Of an XML record: name of its element, once known, and whether it is closed in its own tag. */
  xml: boolean;
  root: string;
  closedAtOnce: boolean;
}
export const createHead = (): Head => clear({} as Head);

export function clear(head: Head): Head {
  head.time = NaN;
  head.zoning = 'none';
  head.shifts = head.timed = head.json = head.xml = head.closedAtOnce = false;
  head.letter = head.root = '';
  head.stampAt = head.body = 0;
  head.fields = undefined;
  return head;
}

export function take(head: Head, stamps: Stamps): void {
  head.time = stamps.time;
  head.zoning = stamps.zoning;
  head.shifts = stamps.shifts;
  head.timed = true;
}

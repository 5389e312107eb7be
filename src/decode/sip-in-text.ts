/**
 * SIP messages inside text: logs and traces print them after a line of their own, behind a prefix at every line, or in
 * one line with escapes for the line ends:
 *
 *     Mar  6 13:34:49.416 On [6:0]192.0.2.1:5060 received from 192.0.2.2:5060      12:00:01.123 | INVITE sip:b@x SIP/2.0
 *     REGISTER sip:x SIP/2.0                                                       12:00:01.123 | Via: SIP/2.0/UDP …
 *     Via: SIP/2.0/UDP 192.0.2.2:5060                     sbc sip: tx INVITE sip:b@x SIP/2.0#015#012Via: SIP/2.0/UDP …
 *
 * What comes out has CRLF line ends (RFC 3261 §7), as it had on the wire.
 */
import { sipStart, sipStartAt } from './sip-start';

export interface SipInText {
  /** The message with CRLF line ends. */
  readonly bytes: Uint8Array;
  /** Behind its last byte in the text. */
  readonly end: number;
  /** The text ends, or another record begins, before the message does. */
  readonly cut: boolean;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Line ends as they are printed: rsyslog's octal, C's, and named. Longer forms stand first. */
const escapes = ['#015#012', '\\r\\n', '\\x0d\\x0a', '<CR><LF>', '[CR][LF]', '^M^J', '\\n', '#012', '<LF>'].map(ascii);
const maxPrefix = 400;
const maxStartLine = 4096;
const maxBytes = 128 * 1024;

/** A line that begins another record, or rules one off: a date, a time of day, a row of one sign. */
const recordStart =
  /^\s{0,3}(?:\[|\(|<\d{1,3}>)?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d{2,4}|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:|(?:[A-Z][a-z]{2},? ){1,2}\d|\d\d:\d\d:\d\d)|^\s{0,3}(?:-{6}|={6}|#{6}|\*{6}|_{6}|~{6})/;
const headerLine = /^[A-Za-z][A-Za-z0-9-]{0,60}[ \t]{0,4}:/;

/** Where in the line `from`..`to` a SIP start line begins; −1 where none does. */
export function sipColumn(bytes: Uint8Array, from: number, to: number): number {
  const last = Math.min(to, from + maxPrefix);
  for (let at = from; at < last; at++) {
    if (at > from && !isBoundary(bytes[at - 1]!)) continue;
    const byte = bytes[at]! & 0xdf;
    if (byte < 0x41 || byte > 0x5a) continue;
    const end = lineEnd(bytes, at, Math.min(to, at + maxStartLine));
    const start = sipStartAt(bytes, at, end);
    if (start === sipStart.response) return at;
    // a request line that ends with the line asks for its end
    if (start === sipStart.partial || start === sipStart.request) {
      if (isRequestLine(bytes, at, end)) return at;
    }
  }
  return -1;
}

/** Anything that may stand before a start line in a log; a letter or a dot may not. */
const isBoundary = (byte: number): boolean =>
  byte <= 32 ||
  byte === 0x22 ||
  byte === 0x27 ||
  byte === 0x3a ||
  byte === 0x3e ||
  byte === 0x5d ||
  byte === 0x7c ||
  byte === 0x29 ||
  byte === 0x3d ||
  byte === 0x5b;

/** `METHOD scheme:… SIP/2.0` and nothing behind it. */
function isRequestLine(bytes: Uint8Array, at: number, end: number): boolean {
  const text = latin1.decode(bytes.subarray(at, Math.min(end, at + 2048)));
  return /^[A-Z][A-Z_]{1,20} [A-Za-z][A-Za-z0-9+.-]{0,15}:\S{1,1800} SIP\/2\.0\s{0,4}$/.test(text);
}

/** The first printed or real line end behind `at`. */
function lineEnd(bytes: Uint8Array, at: number, to: number): number {
  for (let end = at; end < to; end++) {
    const byte = bytes[end]!;
    if (byte === 10 || byte === 13) return end;
    if (byte === 0x5c || byte === 0x23 || byte === 0x3c || byte === 0x5b || byte === 0x5e) {
      if (escapeAt(bytes, end, to)) return end;
    }
  }
  return to;
}

function escapeAt(bytes: Uint8Array, at: number, to: number): Uint8Array | undefined {
  return escapes.find((one) => {
    if (at + one.length > to) return false;
    for (let n = 0; n < one.length; n++) if (bytes[at + n] !== one[n]) return false;
    return true;
  });
}

/**
 * The message whose start line begins at `at` of the line that begins at `lineFrom`. Undefined where more bytes are
 * needed; `last` = there are no more.
 */
export function readSipInText(
  bytes: Uint8Array,
  lineFrom: number,
  at: number,
  end: number,
  last: boolean,
): SipInText | undefined {
  const firstEnd = lineEnd(bytes, at, end);
  if (firstEnd === end && !last) return undefined;
  if (firstEnd < end && bytes[firstEnd]! > 13) return readEscaped(bytes, at, end, last);
  return readLines(bytes, lineFrom, at, end, last);
}

/** The message of a span that begins with its line, as `readSipInText` gave it. */
export function sipOfText(bytes: Uint8Array): Uint8Array {
  const feed = bytes.indexOf(10);
  const column = sipColumn(bytes, 0, feed < 0 ? bytes.length : feed);
  return (column < 0 ? undefined : readSipInText(bytes, 0, column, bytes.length, true)?.bytes) ?? bytes;
}

interface Line {
  readonly from: number;
  readonly to: number;
  /** Behind its line end. */
  readonly next: number;
}

function lineAt(bytes: Uint8Array, from: number, end: number, last: boolean): Line | undefined {
  const feed = bytes.indexOf(10, from);
  if (feed < 0 || feed >= end) return last && from < end ? { from, to: end, next: end } : undefined;
  return { from, to: feed > from && bytes[feed - 1] === 13 ? feed - 1 : feed, next: feed + 1 };
}

const latin1 = new TextDecoder('windows-1252');

function readLines(bytes: Uint8Array, lineFrom: number, at: number, end: number, last: boolean): SipInText | undefined {
  const out = createOut();
  const column = at - lineFrom;
  let strip = -1;
  let inBody = false;
  let length = -1;
  let hasType = false;
  let line = lineAt(bytes, at, end, last);
  let behind = at;
  for (let number = 0; ; number++) {
    if (!line) {
      if (!last && end - at < maxBytes) return undefined;
      return { bytes: out.bytes(), end: behind, cut: !inBody || (length > 0 && out.body() < length) };
    }
    let { from } = line;
    if (number > 0) {
      if (strip < 0) strip = prefixOf(bytes, line, column);
      if (strip > 0) {
        // the prefix of an empty line may have lost its blanks
        if (line.to - from + 2 < strip || !samePrefix(bytes, lineFrom, from, strip, line.to)) {
          return { bytes: out.bytes(), end: behind, cut: !inBody || (length > 0 && out.body() < length) };
        }
        from = Math.min(line.to, from + strip);
      }
    }
    const text = latin1.decode(bytes.subarray(from, Math.min(line.to, from + 200)));
    if (!inBody) {
      if (number > 0 && text.trim() === '') {
        inBody = true;
        out.line(bytes, from, from);
        out.markBody();
      } else if (number > 0 && !headerLine.test(text) && !(strip <= 0 && /^[ \t]/.test(text))) {
        return { bytes: out.bytes(), end: behind, cut: true };
      } else {
        const size = /^(?:content-length|l)[ \t]{0,4}:[ \t]{0,8}(\d{1,7})/i.exec(text)?.[1];
        if (size !== undefined) length = Number(size);
        if (/^(?:content-type|c)[ \t]{0,4}:/i.test(text)) hasType = true;
        out.line(bytes, from, line.to);
      }
      behind = line.next;
      if (inBody && (length === 0 || (length < 0 && !hasType))) return { bytes: out.bytes(), end: behind, cut: false };
    } else {
      const isNext = strip <= 0 && recordStart.test(text);
      if (isNext || (length < 0 && text.trim() === '')) {
        return { bytes: out.bytes(), end: behind, cut: length > 0 && out.body() + 2 < length };
      }
      if (length >= 0 && out.body() + line.to - from >= length) {
        const take = length - out.body();
        out.part(bytes, from, from + take);
        return { bytes: out.bytes(), end: take < line.to - from ? from + take : line.next, cut: false };
      }
      out.line(bytes, from, line.to);
      behind = line.next;
      if (length >= 0 && out.body() >= length) return { bytes: out.bytes(), end: behind, cut: false };
    }
    line = lineAt(bytes, line.next, end, last);
  }
}

/** How many bytes stand before the text of each line: as many as before the start line, or none. */
function prefixOf(bytes: Uint8Array, line: Line, column: number): number {
  const isHeader = (from: number): boolean =>
    headerLine.test(latin1.decode(bytes.subarray(from, Math.min(line.to, from + 80))));
  if (column === 0 || !isHeader(line.from + column)) return 0;
  // a header of its own, in which another seems to begin
  return isHeader(line.from) && !recordStart.test(latin1.decode(bytes.subarray(line.from, line.to))) ? 0 : column;
}

/** The prefix of a line has the form of the first one's: digits where digits were, blanks where blanks were. */
function samePrefix(bytes: Uint8Array, first: number, from: number, length: number, to: number): boolean {
  for (let n = 0; n < length && from + n < to; n++) {
    const [a, b] = [bytes[first + n]!, bytes[from + n]!];
    if (isDigit(a) !== isDigit(b) && a !== 0x20 && b !== 0x20) return false;
  }
  return true;
}
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** All on one line; it ends with the line, or with the quote that opened before it. */
function readEscaped(bytes: Uint8Array, at: number, end: number, last: boolean): SipInText | undefined {
  const line = lineAt(bytes, at, end, last);
  if (!line) return end - at < maxBytes ? undefined : { bytes: bytes.slice(at, at), end, cut: true };
  const isQuoted = bytes[at - 1] === 0x22;
  const out = new Uint8Array(line.to - at + 2);
  let size = 0;
  let from = at;
  while (from < line.to) {
    const byte = bytes[from]!;
    if (isQuoted && byte === 0x22) break;
    const escape =
      byte === 0x5c || byte === 0x23 || byte === 0x3c || byte === 0x5b || byte === 0x5e
        ? escapeAt(bytes, from, line.to)
        : undefined;
    if (escape) {
      // an escape of one byte grows, one of more shrinks
      out[size++] = 13;
      out[size++] = 10;
      from += escape.length;
    } else if (byte === 0x5c && (bytes[from + 1] === 0x22 || bytes[from + 1] === 0x5c || bytes[from + 1] === 0x2f)) {
      out[size++] = bytes[from + 1]!;
      from += 2;
    } else {
      out[size++] = byte;
      from++;
    }
  }
  return { bytes: out.slice(0, size), end: from, cut: false };
}

function createOut() {
  let bytes = new Uint8Array(2048);
  let size = 0;
  let bodyAt = -1;
  const room = (more: number): void => {
    if (size + more <= bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes.length * 2, size + more));
    larger.set(bytes.subarray(0, size));
    bytes = larger;
  };
  const part = (of: Uint8Array, from: number, to: number): void => {
    room(to - from + 2);
    bytes.set(of.subarray(from, to), size);
    size += to - from;
  };
  return {
    part,
    line(of: Uint8Array, from: number, to: number): void {
      part(of, from, to);
      bytes[size++] = 13;
      bytes[size++] = 10;
    },
    markBody: () => (bodyAt = size),
    body: () => size - bodyAt,
    bytes: () => bytes.slice(0, size),
  };
}

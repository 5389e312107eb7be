/**
 * Values of SIP headers, cut out of bytes without making strings (RFC 3261 §25.1). A folded value keeps its CRLF inside
 * the span, so CR and LF count as white space here. Results lie in `cut`, which the next call overwrites.
 */
import { isTokenByte } from './sip-start';

/** Spans of the value that was cut last; `from === to` = absent. */
export interface Cut {
  /** The URI without angle brackets. */
  uriFrom: number;
  uriTo: number;
  /** Parameters behind it, from the first `;` on. */
  paramsFrom: number;
  /** Behind this value: a comma, or the end. */
  to: number;
  /** A quote or bracket is open. */
  broken: boolean;
  valueFrom: number;
  valueTo: number;
}
export const cut: Cut = { uriFrom: 0, uriTo: 0, paramsFrom: 0, to: 0, broken: false, valueFrom: 0, valueTo: 0 };

export const isSpace = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 10;

export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
}

/** Behind the quoted string that opens at `at`, or −1 where it never closes. */
export function behindQuote(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === 0x5c) i++;
    else if (bytes[i] === 0x22) return i + 1;
  }
  return -1;
}

/** `"Name" <sip:a@b;x>;tag=1`, `Name <sip:a@b>`, `sip:a@b;tag=1`: one name-addr or addr-spec of a list. */
export function cutAddress(bytes: Uint8Array, from: number, end: number): void {
  let at = skipSpace(bytes, from, end);
  cut.broken = false;
  if (bytes[at] === 0x22) {
    const behind = behindQuote(bytes, at, end);
    if (behind < 0) cut.broken = true;
    else at = behind;
  }
  let open = at;
  while (open < end && bytes[open] !== 0x3c && bytes[open] !== 0x3b && bytes[open] !== 0x2c) open++;
  if (bytes[open] === 0x3c && open < end) {
    cut.uriFrom = open + 1;
    let close = open + 1;
    while (close < end && bytes[close] !== 0x3e) close++;
    if (close === end) cut.broken = true;
    cut.uriTo = close;
    cut.paramsFrom = Math.min(end, close + 1);
  } else {
    let to = open;
    while (to > at && isSpace(bytes[to - 1]!)) to--;
    cut.uriFrom = at;
    cut.uriTo = to;
    cut.paramsFrom = open;
  }
  cut.to = valueEnd(bytes, cut.paramsFrom, end);
}

/** The comma that ends the value that goes on at `at`, or `end`. */
function valueEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] !== 0x2c) {
    if (bytes[at] === 0x22) {
      const behind = behindQuote(bytes, at, end);
      if (behind < 0) {
        cut.broken = true;
        return end;
      }
      at = behind;
    } else at++;
  }
  return at;
}

/** Finds `;name=value` in the parameters `from`..`end`; `name` in lower case. The value lies in `cut.valueFrom`..`valueTo`. */
export function cutParameter(bytes: Uint8Array, from: number, end: number, name: Uint8Array): boolean {
  let at = from;
  while (at < end) {
    while (at < end && bytes[at] !== 0x3b) at++;
    at = skipSpace(bytes, at + 1, end);
    let match = 0;
    while (match < name.length && at + match < end && lower(bytes[at + match]!) === name[match]) match++;
    const isName = match === name.length && (at + match >= end || !isTokenByte(bytes[at + match]!));
    if (isName) at += match;
    else while (at < end && bytes[at] !== 0x3d && bytes[at] !== 0x3b) at++;
    at = skipSpace(bytes, at, end);
    if (bytes[at] !== 0x3d || at >= end) {
      if (!isName) continue;
      cut.valueFrom = cut.valueTo = at;
      return true;
    }
    at = skipSpace(bytes, at + 1, end);
    const start = at;
    if (bytes[at] === 0x22 && at < end) {
      const behind = behindQuote(bytes, at, end);
      at = behind < 0 ? end : behind;
    } else while (at < end && bytes[at] !== 0x3b && bytes[at] !== 0x2c && !isSpace(bytes[at]!)) at++;
    if (isName) {
      cut.valueFrom = start;
      cut.valueTo = at;
      return true;
    }
  }
  return false;
}

/**
 * The top Via (RFC 3261 §20.42): `SIP/2.0/UDP host:port;branch=z9hG4bK…, …`. `uriFrom`..`uriTo` is the sent-by,
 * `paramsFrom`..`to` its parameters. False where it has no such form.
 */
export function cutVia(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  for (let slash = 0; slash < 2; slash++) {
    while (at < end && bytes[at] !== 0x2f && bytes[at] !== 0x3b && bytes[at] !== 0x2c) at++;
    if (at >= end || bytes[at] !== 0x2f) return false;
    at++;
  }
  at = skipSpace(bytes, at, end);
  while (at < end && isTokenByte(bytes[at]!)) at++;
  at = skipSpace(bytes, at, end);
  cut.uriFrom = at;
  while (at < end && bytes[at] !== 0x3b && bytes[at] !== 0x2c) at++;
  cut.paramsFrom = at;
  while (at > cut.uriFrom && isSpace(bytes[at - 1]!)) at--;
  cut.uriTo = at;
  cut.to = valueEnd(bytes, cut.paramsFrom, end);
  return cut.uriTo > cut.uriFrom;
}

/** An unsigned number at `from`, −1 where there is none or it is above 2^32 − 1. `cut.valueTo` stands behind it. */
export function cutNumber(bytes: Uint8Array, from: number, end: number): number {
  let at = skipSpace(bytes, from, end);
  const start = at;
  let value = 0;
  while (at < end && bytes[at]! >= 0x30 && bytes[at]! <= 0x39) {
    if (value <= 0xffffffff) value = value * 10 + bytes[at]! - 0x30;
    at++;
  }
  cut.valueTo = at;
  return at === start || value > 0xffffffff ? -1 : value;
}

export const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 32 : byte);

/** Whether `text` (ASCII, lower case) stands anywhere in the span. */
export function contains(bytes: Uint8Array, from: number, end: number, text: Uint8Array): boolean {
  const last = end - text.length;
  for (let at = from; at <= last; at++) {
    let match = 0;
    while (match < text.length && lower(bytes[at + match]!) === text[match]) match++;
    if (match === text.length) return true;
  }
  return false;
}

/** Whether the span is `text` (ASCII, lower case), upper and lower case being equal. */
export function equals(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  return to - from === text.length && contains(bytes, from, to, text);
}

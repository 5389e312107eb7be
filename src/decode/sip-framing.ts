/**
 * Cuts the byte stream of a connection into SIP messages by Content-Length (RFC 3261 §18.3, §7.5): several in one piece,
 * one over several pieces, CRLF keep-alives between them (RFC 5626 §3.5.1), junk passed over to the next start line.
 */
import { lineEndAt, viewOf } from '../base/words';
import { sipStart, sipStartAt } from './sip-start';
import type { SipReader } from './sip';

/** What is known of the message that has begun but not ended. */
export interface Framing {
  /** Bytes that it needs before it is looked at again. */
  need: number;
  /** Its bytes that hold no empty line. */
  scanned: number;
}

const maxHeaderBytes = 65_536;
const maxBodyBytes = 2 ** 20;

/**
 * Reads what is complete in `from`..`end` and calls `emit(from, to, cut)` with the reader's message filled in. Returns
 * the first byte that is still needed.
 */
export function frameMessages(
  reader: SipReader,
  framing: Framing,
  bytes: Uint8Array,
  from: number,
  end: number,
  emit: (from: number, to: number, cut: boolean) => void,
): number {
  let at = from;
  for (;;) {
    if (framing.need > 0 && end - at < framing.need) return at;
    while (at < end && (bytes[at] === 13 || bytes[at] === 10 || bytes[at] === 0)) at++;
    if (at >= end) return forget(framing, end);
    const start = sipStartAt(bytes, at, end);
    if (start === sipStart.no) {
      at = nextStart(bytes, at, end);
      forget(framing, at);
      continue;
    }
    if (start === sipStart.partial) return forget(framing, at);
    if (framing.scanned > 0 && behindHeaders(bytes, at + framing.scanned, end) < 0) {
      if (end - at <= maxHeaderBytes) {
        framing.scanned = Math.max(1, end - at - 3);
        return at;
      }
    }
    reader.read(bytes, at, end);
    const { message } = reader;
    if (!message.complete) {
      if (end - at <= maxHeaderBytes) {
        framing.scanned = Math.max(1, end - at - 3);
        return at;
      }
      emit(message.start, end, true);
      at = forget(framing, end);
      continue;
    }
    const { body, contentLength } = message;
    let to: number;
    // without a length the body ends where the next message starts, or with what there is
    if (contentLength < 0) to = nextStart(bytes, body, end, sipStart.request);
    else if (contentLength > maxBodyBytes) to = end;
    else to = body + contentLength;
    if (to > end) {
      framing.need = to - at;
      return at;
    }
    emit(message.start, to, contentLength > maxBodyBytes);
    at = forget(framing, to);
  }
}

/** The first line behind `at` that is, or may become, a start line; else `end`. */
export function nextStart(bytes: Uint8Array, at: number, end: number, least: number = sipStart.partial): number {
  let line = at;
  while (line < end) {
    while (line < end && bytes[line] !== 10) line++;
    line++;
    if (line < end && sipStartAt(bytes, line, end) >= least) return line;
  }
  return end;
}

/** The first byte behind the empty line that ends the headers, −1 where there is none. */
export function behindHeaders(bytes: Uint8Array, from: number, end: number): number {
  const view = viewOf(bytes);
  for (let at = lineEndAt(bytes, view, from, end); at + 1 < end; at = lineEndAt(bytes, view, at + 1, end)) {
    if (bytes[at + 1] === 10) return at + 2;
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10 && at + 2 < end) return at + 3;
  }
  return -1;
}

function forget(framing: Framing, at: number): number {
  framing.need = 0;
  framing.scanned = 0;
  return at;
}

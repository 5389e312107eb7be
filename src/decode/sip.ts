/**
 * SIP messages (RFC 3261 §7), the columns of a message row cut out of bytes in one pass:
 *
 *     INVITE sip:bob@example.com SIP/2.0
 *     Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds
 *     From: "Alice" <sip:alice@example.com>;tag=1928301774
 *
 * Tolerant: what a malformed message says is kept, `malformed` says why. `sip-text.ts` gives all headers for a view.
 */
import { lineEndAt, viewOf } from '../base/words';
import { addressFault, hasEmptyParameter } from './sip-faults';
import { core, createBodyNames, createHeaderNames, type HeaderName, type HeaderNames } from './sip-names';
import { behindJunk, readStartLine } from './sip-line';
import { span, spanCount, type SipMessage } from './sip-message';
import { sipStart, sipStartAt } from './sip-start';
import { contains, cut, cutAddress, cutNumber, cutParameter, cutVia, isSpace, skipSpace } from './sip-values';

/** Header lines of one message; more are not read. */
const maxHeaders = 200;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const names = {
  branch: ascii('branch'),
  received: ascii('received'),
  rport: ascii('rport'),
  tag: ascii('tag'),
  expires: ascii('expires'),
  push: ascii('pn-provider'),
};

export interface SipReader {
  readonly message: SipMessage;
  /** Reads the message that starts at `at`; false where no start line stands there. */
  read(bytes: Uint8Array, at: number, end: number): boolean;
}

/** `wanted`: header names in lower case long form whose values are to be kept in `fields`. */
export const createSipReader = (wanted: readonly string[] = []): SipReader => readerOf(createHeaderNames(wanted));

/** Of the headers it reads length and type of the body; start line and body are those of the full reader. */
export const createSipBodyReader = (): SipReader => readerOf(createBodyNames());

function readerOf(find: HeaderNames): SipReader {
  const message: SipMessage = {
    spans: new Int32Array(spanCount),
    status: 0,
    cseq: 0,
    expires: -1,
    contentLength: -1,
    credentials: false,
    push: false,
    rport: -1,
    maxForwards: -1,
    start: 0,
    body: 0,
    complete: false,
    malformed: '',
    fields: new Int32Array(maxHeaders * 3),
    fieldCount: 0,
  };
  const { spans, fields } = message;
  /** Bit set of the core headers seen; what may stand once only is taken from its first line. */
  let seen = 0;
  let expiresHeader = -1;
  /** Method of the CSeq header. */
  let cseqFrom = 0;
  let cseqTo = 0;

  const fault = (text: string): void => {
    if (message.malformed === '') message.malformed = text;
  };
  const put = (place: number, from: number, to: number): void => {
    spans[place] = from;
    spans[place + 1] = to;
  };
  const address = (bytes: Uint8Array, from: number, to: number, uri: number, tag: number): void => {
    cutAddress(bytes, from, to);
    put(uri, cut.uriFrom, cut.uriTo);
    if (cut.broken) fault('open quote or bracket');
    const wrong = addressFault(bytes, cut.uriFrom, cut.uriTo, bytes[cut.uriFrom - 1] === 0x3c);
    if (wrong !== '') fault(wrong);
    if (cutParameter(bytes, cut.paramsFrom, cut.to, names.tag)) put(tag, cut.valueFrom, cut.valueTo);
  };
  const contact = (bytes: Uint8Array, from: number, to: number): void => {
    if (!message.push) message.push = contains(bytes, from, to, names.push);
    if (spans[span.contact + 1] !== spans[span.contact]) return;
    cutAddress(bytes, from, to);
    if (cut.broken) fault('open quote or bracket in Contact');
    put(span.contact, cut.uriFrom, cut.uriTo);
    const isStar = cut.uriTo - cut.uriFrom === 1 && bytes[cut.uriFrom] === 0x2a;
    const wrong = isStar ? '' : addressFault(bytes, cut.uriFrom, cut.uriTo, bytes[cut.uriFrom - 1] === 0x3c);
    if (wrong !== '') fault(`${wrong} in Contact`);
    if (cut.paramsFrom < cut.to && hasEmptyParameter(bytes, cut.paramsFrom, cut.to))
      fault('empty parameter in Contact');
    if (cutParameter(bytes, cut.paramsFrom, cut.to, names.expires)) {
      message.expires = seconds(cutNumber(bytes, cut.valueFrom, cut.valueTo));
    }
  };
  const header = (bytes: Uint8Array, name: HeaderName, from: number, to: number): void => {
    if (name.wanted >= 0) {
      const at = message.fieldCount++ * 3;
      fields[at] = name.wanted;
      fields[at + 1] = from;
      fields[at + 2] = to;
    }
    const again = (seen & (1 << name.core)) !== 0;
    seen |= 1 << name.core;
    switch (name.core) {
      case core.via:
        if (again) break;
        if (!cutVia(bytes, from, to)) fault('Via');
        else {
          put(span.sentBy, cut.uriFrom, cut.uriTo);
          const { paramsFrom, to: viaTo } = cut;
          if (hasEmptyParameter(bytes, paramsFrom, viaTo)) fault('empty parameter in Via');
          if (cutParameter(bytes, paramsFrom, viaTo, names.branch)) put(span.branch, cut.valueFrom, cut.valueTo);
          if (cutParameter(bytes, paramsFrom, viaTo, names.rport)) {
            message.rport = Math.max(0, cutNumber(bytes, cut.valueFrom, cut.valueTo));
            if (cutParameter(bytes, paramsFrom, viaTo, names.received)) put(span.received, cut.valueFrom, cut.valueTo);
          } else if (message.status > 0 && cutParameter(bytes, paramsFrom, viaTo, names.received)) {
            put(span.received, cut.valueFrom, cut.valueTo);
          }
        }
        break;
      case core.from:
        if (again) fault('several From');
        else address(bytes, from, to, span.fromUri, span.fromTag);
        break;
      case core.to:
        if (again) fault('several To');
        else address(bytes, from, to, span.toUri, span.toTag);
        break;
      case core.callId:
        if (again) fault('several Call-ID');
        else put(span.callId, from, to);
        break;
      case core.cseq: {
        if (again) {
          fault('several CSeq');
          break;
        }
        const number = cutNumber(bytes, from, to);
        if (number < 0 || number >= 2 ** 31) fault('CSeq number');
        message.cseq = Math.max(0, number);
        cseqFrom = skipSpace(bytes, cut.valueTo, to);
        cseqTo = to;
        break;
      }
      case core.contact:
        contact(bytes, from, to);
        break;
      case core.expires:
        if (!again) expiresHeader = seconds(cutNumber(bytes, from, to));
        break;
      case core.agent:
        if (!again) put(span.agent, from, to);
        break;
      case core.contentLength: {
        const length = cutNumber(bytes, from, to);
        if (length < 0 || cut.valueTo !== to) fault('Content-Length');
        if (again && length !== message.contentLength) fault('several Content-Length');
        if (!again) message.contentLength = length;
        break;
      }
      case core.contentType:
        if (!again) put(span.contentType, from, to);
        break;
      case core.authorization:
        message.credentials = true;
        break;
      case core.maxForwards:
        message.maxForwards = cutNumber(bytes, from, to);
        break;
      case core.none:
        break;
    }
  };
  const readHeaders = (bytes: Uint8Array, from: number, end: number): void => {
    let at = from;
    let count = 0;
    const view = viewOf(bytes);
    message.complete = false;
    while (at < end) {
      if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] === 10 && at + 1 < end)) {
        at += bytes[at] === 10 ? 1 : 2;
        message.complete = true;
        break;
      }
      let i = at;
      while (i < end && bytes[i] !== 0x3a && bytes[i]! > 32) i++;
      const nameEnd = i;
      while (i < end && (bytes[i] === 32 || bytes[i] === 9)) i++;
      const hasColon = bytes[i] === 0x3a && i < end;
      // a line that starts with white space continues the one before (RFC 3261 §7.3.1)
      let lineEnd = lineEndAt(bytes, view, i, end);
      while (lineEnd + 1 < end && (bytes[lineEnd + 1] === 32 || bytes[lineEnd + 1] === 9)) {
        lineEnd = lineEndAt(bytes, view, lineEnd + 1, end);
      }
      if (++count > maxHeaders) fault(`more than ${String(maxHeaders)} headers`);
      else if (!hasColon || nameEnd === at) fault('line without a header name');
      else {
        const name = find(bytes, at, nameEnd);
        if (name) {
          let to = lineEnd;
          while (to > i + 1 && isSpace(bytes[to - 1]!)) to--;
          header(bytes, name, Math.min(to, skipSpace(bytes, i + 1, to)), to);
        }
      }
      at = lineEnd + 1;
    }
    message.body = Math.min(at, end);
  };
  const check = (bytes: Uint8Array): void => {
    const methodFrom = spans[span.method]!;
    const methodTo = spans[span.method + 1]!;
    if (message.status > 0) put(span.method, cseqFrom, cseqTo);
    else if (cseqTo > cseqFrom && !sameBytes(bytes, methodFrom, methodTo, cseqFrom, cseqTo)) {
      fault('CSeq method differs from the request');
    }
    const required = (1 << core.via) | (1 << core.from) | (1 << core.to) | (1 << core.callId) | (1 << core.cseq);
    if ((seen & required) !== required) {
      const missing = (['via', 'from', 'to', 'callId', 'cseq'] as const).filter((name) => !(seen & (1 << core[name])));
      fault(`no ${missing.join(', ')}`);
    }
    if (message.expires < 0) message.expires = expiresHeader;
  };

  return {
    message,
    read(bytes, at, end) {
      const start = sipStartAt(bytes, at, end);
      if (start < sipStart.request) return false;
      spans.fill(0);
      message.status = message.cseq = message.fieldCount = seen = cseqFrom = cseqTo = 0;
      message.expires = message.contentLength = expiresHeader = message.rport = message.maxForwards = -1;
      message.credentials = message.push = false;
      message.malformed = '';
      const lineEnd = lineEndAt(bytes, viewOf(bytes), at, end);
      message.start = start === sipStart.request ? behindJunk(bytes, at, lineEnd) : at;
      if (message.start !== at) fault('bytes before the method');
      readStartLine(message, bytes, message.start, lineEnd, start === sipStart.response, fault);
      readHeaders(bytes, Math.min(end, lineEnd + 1), end);
      check(bytes);
      return true;
    },
  };
}

const seconds = (value: number): number => (value > 2 ** 31 - 1 ? 2 ** 31 - 1 : value);

function sameBytes(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false;
  for (let n = 0; n < aEnd - a; n++) if (bytes[a + n] !== bytes[b + n]) return false;
  return true;
}

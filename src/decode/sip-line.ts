/** The start line of a SIP message (RFC 3261 §7.1, §7.2), with what RFC 4475 §3.1.2 shows going wrong in it. */
import { requestUriFault } from './sip-faults';
import { span, type SipMessage } from './sip-message';
import { cut, cutNumber, equals, isSpace, skipSpace } from './sip-values';

/** Fills method and request URI, or status and reason. The line ends before the LF at `lineEnd`. */
export function readStartLine(
  message: SipMessage,
  bytes: Uint8Array,
  at: number,
  lineEnd: number,
  isResponse: boolean,
  fault: (text: string) => void,
): void {
  const { spans } = message;
  const put = (place: number, from: number, to: number): void => {
    spans[place] = from;
    spans[place + 1] = to;
  };
  let end = lineEnd;
  if (end > at && bytes[end - 1] === 13) end--;
  if (end > at && bytes[end - 1] !== 13 && isSpace(bytes[end - 1]!) && bytes[at + 3] !== 0x2f)
    fault('space behind the version');
  while (end > at && isSpace(bytes[end - 1]!)) end--;
  if (isResponse) {
    let i = at;
    while (i < end && !isSpace(bytes[i]!)) i++;
    if (i - at !== 7 || bytes[at + 4] !== 0x32) fault('SIP version');
    const status = cutNumber(bytes, i, end);
    // 0 would make it a request
    message.status = status < 1 || status > 65535 ? 65535 : status;
    if (message.status < 100 || message.status > 699) fault('status code');
    put(span.reason, skipSpace(bytes, cut.valueTo, end), end);
    return;
  }
  let methodEnd = at;
  while (methodEnd < end && !isSpace(bytes[methodEnd]!)) methodEnd++;
  let uriEnd = end;
  while (uriEnd > methodEnd && !isSpace(bytes[uriEnd - 1]!)) uriEnd--;
  if (end - uriEnd !== 7 || bytes[uriEnd + 4] !== 0x32) fault('SIP version');
  const uriFrom = skipSpace(bytes, methodEnd, uriEnd);
  while (uriEnd > uriFrom && isSpace(bytes[uriEnd - 1]!)) uriEnd--;
  put(span.method, at, methodEnd);
  put(span.requestUri, uriFrom, uriEnd);
  const uriFault = requestUriFault(bytes, uriFrom, uriEnd);
  if (uriFault !== '') fault(uriFault);
  if (uriFrom !== methodEnd + 1 || end !== uriEnd + 8) fault('spaces in start line');
}

const methods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'REGISTER', 'PRACK', 'SUBSCRIBE', 'NOTIFY', 'PUBLISH']
  .concat('INFO', 'REFER', 'MESSAGE', 'UPDATE')
  .map((method) => new TextEncoder().encode(method.toLowerCase()));

/** Where a known method ends the first word, as in `DBREGISTER`, what stands before it is junk of a lower layer. */
export function behindJunk(bytes: Uint8Array, at: number, lineEnd: number): number {
  let end = at;
  while (end < lineEnd && !isSpace(bytes[end]!)) end++;
  for (const method of methods) {
    if (method.length === end - at && equals(bytes, at, end, method)) return at;
  }
  for (const method of methods) {
    const from = end - method.length;
    if (from > at && bytes[from]! < 0x61 && equals(bytes, from, end, method)) return from;
  }
  return at;
}

/**
 * Is this SIP? By content, never by port: a request line `METHOD uri SIP/2.0` or a status line `SIP/2.0 200 OK`
 * (RFC 3261 §7.1, §7.2). Everything else on port 5060 is something else, and SIP on any port is SIP.
 */
import { lineEndAt, viewOf } from '../base/words';

export const sipStart = { no: 0, partial: 1, request: 2, response: 3 } as const;
export type SipStart = (typeof sipStart)[keyof typeof sipStart];

/** `token` of RFC 3261 §25.1. */
const isToken = new Uint8Array(256);
for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~") {
  isToken[char.charCodeAt(0)] = 1;
}
export const isTokenByte = (byte: number): boolean => isToken[byte] === 1;

const maxMethod = 64;
const maxLine = 16384;

/** Tells a start line at `at`; `partial` = it may become one when more bytes come. */
export function sipStartAt(bytes: Uint8Array, at: number, end: number): SipStart {
  if (at >= end) return sipStart.partial;
  // RTP, STUN and binary in general leave here
  if (isToken[bytes[at]!] === 0) return sipStart.no;
  if ((bytes[at]! | 32) === 0x73) {
    const version = versionAt(bytes, at, end);
    if (version !== sipStart.no) return version === sipStart.partial ? version : statusAt(bytes, at, end);
  }
  let i = at + 1;
  const methodEnd = Math.min(end, at + maxMethod);
  while (i < methodEnd && isToken[bytes[i]!] === 1) i++;
  if (i === end) return sipStart.partial;
  if (bytes[i] !== 32 && bytes[i] !== 9) return sipStart.no;
  const lineEnd = Math.min(end, at + maxLine);
  i = lineEndAt(bytes, viewOf(bytes), i, lineEnd);
  if (i === lineEnd) return lineEnd === end ? sipStart.partial : sipStart.no;
  return endsInVersion(bytes, at, i) ? sipStart.request : sipStart.no;
}

export function isSipStart(bytes: Uint8Array, at: number, end: number): boolean {
  return sipStartAt(bytes, at, end) >= sipStart.request;
}

/** `SIP/` at `at`; upper and lower case are equal (RFC 3261 §7.1). */
function versionAt(bytes: Uint8Array, at: number, end: number): SipStart {
  if (at + 1 < end && (bytes[at + 1]! | 32) !== 0x69) return sipStart.no;
  if (at + 2 < end && (bytes[at + 2]! | 32) !== 0x70) return sipStart.no;
  if (at + 3 < end && bytes[at + 3] !== 0x2f) return sipStart.no;
  return at + 3 < end ? sipStart.response : sipStart.partial;
}

function statusAt(bytes: Uint8Array, at: number, end: number): SipStart {
  let i = at + 4;
  const versionEnd = Math.min(end, i + 8);
  while (i < versionEnd && (isDigit(bytes[i]!) || bytes[i] === 0x2e)) i++;
  if (i === end) return sipStart.partial;
  if (i === at + 4 || (bytes[i] !== 32 && bytes[i] !== 9)) return sipStart.no;
  while (i < end && (bytes[i] === 32 || bytes[i] === 9)) i++;
  if (end - i < 3) return sipStart.partial;
  return isDigit(bytes[i]!) && isDigit(bytes[i + 1]!) && isDigit(bytes[i + 2]!) ? sipStart.response : sipStart.no;
}

function endsInVersion(bytes: Uint8Array, at: number, lineEnd: number): boolean {
  let i = lineEnd - 1;
  while (i > at && (bytes[i] === 13 || bytes[i] === 32 || bytes[i] === 9)) i--;
  const last = i;
  while (i > at && (isDigit(bytes[i]!) || bytes[i] === 0x2e)) i--;
  if (i === last || i - 4 < at || bytes[i] !== 0x2f) return false;
  const isWord = (bytes[i - 3]! | 32) === 0x73 && (bytes[i - 2]! | 32) === 0x69 && (bytes[i - 1]! | 32) === 0x70;
  return isWord && (bytes[i - 4] === 32 || bytes[i - 4] === 9);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** A SIP message as a table row needs it: numbers, flags, and spans of bytes instead of strings. */

/** Places of the spans of a message: `spans[place]` = first byte, `spans[place + 1]` = behind the last. */
export const span = {
  method: 0,
  requestUri: 2,
  reason: 4,
  callId: 6,
  branch: 8,
  sentBy: 10,
  fromUri: 12,
  fromTag: 14,
  toUri: 16,
  toTag: 18,
  contact: 20,
  agent: 22,
  contentType: 24,
  /** `received` of the top Via (RFC 3261 §18.2.1). */
  received: 26,
} as const;
export const spanCount = 28;

/** One message as read last; spans are indices into the bytes that were read, equal ends = absent. */
export interface SipMessage {
  readonly spans: Int32Array;
  /** 0 = request, 65535 = a response without a readable code. */
  status: number;
  cseq: number;
  /** Granted or asked seconds, −1 = none. */
  expires: number;
  /** −1 = none. */
  contentLength: number;
  credentials: boolean;
  /** A Contact carries `pn-provider` (RFC 8599 §4.1). */
  push: boolean;
  /** `rport` of the top Via (RFC 3581): −1 = none, 0 = asked for, else the port that was seen. */
  rport: number;
  /** Max-Forwards, −1 = none. */
  maxForwards: number;
  /** First byte of the start line; behind the start of what was handed in where CRLF or junk stands before it. */
  start: number;
  /** First byte of the body; `complete` = the empty line before it was seen. */
  body: number;
  complete: boolean;
  /** What is wrong, in a few technical words; empty where nothing is. */
  malformed: string;
  /** Wanted headers: index of the name, first byte, behind the last; three numbers each. */
  readonly fields: Int32Array;
  fieldCount: number;
}

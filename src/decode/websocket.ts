/**
 * SIP over WebSocket (RFC 7118): one SIP message per WebSocket message. Frames (RFC 6455 §5.2):
 *
 *     82 fe 01 5e  37 fa 21 3d  7e b4 …     FIN, binary; masked, length in 16 bits, key, payload XOR key
 *     81 7e 01 5e  53 49 50 2f  …           the same from the server: text, not masked
 */
import type { Span } from './layer';
import { sipStart, sipStartAt } from './sip-start';
import { cutSpans, turned } from './spans';

export interface WebSocketSide {
  /** Behind the HTTP upgrade. */
  upgraded: boolean;
  /** Payload of the message so far, unmasked, and where it lies. */
  message: Uint8Array;
  length: number;
  spans: Span[];
}

export interface WebSocketSink {
  /** Header lines of the upgrade or its answer. */
  head(text: string): void;
  message(bytes: Uint8Array, length: number, spans: readonly Span[]): void;
  close(code: number): void;
}

const maxHead = 16_384;
const maxPayload = 2 ** 20;
/** Fragments of one message. */
const maxSpans = 4096;
const opcode = { more: 0, text: 1, binary: 2, close: 8 } as const;
const nothing = new Uint8Array(0);
const latin1 = new TextDecoder('windows-1252');

export const createWebSocketSide = (upgraded: boolean): WebSocketSide => ({
  upgraded,
  message: nothing,
  length: 0,
  spans: [],
});

interface Header {
  readonly size: number;
  readonly payload: number;
  readonly mask: number;
}

/** The frame header at `at`; undefined where it is none, `size` 0 where it is not all there. */
function headerAt(bytes: Uint8Array, at: number, end: number): Header | undefined {
  if (end - at < 2) return { size: 0, payload: 0, mask: 0 };
  const kind = bytes[at]! & 15;
  // extensions (compression) and unknown opcodes are not read
  if (bytes[at]! & 0x70 || (kind > 2 && kind < 8) || kind > 10) return undefined;
  const short = bytes[at + 1]! & 0x7f;
  const isMasked = bytes[at + 1]! >> 7;
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const size = 2 + lengthBytes + isMasked * 4;
  if (end - at < size) return { size: 0, payload: 0, mask: 0 };
  let payload = lengthBytes === 0 ? short : 0;
  for (let n = 0; n < lengthBytes; n++) payload = payload * 256 + bytes[at + 2 + n]!;
  let mask = 0;
  if (isMasked) for (let n = size - 4; n < size; n++) mask = ((mask << 8) | bytes[at + n]!) >>> 0;
  return { size, payload, mask };
}

export function unmask(bytes: Uint8Array, mask: number): Uint8Array {
  if (mask === 0) return bytes;
  const plain = new Uint8Array(bytes.length);
  for (let n = 0; n < bytes.length; n++) plain[n] = bytes[n]! ^ ((mask >>> (24 - (n & 3) * 8)) & 255);
  return plain;
}

/** A frame whose payload begins with a SIP start line, in a connection whose upgrade was not seen. */
export function isSipFrame(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at];
  if (first !== 0x81 && first !== 0x82) return false;
  const header = headerAt(bytes, at, end);
  if (!header || header.size === 0 || header.payload < 16) return false;
  const from = at + header.size;
  const head = unmask(bytes.subarray(from, Math.min(end, from + Math.min(header.payload, 512))), header.mask);
  return sipStartAt(head, 0, head.length) >= sipStart.request;
}

/** An HTTP request that asks for WebSocket. */
export function isUpgrade(bytes: Uint8Array, at: number, end: number): boolean {
  const isGet = bytes[at] === 0x47 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x54 && bytes[at + 3] === 0x20;
  return (
    isGet &&
    end - at > 20 &&
    /\nupgrade:\s{0,8}websocket/i.test(latin1.decode(bytes.subarray(at, Math.min(end, at + maxHead))))
  );
}

/** Reads what is complete; returns the first byte that is still needed, −1 where this is no WebSocket that can be read. */
export function readWebSocket(
  side: WebSocketSide,
  bytes: Uint8Array,
  from: number,
  end: number,
  base: number,
  spans: readonly Span[] | undefined,
  sink: WebSocketSink,
): number {
  let at = from;
  if (!side.upgraded) {
    const head = latin1.decode(bytes.subarray(at, Math.min(end, at + maxHead)));
    const size = head.indexOf('\r\n\r\n');
    if (size < 0) return end - at >= maxHead ? -1 : at;
    sink.head(head.slice(0, size));
    side.upgraded = true;
    at += size + 4;
  }
  while (at < end) {
    const header = headerAt(bytes, at, end);
    if (!header || header.payload > maxPayload) return -1;
    const { size, payload, mask } = header;
    if (size === 0 || end - at < size + payload) return at;
    const body = at + size;
    const kind = bytes[at]! & 15;
    if (kind === opcode.close) {
      const code = unmask(bytes.subarray(body, body + Math.min(2, payload)), mask);
      sink.close(code.length === 2 ? (code[0]! << 8) | code[1]! : 1005);
    } else if (kind <= opcode.binary) {
      if (kind !== opcode.more) side.length = side.spans.length = 0;
      const places = spans ? cutSpans(spans, body, body + payload) : [{ at: 0, offset: base + body, length: payload }];
      take(side, unmask(bytes.subarray(body, body + payload), mask), places, mask);
      const isLast = bytes[at]! >> 7 === 1;
      if (isLast || side.length > maxPayload) {
        sink.message(side.message, side.length, side.spans);
        side.message = nothing;
        side.spans = [];
        side.length = 0;
      }
    }
    at = body + payload;
  }
  return at;
}

function take(side: WebSocketSide, payload: Uint8Array, places: readonly Span[], mask: number): void {
  if (payload.length === 0 || side.spans.length >= maxSpans) return;
  const length = side.length + payload.length;
  if (length > side.message.length) {
    // tiny fragments must not copy the whole message each
    const larger = new Uint8Array(side.length === 0 ? length : Math.max(length, side.message.length * 2));
    larger.set(side.message.subarray(0, side.length));
    side.message = larger;
  }
  side.message.set(payload, side.length);
  for (const { at, offset, length: size } of places) {
    side.spans.push({ at: side.length + at, offset, length: size, ...(mask ? { mask: turned(mask, at) } : {}) });
  }
  side.length = length;
}

/** One direction of a TCP connection that carries SIP: what waits for its rest, what waits for its turn. */
import { placeOf, type Frame, type PacketPlace, type Span } from './layer';
import type { Framing } from './sip-framing';
import { cutSpans, spansOf } from './spans';
import type { TlsFlow } from './tls-flow';
import type { WebSocketSide } from './websocket';

/** A segment that came before its turn. */
export interface Held {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  readonly spans: readonly Span[];
  readonly packet: PacketPlace;
}

export interface Stream extends Framing {
  readonly flow: number;
  /** Undefined = SIP. */
  readonly tls: TlsFlow | undefined;
  readonly web: WebSocketSide | undefined;
  /** Sequence number of the next byte. */
  next: number;
  /** Bytes 0..`length` of a message that has begun; `spans` says where they lie in the file. */
  buffer: Uint8Array;
  length: number;
  spans: Span[];
  /** The packets that these bytes came in. */
  packets: PacketPlace[];
  /** By sequence number. */
  readonly held: Held[];
  heldBytes: number;
  /** A segment was captured shorter than it was: what follows does not join it. */
  lossy: boolean;
  /** A start line was seen: it is SIP. Before that it only may be. */
  proven: boolean;
  pieces: number;
  /** Nothing more can be read of it. */
  over: boolean;
  /** Of the packet delivered last. */
  time: number;
  number: number;
}

const nothing = new Uint8Array(0);

export function createStream(flow: number, next: number, proven: boolean, tls?: TlsFlow, web?: WebSocketSide): Stream {
  return {
    flow,
    tls,
    web,
    next,
    buffer: nothing,
    length: 0,
    spans: [],
    packets: [],
    held: [],
    heldBytes: 0,
    lossy: false,
    proven,
    pieces: 0,
    over: false,
    time: NaN,
    number: 0,
    need: 0,
    scanned: 0,
  };
}

/** Bytes that a stream keeps in memory. */
export const keptBytes = (stream: Stream): number => stream.length + stream.heldBytes;

export function append(stream: Stream, bytes: Uint8Array, spans: readonly Span[], packet: PacketPlace): void {
  const length = stream.length + bytes.length;
  if (stream.buffer.length < length) {
    const larger = new Uint8Array(Math.max(2048, length, stream.buffer.length * 2));
    larger.set(stream.buffer.subarray(0, stream.length));
    stream.buffer = larger;
  }
  stream.buffer.set(bytes, stream.length);
  for (const span of spans) stream.spans.push({ ...span, at: span.at + stream.length });
  stream.length = length;
  stream.packets.push(placeOf(packet));
}

/** Drops the first bytes of the buffer. */
export function dropFirst(stream: Stream, count: number): void {
  if (count === 0) return;
  stream.buffer.copyWithin(0, count, stream.length);
  stream.spans = cutSpans(stream.spans, count, stream.length);
  stream.length -= count;
  // what came before the last packet was needed for what is done now
  stream.packets = stream.length === 0 ? [] : stream.packets.slice(-1);
}

export function dropAll(stream: Stream): void {
  stream.length = stream.need = stream.scanned = 0;
  stream.spans = [];
  stream.packets = [];
  stream.buffer = nothing;
  stream.lossy = false;
}

export function hold(stream: Stream, frame: Frame): void {
  let at = stream.held.length;
  // nearly always the last place
  while (at > 0 && ((stream.held[at - 1]!.sequence - frame.sequence) | 0) > 0) at--;
  const bytes = frame.bytes.slice(frame.at, frame.end);
  const spans = spansOf(frame, frame.at, frame.end);
  stream.held.splice(at, 0, { sequence: frame.sequence, bytes, spans, packet: placeOf(frame) });
  stream.heldBytes += bytes.length;
}

export function takeHeld(stream: Stream): Held | undefined {
  const first = stream.held.shift();
  if (first) stream.heldBytes -= first.bytes.length;
  return first;
}

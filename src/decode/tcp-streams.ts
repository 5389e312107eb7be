/**
 * TCP streams that carry SIP, put in order (RFC 9293 §3.4): retransmissions dropped, overlaps trimmed, segments out of
 * order held, sequence numbers compared modulo 2^32, holes given up on when nothing fills them. A direction of a
 * connection is told by content: SIP is reassembled, TLS counted, everything else left after its first segments.
 */
import { createKeys, putAddress } from './keys';
import type { Frame, Span } from './layer';
import { createSighting, type Sighting } from './sighting';
import { frameMessages, nextStart } from './sip-framing';
import type { SipReader } from './sip';
import { sipStart, sipStartAt } from './sip-start';
import { cutSpans } from './spans';
import { tcpFlag } from './tcp';
import { append, createStream, dropAll, dropFirst, hold, keptBytes, takeHeld, type Stream } from './tcp-stream';

export interface TcpSink {
  /** The reader's message, at its place. */
  message(sighting: Sighting): void;
  /** A segment of a SIP stream. */
  segment(frame: Frame): void;
  /** A direction of a connection shows a TLS handshake record. */
  tls(frame: Frame): void;
  /** Bytes are missing before the segment that lies at `offset`. */
  lost(offset: number, bytes: number): void;
  limit(detail: string): void;
}

export interface TcpStreams {
  add(frame: Frame): void;
  end(): void;
}

const kind = { unknown: 0, sip: 1, tls: 2, other: 3 } as const;
const maxFlows = 2 ** 18;
/** Segments without SIP before a direction is left alone. */
const maxTries = 8;
const maxHeldSegments = 64;
const maxHeldBytes = 262_144;
const maxTotalBytes = 64 * 2 ** 20;
/** µs that a hole may stay open while the stream goes on. */
const maxWait = 5e6;
/** A jump further than this, forward or back, is another connection on the same ports. */
const maxJump = 2 ** 24;
const maxStepBack = 2 ** 20;

export function createTcpStreams(reader: SipReader, sink: TcpSink): TcpStreams {
  const keys = createKeys(9, maxFlows);
  let kinds = new Uint8Array(256);
  let tries = new Uint8Array(256);
  let starts = new Float64Array(256).fill(-1);
  const streams = new Map<number, Stream>();
  const sighting = createSighting();
  sighting.isTcp = true;
  let total = 0;

  const flowOf = (frame: Frame): number => {
    putAddress(keys.key, 0, frame.source);
    putAddress(keys.key, 4, frame.target);
    keys.key[8] = (frame.sourcePort << 16) | frame.targetPort;
    let flow = keys.add();
    if (flow < 0) {
      sink.limit(`${String(maxFlows)} TCP connections at once`);
      closeAll();
      keys.clear();
      kinds.fill(0);
      tries.fill(0);
      starts.fill(-1);
      flow = keys.add();
    }
    if (flow >= kinds.length) {
      kinds = grown(kinds, new Uint8Array(kinds.length * 2));
      tries = grown(tries, new Uint8Array(tries.length * 2));
      starts = grown(starts, new Float64Array(starts.length * 2).fill(-1));
    }
    return flow;
  };
  const open = (flow: number, next: number, proven = false): Stream => {
    const stream = createStream(flow, next, proven);
    kinds[flow] = kind.sip;
    streams.set(flow, stream);
    return stream;
  };

  const show = (
    stream: Stream,
    bytes: Uint8Array,
    base: number,
    spans: readonly Span[] | undefined,
    from: number,
    to: number,
  ): void => {
    const words = keys.words(stream.flow);
    sighting.bytes = bytes;
    sighting.from = from;
    sighting.to = to;
    sighting.base = base;
    sighting.spans = spans;
    sighting.time = stream.time;
    sighting.number = stream.number;
    sighting.source.set(words.subarray(0, 4));
    sighting.target.set(words.subarray(4, 8));
    sighting.sourcePort = words[8]! >>> 16;
    sighting.targetPort = words[8]! & 0xffff;
    stream.proven = true;
    sink.message(sighting);
  };
  const consume = (
    stream: Stream,
    bytes: Uint8Array,
    from: number,
    to: number,
    base: number,
    spans: readonly Span[] | undefined,
  ): number =>
    frameMessages(reader, stream, bytes, from, to, (start, end, cut) => {
      sighting.cut = cut;
      sighting.partial = false;
      show(stream, bytes, base, spans, start, end);
    });
  /** Takes the next bytes of a stream: read in place where nothing waits before them, else joined to what waits. */
  const deliver = (
    stream: Stream,
    bytes: Uint8Array,
    from: number,
    to: number,
    base: number,
    spans?: readonly Span[],
  ): void => {
    const before = stream.length;
    stream.next = (stream.next + to - from) >>> 0;
    const at = before === 0 ? consume(stream, bytes, from, to, base, spans) : from;
    if (at < to) {
      const places = spans ? cutSpans(spans, at, to) : [{ at: 0, offset: base + at, length: to - at }];
      append(stream, bytes.subarray(at, to), places);
    }
    if (before > 0) dropFirst(stream, consume(stream, stream.buffer, 0, stream.length, 0, stream.spans));
    total += stream.length - before;
  };
  /** Delivers the held segments that join now; `force` gives the first hole up. */
  const drain = (stream: Stream, force: boolean): void => {
    let mayGiveUp = force;
    while (stream.held.length > 0) {
      const ahead = (stream.held[0]!.sequence - stream.next) | 0;
      if (ahead > 0 && !mayGiveUp) return;
      const first = takeHeld(stream)!;
      total -= first.bytes.length;
      if (ahead > 0) {
        giveUp(stream);
        stream.next = first.sequence;
        mayGiveUp = false;
      }
      const skip = (stream.next - first.sequence) | 0;
      if (skip >= first.bytes.length) continue;
      stream.time = first.time;
      stream.number = first.number;
      deliver(stream, first.bytes, skip, first.bytes.length, 0, first.spans);
      if (ahead > 0 && stream.proven) sink.lost(first.spans[0]!.offset, ahead);
    }
  };
  /** Emits the message that has begun as far as it came. */
  const giveUp = (stream: Stream): void => {
    if (stream.length > 0 && reader.read(stream.buffer, 0, stream.length)) {
      sighting.cut = true;
      sighting.partial = true;
      show(stream, stream.buffer, 0, stream.spans, reader.message.start, stream.length);
    }
    total -= stream.length;
    dropAll(stream);
  };
  const close = (stream: Stream): void => {
    while (stream.held.length > 0) drain(stream, true);
    giveUp(stream);
    streams.delete(stream.flow);
    kinds[stream.flow] = kind.unknown;
    tries[stream.flow] = 0;
  };
  /** It looked like SIP at first and never was. */
  const leave = (stream: Stream): void => {
    total -= keptBytes(stream);
    streams.delete(stream.flow);
    kinds[stream.flow] = kind.other;
  };
  const closeAll = (): void => {
    for (const stream of [...streams.values()].sort((a, b) => a.flow - b.flow)) close(stream);
  };
  const makeRoom = (): void => {
    if (total <= maxTotalBytes) return;
    sink.limit(`${String(maxTotalBytes / 2 ** 20)} MiB of unfinished TCP streams`);
    for (const stream of [...streams.values()]) {
      if (total <= maxTotalBytes / 2) return;
      if (keptBytes(stream) > 0) close(stream);
    }
  };

  /** The stream that the segment at hand belongs to, where it shows SIP now or before. */
  const classify = (frame: Frame, flow: number): Stream | undefined => {
    const { bytes, at, end } = frame;
    if (isTlsHandshake(bytes, at, end)) {
      kinds[flow] = kind.tls;
      sink.tls(frame);
      return undefined;
    }
    const start = sipStartAt(bytes, at, end);
    if (start >= sipStart.request) return open(flow, frame.sequence, true);
    if (kinds[flow] === kind.other) return undefined;
    const isFirst = starts[flow] === frame.sequence;
    if (start === sipStart.partial && (isFirst || tries[flow] === 0)) return open(flow, frame.sequence);
    const ahead = starts[flow]! < 0 ? 0 : (frame.sequence - starts[flow]!) | 0;
    if (ahead > 0 && ahead <= maxJump && tries[flow] === 0) return open(flow, starts[flow]!);
    const inside = nextStart(bytes, at, end, sipStart.request);
    if (inside < end) return open(flow, frame.sequence, true);
    const isKeepAlive = end - at <= 4 && (bytes[at] === 13 || bytes[at] === 0);
    if (isKeepAlive) {
      if (isFirst) starts[flow] = (frame.sequence + end - at) >>> 0;
    } else if (++tries[flow]! >= maxTries || isFirst) kinds[flow] = kind.other;
    return undefined;
  };
  const receive = (stream: Stream, frame: Frame): void => {
    const ahead = (frame.sequence - stream.next) | 0;
    const length = frame.end - frame.at;
    if (ahead > maxJump || ahead < -maxStepBack) {
      close(stream);
      starts[stream.flow] = -1;
      const again = classify(frame, stream.flow);
      if (again) receive(again, frame);
      return;
    }
    if (stream.proven) sink.segment(frame);
    if (ahead + length <= 0) return;
    if (ahead > 0) {
      hold(stream, frame);
      total += length;
      const waited = frame.time - stream.held[0]!.time;
      const isFull = stream.held.length > maxHeldSegments || stream.heldBytes > maxHeldBytes;
      if (stream.lossy || isFull || waited > maxWait) drain(stream, true);
      return;
    }
    stream.time = frame.time;
    stream.number = frame.number;
    deliver(stream, frame.bytes, frame.at - ahead, frame.end, frame.base, frame.spans);
    if (frame.cut) stream.lossy = true;
    drain(stream, false);
    const tried = ++stream.pieces;
    // what waits may be a start line that comes byte by byte
    if (!stream.proven && tried >= (stream.length === 0 ? maxTries : maxTries * 16)) leave(stream);
  };

  return {
    add(frame) {
      const flags = frame.tcpFlags;
      const hasData = frame.end > frame.at;
      if (!hasData && (flags & (tcpFlag.syn | tcpFlag.fin | tcpFlag.rst)) === 0) return;
      const flow = flowOf(frame);
      if (flags & tcpFlag.syn) {
        const first = (frame.sequence + 1) >>> 0;
        const stream = streams.get(flow);
        if (starts[flow] === first) return;
        if (stream) close(stream);
        kinds[flow] = kind.unknown;
        tries[flow] = 0;
        starts[flow] = first;
        return;
      }
      if (hasData && kinds[flow] !== kind.tls) {
        const stream = streams.get(flow) ?? classify(frame, flow);
        if (stream) receive(stream, frame);
        makeRoom();
      }
      if (flags & (tcpFlag.fin | tcpFlag.rst)) {
        const stream = streams.get(flow);
        // segments before the FIN may still be under way; the stream itself stays, so as to know retransmissions
        if (stream && stream.held.length === 0) giveUp(stream);
      }
    },
    end: closeAll,
  };
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** A TLS record (RFC 8446 §5.1) of type handshake: `16 03 0x length(2)`. */
function isTlsHandshake(bytes: Uint8Array, at: number, end: number): boolean {
  return end - at >= 5 && bytes[at] === 0x16 && bytes[at + 1] === 3 && bytes[at + 2]! <= 4 && bytes[at + 3]! <= 0x48;
}

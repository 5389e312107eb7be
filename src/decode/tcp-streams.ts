/**
 * TCP streams that carry SIP, put in order (RFC 9293 §3.4): retransmissions dropped, overlaps trimmed, segments out of
 * order held, sequence numbers compared modulo 2^32, holes given up on when nothing fills them. A direction of a
 * connection is told by content: SIP and WebSocket are reassembled, TLS as long as it can be read, everything else is left
 * after its first segments.
 */
import { addHole, carried, settle, sideOf, type Connection, type Connections } from './connections';
import { createKeys, putAddress } from './keys';
import { placeOf, type Frame, type PacketPlace, type Span } from './layer';
import { carriers, createSighting, type Sighting } from './sighting';
import { frameMessages, nextStart } from './sip-framing';
import type { SipReader } from './sip';
import { sipStart, sipStartAt } from './sip-start';
import { cutSpans } from './spans';
import { tcpFlag } from './tcp';
import { isTlsRecord, tlsRecord } from './tls';
import { createTlsFlow, createTlsReader } from './tls-flow';
import { createWebSocketSide, isSipFrame, isUpgrade, readWebSocket } from './websocket';
import {
  append,
  createStream,
  dropAll,
  dropFirst,
  hold,
  keptBytes,
  takeHeld,
  type Held,
  type Stream,
} from './tcp-stream';

export interface TcpSink {
  /** The reader's message, at its place. */
  message(sighting: Sighting): void;
  /** A segment of a SIP stream. */
  segment(frame: Frame): void;
  /** Bytes are missing before the segment that lies at `offset`. */
  lost(offset: number, bytes: number): void;
  limit(detail: string): void;
  /** Told at the end: a packet whose direction (its hash) may go on in the file before, or in the one behind. */
  edge?(packet: PacketPlace, flow: number, atEnd: boolean): void;
}

export interface TcpStreams {
  add(frame: Frame): void;
  end(): void;
}

/** `opaque`: TLS of which no more can be read. */
const kind = { unknown: 0, sip: 1, opaque: 2, other: 3 } as const;
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
/** µs from the first packet on in which the rest of a message of the file before may come; packets of them, and a flow. */
const maxHeadTime = 5e6;
const maxHeads = 4096;
const maxFlowHeads = 64;

export function createTcpStreams(reader: SipReader, connections: Connections, sink: TcpSink): TcpStreams {
  const keys = createKeys(9, maxFlows);
  let kinds = new Uint8Array(256);
  let tries = new Uint8Array(256);
  let starts = new Float64Array(256).fill(-1);
  const streams = new Map<number, Stream>();
  const sighting = createSighting();
  const tlsReader = createTlsReader();
  /** Per flow the connection that it is a direction of. */
  let ends: (Connection | undefined)[] = [];
  let total = 0;
  /** Directions with a hole, open or given up: only then acknowledgements matter. */
  const holed = new Set<Connection>();
  /** The packet at hand, or the held one. */
  let arriving: PacketPlace = nowhere;
  /** First packets of directions of which neither the opening nor SIP was seen yet. */
  const heads: { readonly flow: number; readonly packet: PacketPlace }[] = [];
  const headCounts = new Map<number, number>();
  let headsUntil = sink.edge ? NaN : -Infinity;

  const connectionOf = (flow: number, frame: Frame): Connection | undefined => {
    const known = ends[flow];
    return known && !known.replaced ? known : (ends[flow] = connections.of(frame));
  };

  const flowOf = (frame: Frame): number => {
    putAddress(keys.key, 0, frame.source);
    putAddress(keys.key, 4, frame.target);
    keys.key[8] = (frame.sourcePort << 16) | frame.targetPort;
    let flow = keys.add();
    if (flow < 0) {
      sink.limit(`${String(maxFlows)} TCP connections at once`);
      closeAll();
      heads.length = 0;
      headsUntil = -Infinity;
      keys.clear();
      kinds.fill(0);
      tries.fill(0);
      starts.fill(-1);
      ends = [];
      flow = keys.add();
    }
    if (flow >= kinds.length) {
      kinds = grown(kinds, new Uint8Array(kinds.length * 2));
      tries = grown(tries, new Uint8Array(tries.length * 2));
      starts = grown(starts, new Float64Array(starts.length * 2).fill(-1));
    }
    return flow;
  };
  const enlist = (stream: Stream): Stream => {
    kinds[stream.flow] = kind.sip;
    streams.set(stream.flow, stream);
    return stream;
  };
  const open = (flow: number, next: number, proven = false): Stream => enlist(createStream(flow, next, proven));

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
    sighting.carrier = stream.web ? carriers.webSocket : carriers.tcp;
    stream.proven = true;
    const connection = ends[stream.flow];
    if (connection?.carries === carried.nothing) connection.carries = carried.sip;
    sink.message(sighting);
  };
  const consumeWeb = (
    stream: Stream,
    bytes: Uint8Array,
    from: number,
    to: number,
    base: number,
    spans: readonly Span[] | undefined,
  ): number => {
    const connection = ends[stream.flow];
    return readWebSocket(stream.web!, bytes, from, to, base, spans, {
      head: (text) => connection && readUpgrade(connection, text, stream.time),
      message(message, length, places) {
        let at = 0;
        while (at < length && (message[at] === 13 || message[at] === 10)) at++;
        if (at === length || !reader.read(message, at, length)) return;
        sighting.cut = reader.message.contentLength > length - reader.message.body;
        sighting.partial = false;
        show(stream, message, 0, places, reader.message.start, length);
      },
      close(code) {
        if (connection && connection.closeCode === 0) connection.closeCode = code;
      },
    });
  };
  const consume = (
    stream: Stream,
    bytes: Uint8Array,
    from: number,
    to: number,
    base: number,
    spans: readonly Span[] | undefined,
  ): number => {
    if (stream.tls || stream.web) {
      const at = stream.tls
        ? tlsReader.read(stream.tls, bytes, from, to, base, spans, stream.time, stream.number)
        : consumeWeb(stream, bytes, from, to, base, spans);
      if (at >= 0) return at;
      stream.over = true;
      return to;
    }
    return frameMessages(reader, stream, bytes, from, to, (start, end, cut) => {
      sighting.cut = cut;
      sighting.partial = false;
      show(stream, bytes, base, spans, start, end);
    });
  };
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
      append(stream, bytes.subarray(at, to), places, arriving);
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
        // neither records nor frames can be found again behind a hole
        stream.over = stream.tls !== undefined || stream.web !== undefined;
        if (stream.tls) stream.tls.connection.lost = true;
        if (stream.over) return;
        stream.next = first.sequence;
        mayGiveUp = false;
      }
      const skip = (stream.next - first.sequence) | 0;
      if (skip >= first.bytes.length) continue;
      arriving = first.packet;
      stream.time = arriving.time;
      stream.number = arriving.number;
      deliver(stream, first.bytes, skip, first.bytes.length, 0, first.spans);
      if (stream.over) return;
      if (ahead > 0 && stream.proven) {
        sink.lost(first.spans[0]!.offset, ahead);
        note(stream, first, ahead);
      }
    }
  };
  const note = (stream: Stream, first: Held, missing: number): void => {
    const connection = ends[stream.flow];
    if (!connection) return;
    const words = keys.words(stream.flow);
    const port = words[8]! >>> 16;
    const isClient = connection.ports[0] === port && connection.ends[0].every((word, n) => word === words[n]);
    addHole(connection, {
      side: isClient ? 0 : 1,
      from: (first.sequence - missing) >>> 0,
      to: first.sequence,
      time: first.packet.time,
      number: first.packet.number,
      offset: first.spans[0]!.offset,
      repeated: false,
    });
    holed.add(connection);
  };
  /** Emits the message that has begun as far as it came. */
  const giveUp = (stream: Stream): void => {
    if (!stream.tls && !stream.web && stream.length > 0 && reader.read(stream.buffer, 0, stream.length)) {
      sighting.cut = true;
      sighting.partial = true;
      show(stream, stream.buffer, 0, stream.spans, reader.message.start, stream.length);
    }
    total -= stream.length;
    dropAll(stream);
  };
  const close = (stream: Stream): void => {
    while (stream.held.length > 0 && !stream.over) drain(stream, true);
    if (stream.over) total -= keptBytes(stream);
    else giveUp(stream);
    streams.delete(stream.flow);
    kinds[stream.flow] = kind.unknown;
    tries[stream.flow] = 0;
  };
  /** It looked like SIP at first and never was, or nothing more can be read of it. */
  const leave = (stream: Stream): void => {
    total -= keptBytes(stream);
    streams.delete(stream.flow);
    kinds[stream.flow] = stream.tls ? kind.opaque : kind.other;
  };
  const closeAll = (): void => {
    for (const stream of [...streams.values()].sort((a, b) => a.flow - b.flow)) close(stream);
  };
  /** What a person who has the next file, or the one before, may still put together. */
  const tellEdges = (): void => {
    if (!sink.edge) return;
    for (const { flow, packet } of heads) {
      if (kinds[flow] !== kind.opaque) sink.edge(packet, hashOf(keys.words(flow)), false);
    }
    for (const { flow, tls, over, packets, held } of streams.values()) {
      if (tls || over) continue;
      const hash = hashOf(keys.words(flow));
      for (const packet of packets) sink.edge(packet, hash, true);
      for (const { packet } of held) sink.edge(packet, hash, true);
    }
  };
  const noteHead = (flow: number, frame: Frame): void => {
    if (Number.isNaN(headsUntil)) headsUntil = frame.time + maxHeadTime;
    if (!(frame.time <= headsUntil) || heads.length >= maxHeads) {
      headsUntil = -Infinity;
      return;
    }
    const count = headCounts.get(flow) ?? 0;
    headCounts.set(flow, count + 1);
    if (count < maxFlowHeads) heads.push({ flow, packet: placeOf(frame) });
  };
  const makeRoom = (): void => {
    if (total <= maxTotalBytes) return;
    sink.limit(`${String(maxTotalBytes / 2 ** 20)} MiB of unfinished TCP streams`);
    for (const stream of [...streams.values()]) {
      if (total <= maxTotalBytes / 2) return;
      if (keptBytes(stream) > 0) close(stream);
    }
  };

  const answersUpgrade = (flow: number, { bytes, at, end }: Frame): boolean =>
    end - at > 9 && bytes[at] === 0x48 && bytes[at + 4] === 0x2f && ends[flow]?.carries === carried.webSocket;
  /** The stream that the segment at hand belongs to, where it shows SIP now or before. */
  const classify = (frame: Frame, flow: number): Stream | undefined => {
    const { bytes, at, end } = frame;
    if (isTlsRecord(bytes, at, end)) {
      const connection = connectionOf(flow, frame);
      if (connection && (bytes[at] === tlsRecord.handshake || bytes[at] === tlsRecord.alert)) {
        const tls = createTlsFlow(connection, sideOf(connection, frame));
        return enlist(createStream(flow, frame.sequence, false, tls));
      }
      if (connection) connection.carries = carried.tls;
      kinds[flow] = kind.opaque;
      return undefined;
    }
    const isWeb = isUpgrade(bytes, at, end) || answersUpgrade(flow, frame);
    if (isWeb || isSipFrame(bytes, at, end)) {
      const connection = connectionOf(flow, frame);
      if (connection) {
        connection.carries = carried.webSocket;
        if (bytes[at] === 0x47) settle(connection, sideOf(connection, frame) === 1);
      }
      return enlist(createStream(flow, frame.sequence, !isWeb, undefined, createWebSocketSide(!isWeb)));
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
    if (ahead + length <= 0) {
      if (holed.size > 0) repeat(stream, frame);
      return;
    }
    if (ahead > 0) {
      hold(stream, frame);
      const connection = ends[stream.flow];
      if (connection) holed.add(connection);
      total += length;
      const waited = frame.time - stream.held[0]!.packet.time;
      const isFull = stream.held.length > maxHeldSegments || stream.heldBytes > maxHeldBytes;
      if (stream.lossy || isFull || waited > maxWait) drain(stream, true);
      if (stream.over) leave(stream);
      return;
    }
    arriving = frame;
    stream.time = frame.time;
    stream.number = frame.number;
    deliver(stream, frame.bytes, frame.at - ahead, frame.end, frame.base, frame.spans);
    if (frame.cut) stream.lossy = true;
    drain(stream, false);
    if (holed.size > 0 && stream.held.length === 0) filled(stream);
    if (stream.over) leave(stream);
    if (stream.tls || stream.web) return;
    const tried = ++stream.pieces;
    // what waits may be a start line that comes byte by byte
    if (!stream.proven && tried >= (stream.length === 0 ? maxTries : maxTries * 16)) leave(stream);
  };

  /** Nothing is missing any more: its acknowledgements are of no interest. */
  const filled = (stream: Stream): void => {
    const connection = ends[stream.flow];
    if (connection && connection.holes.length === 0) holed.delete(connection);
  };
  /** Bytes of a hole that come after it was given up. */
  const repeat = (stream: Stream, frame: Frame): void => {
    const connection = ends[stream.flow];
    if (!connection || connection.holes.length === 0) return;
    const side = sideOf(connection, frame);
    for (const hole of connection.holes) {
      const behind = (frame.sequence + frame.end - frame.at - hole.from) | 0;
      if (hole.side === side && behind > 0 && ((frame.sequence - hole.to) | 0) < 0) hole.repeated = true;
    }
  };
  const acknowledge = (frame: Frame): void => {
    const connection = connections.known(frame);
    if (connection && holed.has(connection)) connection.acknowledged[sideOf(connection, frame)] = frame.acknowledged;
  };
  const count = (flow: number, frame: Frame): void => {
    const connection = connectionOf(flow, frame);
    if (!connection) return;
    connection.bytes[sideOf(connection, frame)] += frame.end - frame.at;
    connection.end = frame.time;
  };

  return {
    add(frame) {
      const flags = frame.tcpFlags;
      const hasData = frame.end > frame.at;
      if (holed.size > 0 && (flags & tcpFlag.ack) !== 0) acknowledge(frame);
      if (!hasData && (flags & (tcpFlag.syn | tcpFlag.fin | tcpFlag.rst)) === 0) return;
      const flow = flowOf(frame);
      if (flags & (tcpFlag.syn | tcpFlag.fin | tcpFlag.rst)) connections.control(frame);
      if (hasData) count(flow, frame);
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
      if (hasData && kinds[flow] !== kind.opaque) {
        const early = streams.get(flow);
        if (headsUntil !== -Infinity && starts[flow]! < 0 && !early?.proven) noteHead(flow, frame);
        const stream = early && !isLateTls(early, frame) ? early : classify(frame, flow);
        if (early && stream && stream !== early) {
          stream.held.push(...early.held);
          stream.heldBytes = early.heldBytes;
        }
        if (stream) receive(stream, frame);
        makeRoom();
      }
      if (flags & (tcpFlag.fin | tcpFlag.rst)) {
        const stream = streams.get(flow);
        // segments before the FIN may still be under way; the stream itself stays, so as to know retransmissions
        if (stream && stream.held.length === 0) giveUp(stream);
      }
    },
    end() {
      tellEdges();
      closeAll();
    },
  };
}

const nowhere: PacketPlace = { time: NaN, number: 0, offset: 0, captured: 0, length: 0, link: 0 };

function hashOf(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word ^ (word >>> 15), 0x01000193);
  return hash >>> 0;
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** The first segment of a TLS direction, where a later one came before it and waits. */
const isLateTls = (stream: Stream, { bytes, at, end, sequence }: Frame): boolean =>
  !stream.proven && stream.pieces === 0 && !stream.tls && stream.next === sequence && isTlsRecord(bytes, at, end);

/** Request and answer of the upgrade (RFC 6455 §4, RFC 7118 §4.1). */
function readUpgrade(connection: Connection, head: string, time: number): void {
  const protocol = /\nsec-websocket-protocol:[ \t]{0,8}([^\r\n]{0,200})/i.exec(head)?.[1]?.trim() ?? '';
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status === undefined) {
    connection.hello = time;
    connection.protocols = protocol;
    return;
  }
  connection.answer = time;
  connection.status = Number(status);
  connection.protocol = protocol;
}

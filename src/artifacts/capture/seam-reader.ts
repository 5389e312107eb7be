/**
 * The messages that cross from one file of a rotated capture into the next: the packets that each file left at its edges,
 * read once more in the order of the files. What one file holds alone it has told itself.
 */
import { createConnections } from '../../decode/connections';
import { createFragments } from '../../decode/fragments';
import { createFrame, layer, type Frame, type Span } from '../../decode/layer';
import { byLinkType } from '../../decode/link-type';
import { carriers, createSighting, sightDatagram, type Sighting } from '../../decode/sighting';
import { createSipReader } from '../../decode/sip';
import { createTcpStreams } from '../../decode/tcp-streams';
import { walk } from '../../decode/walk';
import type { Sink } from '../kind';
import { createMessageRecorder } from './record-message';

export interface EdgePacket {
  readonly artifact: number;
  readonly time: number;
  readonly offset: number;
  readonly wire: number;
  readonly number: number;
  readonly link: number;
  readonly bytes: Uint8Array;
}

/** Offsets of the files side by side: no file is longer. */
const perFile = 2 ** 40;

/** Adds the messages to the tables of `sink`, and returns the packets that belong to something whole now. */
export function readSeam(packets: readonly EdgePacket[], sink: Sink): readonly EdgePacket[] {
  const artifacts = [...new Set(packets.map(({ artifact }) => artifact))];
  const baseOf = new Map(artifacts.map((artifact, n) => [artifact, n * perFile]));
  const fileAt = (offset: number): number => artifacts[Math.floor(offset / perFile)]!;
  const sip = createSipReader(sink.wants.headers);
  const recorder = createMessageRecorder(sink, sink.wants.headers);
  const whole = new Set<EdgePacket>();

  /** Of spans in several files: their packets are whole. */
  const settle = (spans: readonly Span[]): boolean => {
    if (new Set(spans.map(({ offset }) => fileAt(offset))).size < 2) return false;
    for (const packet of packets) {
      const from = baseOf.get(packet.artifact)! + packet.offset;
      if (spans.some(({ offset }) => offset >= from && offset < from + packet.bytes.length)) whole.add(packet);
    }
    return true;
  };
  const addMessage = (seen: Sighting): void => {
    const crossing = (seen.spans ?? []).filter(({ at, length }) => at < seen.to && at + length > seen.from);
    if (seen.partial || !settle(crossing)) return;
    const { messages, pieces } = sink.tables;
    const first = pieces.length;
    const row = recorder.add(sip.message, seen);
    const { artifact, number } = packets[seen.number]!;
    messages.columns.artifact[row] = artifact;
    messages.columns.packet[row] = number;
    let isPlaced = false;
    for (let piece = first; piece < pieces.length; piece++) {
      const offset = pieces.columns.offset[piece]!;
      pieces.columns.artifact[piece] = fileAt(offset);
      pieces.columns.offset[piece] = offset % perFile;
      if (isPlaced || fileAt(offset) !== artifact) continue;
      messages.columns.offset[row] = offset % perFile;
      isPlaced = true;
    }
  };
  const sighting = createSighting();
  const fragments = createFragments();
  const streams = createTcpStreams(sip, createConnections(), {
    message: addMessage,
    segment: () => undefined,
    lost: () => undefined,
    limit: () => undefined,
  });
  const datagram = (frame: Frame): void => {
    if (!sightDatagram(sighting, sip, frame)) {
      if (frame.spans) settle(frame.spans);
      return;
    }
    sighting.carrier = carriers.udp;
    addMessage(sighting);
  };

  const frame = createFrame();
  packets.forEach(({ artifact, time, offset, wire, link, bytes }, index) => {
    const first = byLinkType(link);
    if (first === undefined) return;
    frame.bytes = bytes;
    frame.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    frame.base = frame.offset = baseOf.get(artifact)! + offset;
    frame.at = 0;
    frame.end = frame.captured = bytes.length;
    frame.length = wire;
    frame.cut = bytes.length < wire;
    frame.time = time;
    frame.number = index;
    frame.link = link;
    frame.spans = undefined;
    const end = walk(frame, first, fragments);
    if (end === layer.datagram) datagram(frame);
    else if (end === layer.segment) streams.add(frame);
  });
  return [...whole];
}

/** Writes packets whose other part may lie in the file before or behind, of one rotated capture, into `edges`. */
import type { Unfinished } from '../../decode/fragments';
import type { PacketPlace } from '../../decode/layer';
import { edgePlaces } from '../../evidence/schema';
import type { Sink } from '../kind';

/** µs from the edge of a file within which a datagram may go on (RFC 8200 §4.5). */
const near = 60e6;
const maxEdges = 8192;

export interface Edges {
  segment(packet: PacketPlace, flow: number, atEnd: boolean): void;
  datagram(one: Unfinished): void;
  /** `first`, `last`: times of the capture, µs. */
  end(first: number, last: number): void;
}

export function createEdges(sink: Sink): Edges {
  const found = new Map<number, { readonly packet: PacketPlace; readonly flow: number; place: number }>();
  const add = (packet: PacketPlace, flow: number, place: number): void => {
    const known = found.get(packet.number);
    if (known) known.place |= place;
    else if (found.size < maxEdges) found.set(packet.number, { packet, flow, place });
  };
  const datagrams: { readonly flow: number; readonly packets: readonly PacketPlace[] }[] = [];
  return {
    segment: (packet, flow, atEnd) => add(packet, flow, atEnd ? edgePlaces.end : edgePlaces.start),
    datagram({ source, target, protocol, id, packets }) {
      if (datagrams.length < maxEdges) datagrams.push({ flow: hashOf([...source, ...target, protocol, id]), packets });
    },
    end(first, last) {
      for (const { flow, packets } of datagrams) {
        for (const packet of packets) {
          const place =
            (packet.time - first <= near ? edgePlaces.start : 0) | (last - packet.time <= near ? edgePlaces.end : 0);
          if (place > 0) add(packet, flow, place);
        }
      }
      for (const { packet, flow, place } of [...found.values()].sort((a, b) => a.packet.number - b.packet.number)) {
        const { time, offset, captured, length, number, link } = packet;
        sink.tables.edges.add({
          artifact: sink.artifact,
          time,
          offset,
          size: captured,
          wire: length,
          number,
          link,
          flow,
          place,
        });
      }
    },
  };
}

function hashOf(words: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word ^ (word >>> 15), 0x01000193);
  return hash >>> 0;
}

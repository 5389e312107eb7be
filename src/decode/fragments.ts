/**
 * IPv4 and IPv6 fragments (RFC 791 §3.2, RFC 8200 §4.5) put together, in any order. Bounded: a datagram by its 64 KiB,
 * all of them by number and bytes; the oldest unfinished one goes first. Where fragments overlap, the first one holds.
 */
import { createKeys } from './keys';
import { placeOf, type Frame, type PacketPlace, type Span } from './layer';
import { spansOf } from './spans';

export interface Fragments {
  /** Keeps the fragment at hand. True where it completes its datagram: the frame then holds the whole. */
  add(frame: Frame): boolean;
  /** Datagrams given up, and why they were many. */
  readonly dropped: number;
  /** Gives up what is unfinished. */
  end(): void;
}

interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly spans: readonly Span[];
  readonly packet: PacketPlace;
}
/** A datagram that never came together, by its first fragment. */
export interface Unfinished {
  readonly time: number;
  readonly number: number;
  readonly offset: number;
  readonly captured: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  /** Protocol and identification of its fragments. */
  readonly protocol: number;
  readonly id: number;
  readonly packets: readonly PacketPlace[];
  /** Bytes that are missing; 0 = the last fragment never came. */
  readonly missing: number;
}

interface Datagram extends Omit<Unfinished, 'missing' | 'packets'> {
  readonly pieces: Piece[];
  size: number;
  /** Full length, −1 until the last fragment is seen. */
  total: number;
}

const maxPending = 512;
const maxBytes = 16 * 2 ** 20;
const maxPieces = 1024;
/** µs; the same identification after this is another datagram (RFC 8200 §4.5: 60 s). */
const maxAge = 60e6;

export function createFragments(unfinished?: (one: Unfinished) => void): Fragments {
  let pending = new Map<number, Datagram>();
  const keys = createKeys(10, 2 ** 16);
  let held = 0;
  let dropped = 0;
  const drop = (index: number, datagram: Datagram): void => {
    pending.delete(index);
    held -= datagram.size;
  };
  const giveUp = (datagram: Datagram): void => {
    const missing = datagram.total < 0 ? 0 : Math.max(0, datagram.total - datagram.size);
    unfinished?.({ ...datagram, packets: datagram.pieces.map(({ packet }) => packet), missing });
  };
  const makeRoom = (): void => {
    for (const [index, datagram] of pending) {
      if (pending.size <= maxPending && held <= maxBytes) return;
      drop(index, datagram);
      giveUp(datagram);
      dropped++;
    }
  };
  const indexOf = (frame: Frame): number => {
    keys.key.set(frame.source, 0);
    keys.key.set(frame.target, 4);
    keys.key[8] = frame.fragmentId;
    keys.key[9] = frame.next;
    const index = keys.add();
    if (index >= 0) return index;
    keys.clear();
    for (const datagram of pending.values()) giveUp(datagram);
    dropped += pending.size;
    pending = new Map();
    held = 0;
    return keys.add();
  };
  return {
    get dropped() {
      return dropped;
    },
    end() {
      for (const datagram of pending.values()) giveUp(datagram);
      pending.clear();
    },
    add(frame) {
      const index = indexOf(frame);
      const length = frame.end - frame.at;
      if (length <= 0 || frame.fragmentAt + length > 65535 || frame.cut) return false;
      let datagram = pending.get(index);
      if (datagram && frame.time - datagram.time > maxAge) {
        drop(index, datagram);
        giveUp(datagram);
        dropped++;
        datagram = undefined;
      }
      if (!datagram) {
        datagram = {
          pieces: [],
          time: frame.time,
          number: frame.number,
          offset: frame.offset,
          captured: frame.captured,
          source: frame.source.slice(),
          target: frame.target.slice(),
          protocol: frame.next,
          id: frame.fragmentId,
          size: 0,
          total: -1,
        };
        pending.set(index, datagram);
      }
      if (datagram.pieces.length >= maxPieces) return false;
      const bytes = frame.bytes.slice(frame.at, frame.end);
      const spans = spansOf(frame, frame.at, frame.end);
      datagram.pieces.push({ at: frame.fragmentAt, bytes, spans, packet: placeOf(frame) });
      datagram.size += length;
      held += length;
      if (!frame.fragmentMore && datagram.total < 0) datagram.total = frame.fragmentAt + length;
      const whole = datagram.total < 0 || datagram.size < datagram.total ? undefined : join(datagram);
      if (!whole) {
        makeRoom();
        return false;
      }
      drop(index, datagram);
      frame.bytes = whole.bytes;
      frame.view = new DataView(whole.bytes.buffer);
      frame.spans = whole.spans;
      frame.at = 0;
      frame.end = whole.bytes.length;
      return true;
    },
  };
}

function join({ pieces, total }: Datagram): { bytes: Uint8Array<ArrayBuffer>; spans: Span[] } | undefined {
  const bytes = new Uint8Array(total);
  const spans: Span[] = [];
  let behind = 0;
  // a stable sort: of two fragments at one place the first one seen stands first
  for (const piece of [...pieces].sort((a, b) => a.at - b.at)) {
    if (piece.at > behind) return undefined;
    const skip = behind - piece.at;
    const end = Math.min(total, piece.at + piece.bytes.length);
    if (end <= behind) continue;
    bytes.set(piece.bytes.subarray(skip, end - piece.at), behind);
    for (const span of piece.spans) {
      const from = Math.max(span.at, skip);
      const to = Math.min(span.at + span.length, end - piece.at);
      if (to > from) spans.push({ at: piece.at + from, offset: span.offset + from - span.at, length: to - from });
    }
    behind = end;
  }
  return behind === total ? { bytes, spans } : undefined;
}

import { putAddress } from './keys';
import type { Frame, Span } from './layer';
import type { SipReader } from './sip';

/** What carried a message; the numbers of the `transport` columns. */
export const carriers = { udp: 1, tcp: 2, webSocket: 4, sctp: 6, text: 7 } as const;

/** One SIP message as seen once on the wire. Lent until the call returns. */
export interface Sighting {
  bytes: Uint8Array;
  /** The message in `bytes`, start line to end of body. */
  from: number;
  to: number;
  /** File offset of `bytes[0]`; meaningless where `spans` is set. */
  base: number;
  /** Where `bytes` lies in the file, where it was put together. */
  spans: readonly Span[] | undefined;
  /** Time and frame number of the packet that completed it. */
  time: number;
  number: number;
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  sourcePort: number;
  targetPort: number;
  /** See `carriers`. */
  carrier: number;
  /** Not all of it was captured. */
  cut: boolean;
  /** A stream ended or lost bytes before the message did. */
  partial: boolean;
}

export function createSighting(): Sighting {
  return {
    bytes: new Uint8Array(0),
    from: 0,
    to: 0,
    base: 0,
    spans: undefined,
    time: NaN,
    number: 0,
    source: new Uint32Array(4),
    target: new Uint32Array(4),
    sourcePort: 0,
    targetPort: 0,
    carrier: carriers.udp,
    cut: false,
    partial: false,
  };
}

/** Reads the SIP message of a datagram. False = it carries none. */
export function sightDatagram(sighting: Sighting, reader: SipReader, frame: Frame): boolean {
  const { bytes } = frame;
  let { at } = frame;
  // CRLF before a start line is passed over (RFC 3261 §7.5)
  while (at < frame.end && (bytes[at] === 13 || bytes[at] === 10)) at++;
  if (!reader.read(bytes, at, frame.end)) return false;
  const { start, body, contentLength } = reader.message;
  const to = contentLength < 0 ? frame.end : body + contentLength;
  sighting.bytes = bytes;
  sighting.from = start;
  sighting.to = Math.min(frame.end, to);
  sighting.base = frame.base;
  sighting.spans = frame.spans;
  sighting.time = frame.time;
  sighting.number = frame.number;
  putAddress(sighting.source, 0, frame.source);
  putAddress(sighting.target, 0, frame.target);
  sighting.sourcePort = frame.sourcePort;
  sighting.targetPort = frame.targetPort;
  sighting.cut = to > frame.end || (frame.cut && contentLength < 0);
  return true;
}

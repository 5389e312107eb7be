/**
 * SCTP (RFC 9260 §3): `source(2) target(2) tag(4) checksum(4)`, then chunks `type(1) flags(1) length(2)`. A DATA chunk (0)
 * goes on `TSN(4) stream(2) sequence(2) protocol(4)`; SIP has one message in each (RFC 4168 §5). Messages cut over several
 * chunks (flags without B or E) are not put together.
 */
import { layer, type Frame, type Layer } from './layer';

const whole = 3;

export function sctp(frame: Frame): Layer {
  if (frame.end - frame.at < 12) return layer.none;
  frame.sourcePort = frame.view.getUint16(frame.at);
  frame.targetPort = frame.view.getUint16(frame.at + 2);
  frame.at += 12;
  return layer.chunks;
}

/** Calls `each` with the frame set to the payload of every whole DATA chunk. */
export function eachChunk(frame: Frame, each: (frame: Frame) => void): void {
  const { end, bytes, view } = frame;
  let { at } = frame;
  while (end - at >= 4) {
    const size = view.getUint16(at + 2);
    if (size < 4 || at + size > end) return;
    if (bytes[at] === 0 && size > 16 && (bytes[at + 1]! & whole) === whole) {
      frame.at = at + 16;
      frame.end = at + size;
      each(frame);
    }
    at += size + ((4 - (size % 4)) % 4);
  }
}

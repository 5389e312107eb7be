/** UDP (RFC 768): `source(2) target(2) length(2) checksum(2)`. Names tunnels by port, but SIP text comes first. */
import { isHep } from './hep';
import { isSipStart } from './sip-start';
import { layer, type Frame, type Layer } from './layer';

export function udp(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 8) return layer.none;
  frame.sourcePort = (bytes[at]! << 8) | bytes[at + 1]!;
  frame.targetPort = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  const length = (bytes[at + 4]! << 8) | bytes[at + 5]!;
  frame.at = at + 8;
  if (length >= 8) {
    if (at + length <= frame.end) frame.end = at + length;
    else frame.cut = true;
  }
  switch (frame.targetPort) {
    case 4789:
      return tunnel(frame, layer.vxlan);
    case 6081:
      return tunnel(frame, layer.geneve);
    case 2152:
      return tunnel(frame, layer.gtp);
    default:
      return isHep(frame.bytes, frame.at, frame.end) ? layer.hep : layer.datagram;
  }
}

const tunnel = (frame: Frame, inner: Layer): Layer =>
  isSipStart(frame.bytes, frame.at, frame.end) ? layer.datagram : inner;

/**
 * MPLS (RFC 3032 §2.1): `label(20 bits) class(3) bottom(1) ttl(8)` until bottom is set. What follows is not named:
 * an IP version in the first four bits, else Ethernet as a pseudowire, with a zero control word (RFC 4385 §3) or without.
 */
import { layer, type Frame, type Layer } from './layer';

export function mpls(frame: Frame): Layer {
  const { bytes } = frame;
  let bottom = false;
  while (!bottom) {
    if (frame.end - frame.at < 4) return layer.none;
    bottom = (bytes[frame.at + 2]! & 1) === 1;
    frame.at += 4;
  }
  if (frame.end - frame.at < 4) return layer.none;
  const version = bytes[frame.at]! >> 4;
  if (version === 4) return layer.ipv4;
  if (version === 6) return layer.ipv6;
  if (frame.view.getUint16(frame.at) === 0) frame.at += 4;
  return layer.ethernet;
}

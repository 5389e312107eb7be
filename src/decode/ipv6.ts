/**
 * IPv6 (RFC 8200 §3): `version+class+flow(4) length(2) next(1) hops(1) source(16) target(16)`, then extension headers:
 * `next(1) length(1, in 8 bytes, without the first 8) …`; the fragment header is `next(1) 0 offset+more(2) id(4)`.
 */
import { byIpProtocol, layer, type Frame, type Layer } from './layer';

export function ipv6(frame: Frame): Layer {
  const { bytes, view } = frame;
  let { at } = frame;
  if (frame.end - at < 40 || bytes[at]! >> 4 !== 6) return layer.none;
  const length = (bytes[at + 4]! << 8) | bytes[at + 5]!;
  // 0 = jumbogram, or segmentation left to the network card
  if (length > 0) {
    if (at + 40 + length <= frame.end) frame.end = at + 40 + length;
    else frame.cut = true;
  }
  for (let word = 0; word < 4; word++) {
    frame.source[word] = view.getUint32(at + 8 + word * 4);
    frame.target[word] = view.getUint32(at + 24 + word * 4);
  }
  frame.dscp = ((bytes[at]! & 15) << 2) | (bytes[at + 1]! >> 6);
  let next = bytes[at + 6]!;
  at += 40;
  for (;;) {
    if (next === 44) return fragment(frame, at);
    // hop-by-hop, routing, destination options, mobility, HIP, shim6; authentication counts in 4 bytes
    const isOptions = next === 0 || next === 43 || next === 60 || next === 135 || next === 139 || next === 140;
    if (!isOptions && next !== 51) break;
    if (frame.end - at < 8) return layer.none;
    const size = next === 51 ? (bytes[at + 1]! + 2) * 4 : (bytes[at + 1]! + 1) * 8;
    next = bytes[at]!;
    at += size;
    if (at > frame.end) return layer.none;
  }
  frame.at = at;
  return byIpProtocol(next);
}

function fragment(frame: Frame, at: number): Layer {
  const { bytes, view } = frame;
  if (frame.end - at < 8) return layer.none;
  const place = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  frame.next = bytes[at]!;
  frame.at = at + 8;
  // an «atomic» fragment is whole (RFC 6946)
  if ((place & 0xfff9) === 0) return byIpProtocol(frame.next);
  frame.fragmentAt = place & 0xfff8;
  frame.fragmentMore = (place & 1) !== 0;
  frame.fragmentId = view.getUint32(at + 4);
  return layer.fragment;
}

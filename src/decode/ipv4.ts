/**
 * IPv4 (RFC 791 §3.1): `version+ihl tos length(2) id(2) flags+offset(2) ttl protocol checksum(2) source(4) target(4)`.
 * `ip` is raw IP, where the first four bits say which version it is.
 */
import { byIpProtocol, layer, type Frame, type Layer } from './layer';

export function ip(frame: Frame): Layer {
  if (frame.at >= frame.end) return layer.none;
  const version = frame.bytes[frame.at]! >> 4;
  return version === 4 ? layer.ipv4 : version === 6 ? layer.ipv6 : layer.none;
}

export function ipv4(frame: Frame): Layer {
  const { at, bytes, view } = frame;
  if (frame.end - at < 20) return layer.none;
  const first = bytes[at]!;
  const header = (first & 15) * 4;
  if (first >> 4 !== 4 || header < 20 || frame.end - at < header) return layer.none;
  const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  // a length of 0 is written by hosts that leave the segmentation to the network card
  if (length >= header) {
    if (at + length <= frame.end) frame.end = at + length;
    else frame.cut = true;
  }
  frame.dscp = bytes[at + 1]! >> 2;
  mapped(frame.source)[3] = view.getUint32(at + 12);
  mapped(frame.target)[3] = view.getUint32(at + 16);
  frame.at = at + header;
  const fragment = (bytes[at + 6]! << 8) | bytes[at + 7]!;
  if ((fragment & 0x3fff) === 0) return byIpProtocol(bytes[at + 9]!);
  frame.next = bytes[at + 9]!;
  frame.fragmentId = (bytes[at + 4]! << 8) | bytes[at + 5]!;
  frame.fragmentAt = (fragment & 0x1fff) * 8;
  frame.fragmentMore = (fragment & 0x2000) !== 0;
  return layer.fragment;
}

function mapped(words: Uint32Array): Uint32Array {
  words[0] = 0;
  words[1] = 0;
  words[2] = 0xffff;
  return words;
}

/**
 * Ethernet II and IEEE 802.3: `dst(6) src(6) type(2)`. A type up to 1500 is a length, and LLC follows (IEEE 802.2).
 * 802.1Q, 802.1ad: `tci(2) type(2)`, any number of tags. LLC with SNAP: `aa aa 03 oui(3) type(2)` (RFC 1042).
 */
import { byEtherType, layer, type Frame, type Layer } from './layer';

export function ethernet(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 14) return layer.none;
  frame.at = at + 14;
  return byEtherType((frame.bytes[at + 12]! << 8) | frame.bytes[at + 13]!);
}

export function vlan(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 4) return layer.none;
  frame.at = at + 4;
  return byEtherType((frame.bytes[at + 2]! << 8) | frame.bytes[at + 3]!);
}

export function llc(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 8 || bytes[at] !== 0xaa || bytes[at + 1] !== 0xaa || bytes[at + 2] !== 3) return layer.none;
  const type = (bytes[at + 6]! << 8) | bytes[at + 7]!;
  if (type <= 1500) return layer.none;
  frame.at = at + 8;
  return byEtherType(type);
}

/**
 * Linux cooked capture (LINKTYPE 113): `packet-type(2) arphrd(2) address-length(2) address(8) protocol(2)`;
 * version 2 (LINKTYPE 276): `protocol(2) reserved(2) interface(4) arphrd(2) packet-type(1) address-length(1) address(8)`.
 */
import { byEtherType, layer, type Frame, type Layer } from './layer';

export function sll(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 16) return layer.none;
  frame.at = at + 16;
  return byProtocol(frame, at + 14);
}

export function sll2(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 20) return layer.none;
  frame.at = at + 20;
  return byProtocol(frame, at);
}

function byProtocol(frame: Frame, at: number): Layer {
  const protocol = (frame.bytes[at]! << 8) | frame.bytes[at + 1]!;
  // below 0x600 stand Linux's own numbers; 4 is 802.2 LLC
  if (protocol < 0x600) return protocol === 4 ? layer.llc : layer.none;
  return byEtherType(protocol);
}

/**
 * PPPoE session (RFC 2516 §4): `11 code session(2) length(2)`, then PPP (RFC 1661 §2): `[ff 03] protocol(1 or 2)`.
 * Cisco HDLC (LINKTYPE 104): `address(1) control(1) ethertype(2)`.
 */
import { byEtherType, layer, type Frame, type Layer } from './layer';

export function pppoe(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 6 || bytes[at] !== 0x11 || bytes[at + 1] !== 0) return layer.none;
  frame.at = at + 6;
  frame.end = Math.min(frame.end, frame.at + frame.view.getUint16(at + 4));
  return layer.ppp;
}

export function ppp(frame: Frame): Layer {
  const { bytes } = frame;
  if (frame.end - frame.at < 4) return layer.none;
  // LINKTYPE 50 is PPP or Cisco HDLC, whose address is 0f or 8f
  if ((bytes[frame.at]! & 0x7f) === 0x0f && bytes[frame.at + 1] === 0) return layer.chdlc;
  if (bytes[frame.at] === 0xff && bytes[frame.at + 1] === 3) frame.at += 2;
  let protocol = bytes[frame.at++]!;
  // an odd first byte is a compressed protocol field (RFC 1661 §6.5)
  if ((protocol & 1) === 0) protocol = (protocol << 8) | bytes[frame.at++]!;
  if (protocol === 0x21) return layer.ipv4;
  if (protocol === 0x57) return layer.ipv6;
  return protocol === 0x281 ? layer.mpls : layer.none;
}

export function chdlc(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 4) return layer.none;
  frame.at = at + 4;
  const type = frame.view.getUint16(at + 2);
  return type <= 1500 ? layer.none : byEtherType(type);
}

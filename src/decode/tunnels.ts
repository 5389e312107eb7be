/**
 * Tunnels in UDP. VXLAN (RFC 7348 §5): `flags(1) 0(3) vni(3) 0(1)`. GENEVE (RFC 8926 §3.4): `version+options(1)
 * flags(1) protocol(2) vni(3) 0(1) options(4·n)`. GTP-U (3GPP TS 29.281 §5.1): `flags(1) type(1) length(2) teid(4)
 * [sequence(2) n-pdu(1) extension(1)]`, extensions `length(1, in 4 bytes) … next(1)`; type 255 carries a packet.
 */
import { byEtherType, layer, type Frame, type Layer } from './layer';

export function vxlan(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 8 || (bytes[at]! & 8) === 0) return layer.none;
  frame.at = at + 8;
  return layer.ethernet;
}

export function geneve(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 8 || bytes[at]! >> 6 !== 0) return layer.none;
  frame.at = at + 8 + (bytes[at]! & 0x3f) * 4;
  const type = frame.view.getUint16(at + 2);
  return frame.at >= frame.end || type <= 1500 ? layer.none : byEtherType(type);
}

export function gtp(frame: Frame): Layer {
  const { bytes } = frame;
  let { at } = frame;
  if (frame.end - at < 8) return layer.none;
  const flags = bytes[at]!;
  // version 1, protocol type GTP
  if ((flags & 0xf0) !== 0x30 || bytes[at + 1] !== 255) return layer.none;
  frame.end = Math.min(frame.end, at + 8 + frame.view.getUint16(at + 2));
  at += 8;
  if (flags & 7) {
    if (frame.end - at < 4) return layer.none;
    let extension = flags & 4 ? bytes[at + 3]! : 0;
    at += 4;
    while (extension !== 0) {
      const size = (bytes[at] ?? 0) * 4;
      if (size === 0 || at + size > frame.end) return layer.none;
      extension = bytes[at + size - 1]!;
      at += size;
    }
  }
  frame.at = at;
  return layer.ip;
}

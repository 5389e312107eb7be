/**
 * GRE (RFC 2784 §2, RFC 2890 §2; version 1 RFC 2637 §4.1): `flags+version(2) protocol(2) [checksum(4)] [key(4)]
 * [sequence(4)] [acknowledged(4)]`. ERSPAN (draft-foschiano-erspan): type I without, II with 8, III with 12 (+ 8) bytes.
 */
import { byEtherType, layer, type Frame, type Layer } from './layer';

export function gre(frame: Frame): Layer {
  const { at, view } = frame;
  if (frame.end - at < 4) return layer.none;
  const flags = view.getUint16(at);
  const protocol = view.getUint16(at + 2);
  const version = flags & 7;
  if (version > 1) return layer.none;
  let size = 4;
  // checksum or source routing; routing itself (deprecated by RFC 2784) is not walked
  if (flags & 0x4000) return layer.none;
  if (flags & 0x8000) size += 4;
  if (flags & 0x2000) size += 4;
  if (flags & 0x1000) size += 4;
  if (version === 1 && flags & 0x80) size += 4;
  frame.at = at + size;
  if (frame.at > frame.end) return layer.none;
  if (protocol === 0x88be) return flags & 0x1000 ? layer.erspan2 : layer.ethernet;
  if (protocol === 0x22eb) return layer.erspan3;
  return protocol <= 1500 ? layer.none : byEtherType(protocol);
}

export function erspan2(frame: Frame): Layer {
  frame.at += 8;
  return frame.at < frame.end ? layer.ethernet : layer.none;
}

export function erspan3(frame: Frame): Layer {
  if (frame.end - frame.at < 12) return layer.none;
  const frameType = (frame.bytes[frame.at + 10]! >> 3) & 0x1f;
  const hasSubheader = (frame.bytes[frame.at + 11]! & 1) === 1;
  frame.at += hasSubheader ? 20 : 12;
  if (frame.at >= frame.end) return layer.none;
  return frameType === 0 ? layer.ethernet : frameType === 2 ? layer.ip : layer.none;
}

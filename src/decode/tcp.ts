/** TCP header (RFC 9293 §3.1): `source(2) target(2) sequence(4) acknowledged(4) offset+flags(2) window(2) sum(2) urgent(2)`. */
import { layer, type Frame, type Layer } from './layer';

export const tcpFlag = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;

export function tcp(frame: Frame): Layer {
  const { at, bytes } = frame;
  if (frame.end - at < 20) return layer.none;
  const header = (bytes[at + 12]! >> 4) * 4;
  if (header < 20 || frame.end - at < header) return layer.none;
  frame.sourcePort = (bytes[at]! << 8) | bytes[at + 1]!;
  frame.targetPort = (bytes[at + 2]! << 8) | bytes[at + 3]!;
  frame.sequence = frame.view.getUint32(at + 4);
  frame.acknowledged = frame.view.getUint32(at + 8);
  frame.tcpFlags = bytes[at + 13]!;
  frame.at = at + header;
  return layer.segment;
}

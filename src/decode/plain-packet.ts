/**
 * The usual packet in one step: Ethernet II, IPv4 without options, UDP, all in one piece. What `walk` gives layer by layer,
 * at a third of its price; of a capture nine packets in ten are so.
 */
import type { Frame } from './layer';

/** False = not that; then nothing of the frame has changed. */
export function plainDatagram(frame: Frame): boolean {
  const { bytes, at, view } = frame;
  const room = frame.end - at - 14;
  if (room < 28 || bytes[at + 12] !== 8 || bytes[at + 13] !== 0 || bytes[at + 14] !== 0x45) return false;
  const isFragment = (bytes[at + 20]! & 0x3f) !== 0 || bytes[at + 21] !== 0;
  if (bytes[at + 23] !== 17 || isFragment) return false;
  const length = (bytes[at + 16]! << 8) | bytes[at + 17]!;
  const size = (bytes[at + 38]! << 8) | bytes[at + 39]!;
  if (length > room || size < 8 || size > length - 20) return false;
  const port = (bytes[at + 36]! << 8) | bytes[at + 37]!;
  // may be a tunnel (`udp.ts`)
  if (port === 4789 || port === 6081 || port === 2152 || bytes[at + 42] === 0x48) return false;
  const { source, target } = frame;
  source[0] = source[1] = target[0] = target[1] = 0;
  source[2] = target[2] = 0xffff;
  source[3] = view.getUint32(at + 26);
  target[3] = view.getUint32(at + 30);
  frame.dscp = bytes[at + 15]! >> 2;
  frame.sourcePort = (bytes[at + 34]! << 8) | bytes[at + 35]!;
  frame.targetPort = port;
  frame.at = at + 42;
  frame.end = at + 34 + size;
  return true;
}

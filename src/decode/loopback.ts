/**
 * BSD loopback (LINKTYPE 0, byte order of the capturing host) and OpenBSD loopback (108, network order): `family(4)`.
 * AF_INET is 2 everywhere, AF_INET6 10, 24, 28 or 30 by system.
 */
import { layer, type Frame, type Layer } from './layer';

export function loopback(frame: Frame): Layer {
  const { at } = frame;
  if (frame.end - at < 4) return layer.none;
  frame.at = at + 4;
  const family = frame.view.getUint32(at, true);
  // the file's byte order is not always the host's, and families are small: take the order that makes it small
  switch (family > 0xffff ? frame.view.getUint32(at) : family) {
    case 2:
      return layer.ipv4;
    case 10:
    case 24:
    case 28:
    case 30:
      return layer.ipv6;
    default:
      return layer.none;
  }
}

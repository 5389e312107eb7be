import { layer, type Layer } from './layer';

/** LINKTYPE number (www.tcpdump.org/linktypes.html) → its first layer; undefined where it is not decoded. */
export function byLinkType(link: number): Layer | undefined {
  switch (link) {
    case 1:
      return layer.ethernet;
    case 0:
    case 108:
      return layer.loopback;
    // 12 and 14 are the DLT numbers of raw IP, written by systems that store the DLT instead of the LINKTYPE
    case 12:
    case 14:
    case 101:
      return layer.ip;
    case 228:
      return layer.ipv4;
    case 229:
      return layer.ipv6;
    case 113:
      return layer.sll;
    case 276:
      return layer.sll2;
    case 9:
    case 50:
      return layer.ppp;
    case 104:
      return layer.chdlc;
    default:
      return undefined;
  }
}

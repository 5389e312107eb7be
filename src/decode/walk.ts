import { erspan2, erspan3, gre } from './gre';
import { ethernet, llc, vlan } from './ethernet';
import { hep } from './hep';
import { ip, ipv4 } from './ipv4';
import { ipv6 } from './ipv6';
import { byIpProtocol, layer, type Frame, type Layer } from './layer';
import { loopback } from './loopback';
import { mpls } from './mpls';
import { plainDatagram } from './plain-packet';
import { chdlc, ppp, pppoe } from './ppp';
import { sctp } from './sctp';
import { sll, sll2 } from './sll';
import { tcp } from './tcp';
import { geneve, gtp, vxlan } from './tunnels';
import { udp } from './udp';
import type { Fragments } from './fragments';

/** Layers in a packet; a hostile one nests tunnels until its bytes end. */
const maxLayers = 32;

/**
 * Runs the layers of a packet from `first` on. The result is `datagram`, `segment` (their payload is `at`..`end`) or
 * `none`. A fragment that completes its datagram goes on with the bytes of the whole.
 */
export function walk(frame: Frame, first: Layer, fragments: Fragments): Layer {
  if (first === layer.ethernet && plainDatagram(frame)) return layer.datagram;
  let next: Layer = first;
  for (let depth = 0; depth < maxLayers; depth++) {
    switch (next) {
      case layer.ethernet:
        next = ethernet(frame);
        break;
      case layer.ipv4:
        next = ipv4(frame);
        break;
      case layer.udp:
        next = udp(frame);
        break;
      case layer.datagram:
      case layer.segment:
      case layer.chunks:
      case layer.none:
        return next;
      case layer.tcp:
        next = tcp(frame);
        break;
      case layer.ipv6:
        next = ipv6(frame);
        break;
      case layer.vlan:
        next = vlan(frame);
        break;
      case layer.ip:
        next = ip(frame);
        break;
      case layer.fragment:
        next = fragments.add(frame) ? layer.inner : layer.none;
        break;
      case layer.inner:
        next = byIpProtocol(frame.next);
        break;
      case layer.llc:
        next = llc(frame);
        break;
      case layer.sll:
        next = sll(frame);
        break;
      case layer.sll2:
        next = sll2(frame);
        break;
      case layer.loopback:
        next = loopback(frame);
        break;
      case layer.mpls:
        next = mpls(frame);
        break;
      case layer.pppoe:
        next = pppoe(frame);
        break;
      case layer.ppp:
        next = ppp(frame);
        break;
      case layer.chdlc:
        next = chdlc(frame);
        break;
      case layer.gre:
        next = gre(frame);
        break;
      case layer.erspan2:
        next = erspan2(frame);
        break;
      case layer.erspan3:
        next = erspan3(frame);
        break;
      case layer.vxlan:
        next = vxlan(frame);
        break;
      case layer.geneve:
        next = geneve(frame);
        break;
      case layer.hep:
        next = hep(frame);
        break;
      case layer.sctp:
        next = sctp(frame);
        break;
      case layer.gtp:
        next = gtp(frame);
        break;
      default:
        next satisfies never;
        return layer.none;
    }
  }
  return layer.none;
}

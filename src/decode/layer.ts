/**
 * The one mutable object that walks through the layers of a packet. A layer is a function in its own file: it reads its
 * header at `frame.at`, moves `at` behind it, trims `end` where its length field says so, and returns the id of the
 * layer that follows. `walk.ts` runs them. One frame serves a whole capture, so a packet costs no allocation.
 */
export interface Frame {
  /** Where the packet lies: a chunk of the file, or a datagram put together from fragments. Lent. */
  bytes: Uint8Array;
  view: DataView;
  /** File offset of `bytes[0]`; meaningless while `spans` is set. */
  base: number;
  /** What the next layer may read. */
  at: number;
  end: number;
  /** Frame number in the file, from 1. */
  number: number;
  /** µs since the epoch, NaN where the record has none. */
  time: number;
  /** File offset and length of the captured bytes, length on the wire. */
  offset: number;
  captured: number;
  length: number;
  /** LINKTYPE number. */
  link: number;
  /** Some layer says that more bytes were on the wire than are here. */
  cut: boolean;
  /** IPv4 addresses lie in word 3, behind the IPv4-mapped prefix of RFC 4291 §2.5.5.2. */
  readonly source: Uint32Array;
  readonly target: Uint32Array;
  sourcePort: number;
  targetPort: number;
  /** Differentiated services code point of the IP header (RFC 2474 §3). */
  dscp: number;
  /** Where the bytes of a reassembled datagram lie in the file. */
  spans: readonly Span[] | undefined;
  /** Left by one layer for the next: EtherType, IP protocol, … */
  next: number;
  /** Of the fragment at hand. */
  fragmentId: number;
  fragmentAt: number;
  fragmentMore: boolean;
  /** Of the TCP segment at hand. */
  sequence: number;
  acknowledged: number;
  tcpFlags: number;
}

/** `length` bytes that stand at `at` of some text lie at `offset` of the file. */
export interface Span {
  readonly at: number;
  readonly offset: number;
  readonly length: number;
  /** Key of a masked WebSocket frame, to be applied from the first byte of the span on; absent or 0 = plain. */
  readonly mask?: number;
}

/** Where a packet lies in its file. */
export interface PacketPlace {
  readonly time: number;
  readonly number: number;
  readonly offset: number;
  readonly captured: number;
  readonly length: number;
  readonly link: number;
}
export const placeOf = ({ time, number, offset, captured, length, link }: PacketPlace): PacketPlace => ({
  time,
  number,
  offset,
  captured,
  length,
  link,
});

export const layer = {
  /** Nothing more to read: no evidence, or a protocol that carries none. */
  none: 0,
  ethernet: 1,
  vlan: 2,
  llc: 3,
  sll: 4,
  sll2: 5,
  loopback: 6,
  ip: 7,
  ipv4: 8,
  ipv6: 9,
  fragment: 10,
  udp: 11,
  tcp: 12,
  mpls: 13,
  pppoe: 14,
  ppp: 15,
  gre: 16,
  vxlan: 17,
  geneve: 18,
  gtp: 19,
  /** `frame.next` holds an IP protocol number. */
  inner: 20,
  chdlc: 21,
  erspan2: 22,
  erspan3: 23,
  hep: 24,
  sctp: 25,
  /** `at`..`end` is the payload of a UDP datagram, of a TCP segment. */
  datagram: 30,
  segment: 31,
  /** Chunks of an SCTP packet. */
  chunks: 32,
} as const;
export type Layer = (typeof layer)[keyof typeof layer];

export function createFrame(): Frame {
  const bytes = new Uint8Array(0);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    base: 0,
    at: 0,
    end: 0,
    number: 0,
    time: NaN,
    offset: 0,
    captured: 0,
    length: 0,
    link: 0,
    cut: false,
    source: new Uint32Array(4),
    target: new Uint32Array(4),
    sourcePort: 0,
    targetPort: 0,
    dscp: 0,
    spans: undefined,
    next: 0,
    fragmentId: 0,
    fragmentAt: 0,
    fragmentMore: false,
    sequence: 0,
    acknowledged: 0,
    tcpFlags: 0,
  };
}

/** EtherType (IEEE 802 numbers) → layer. */
export function byEtherType(type: number): Layer {
  switch (type) {
    case 0x0800:
      return layer.ipv4;
    case 0x86dd:
      return layer.ipv6;
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x9200:
    case 0x9300:
      return layer.vlan;
    case 0x8847:
    case 0x8848:
      return layer.mpls;
    case 0x8864:
      return layer.pppoe;
    case 0x880b:
      return layer.ppp;
    case 0x6558:
      return layer.ethernet;
    default:
      return type <= 1500 ? layer.llc : layer.none;
  }
}

/** IP protocol number (IANA) → layer. */
export function byIpProtocol(protocol: number): Layer {
  switch (protocol) {
    case 17:
      return layer.udp;
    case 6:
      return layer.tcp;
    case 4:
      return layer.ipv4;
    case 41:
      return layer.ipv6;
    case 132:
      return layer.sctp;
    case 47:
      return layer.gre;
    default:
      return layer.none;
  }
}

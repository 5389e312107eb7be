/** Draws captures: classic pcap and pcapng, with correct checksums and TCP sequence numbers. */

export interface DrawnPacket {
  /** Seconds since the epoch, with fraction. */
  readonly time: number;
  /** `192.0.2.1:5060`, `[2001:db8::1]:5060`. */
  readonly from: string;
  readonly to: string;
  readonly transport: 'udp' | 'tcp';
  readonly payload?: string | Uint8Array;
  /** TCP flags beside ACK and PSH, e.g. `syn`. */
  readonly flags?: readonly ('syn' | 'fin' | 'rst')[];
  /** TCP: offset of the payload in its flow, instead of the place behind what was sent before. */
  readonly sequence?: number;
  /** Cut the IP payload into fragments of at most so many bytes (a multiple of 8). */
  readonly fragment?: number;
  /** What the capture misses of it: everything, or the fragment of that index. */
  readonly missing?: 'all' | number;
  /** pcapng: written beside it, in an enhanced block. */
  readonly comment?: string;
  /** pcapng: index of the interface. */
  readonly interface?: number;
  /** Capture no more than so many bytes. */
  readonly snaplen?: number;
  /** Differentiated services code point (IPv4). */
  readonly dscp?: number;
}

export type Link = 0 | 1 | 12 | 14 | 101 | 108 | 113 | 228 | 229 | 276;

export interface CaptureOptions {
  readonly order?: 'little' | 'big';
  readonly resolution?: 'us' | 'ns';
  readonly linkType?: Link;
  /** VLAN ids, outer first (Ethernet only). */
  readonly vlan?: readonly number[];
  /** Kuznetzov's modified format with 24-byte record headers. */
  readonly modified?: boolean;
}

export interface DrawnInterface {
  readonly linkType?: Link;
  /** `if_tsresol` as written in the file: 6 = µs (default), 9 = ns, 0x80 | n = 2^-n s. */
  readonly resolution?: number;
  /** `if_tsoffset`, seconds. */
  readonly offset?: number;
}

export interface PcapngOptions {
  readonly order?: 'little' | 'big';
  readonly interfaces?: readonly DrawnInterface[];
  readonly vlan?: readonly number[];
  /** Which block holds packets; a simple packet has no time and only interface 0. */
  readonly block?: 'enhanced' | 'simple' | 'obsolete';
  /** Written beside the section. */
  readonly comment?: string;
  /** Address → name. */
  readonly names?: Readonly<Record<string, string>>;
  /** A block of TLS secrets. */
  readonly secrets?: boolean;
}

interface Frame {
  readonly time: number;
  readonly bytes: Uint8Array;
  readonly captured: number;
  readonly interface: number;
}

export const bytesOf = (value: string | Uint8Array): Uint8Array =>
  typeof value === 'string' ? new TextEncoder().encode(value) : value;

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Classic pcap. */
export function pcap(packets: readonly DrawnPacket[], options: CaptureOptions = {}): Uint8Array {
  const little = options.order !== 'big';
  const nano = options.resolution === 'ns';
  const magic = options.modified ? 0xa1b2cd34 : nano ? 0xa1b23c4d : 0xa1b2c3d4;
  const link = options.linkType ?? 1;
  const write = (...values: readonly number[]): Uint8Array => words(values, little);
  const head = new Uint8Array(24);
  head.set(write(magic), 0);
  const view = new DataView(head.buffer);
  view.setUint16(4, 2, little);
  view.setUint16(6, 4, little);
  view.setUint32(16, 262144, little);
  view.setUint32(20, link, little);
  const state: State = { sequences: new Map(), identification: 0 };
  const records = packets
    .flatMap((packet) => frames(packet, link, options.vlan ?? [], state))
    .map((frame) => {
      const units = nano ? 1e9 : 1e6;
      const [seconds, fraction] = split(frame.time, units);
      const header = write(seconds, fraction, frame.captured, frame.bytes.length);
      const extra = options.modified ? new Uint8Array(8) : new Uint8Array(0);
      return joined(header, extra, frame.bytes.subarray(0, frame.captured));
    });
  return joined(head, ...records);
}

const padded = (bytes: Uint8Array): Uint8Array => joined(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));
const option = (code: number, value: Uint8Array, little: boolean): Uint8Array =>
  joined(half([code, value.length], little), padded(value));

/** One section of pcapng; sections may be joined one after the other. */
export function pcapng(packets: readonly DrawnPacket[], options: PcapngOptions = {}): Uint8Array {
  const little = options.order !== 'big';
  const interfaces = options.interfaces ?? [{}];
  const block = (type: number, body: Uint8Array): Uint8Array => {
    const whole = padded(body);
    const length = whole.length + 12;
    return joined(words([type, length], little), whole, words([length], little));
  };
  const comment = (said: string | undefined): Uint8Array =>
    said ? option(1, bytesOf(said), little) : new Uint8Array(0);
  const section = joined(
    words([0x1a2b3c4d], little),
    half([1, 0], little),
    words([0xffffffff, 0xffffffff], little),
    comment(options.comment),
  );
  const names = Object.entries(options.names ?? {}).map(([address, name]) => {
    const bytes = endpoint(address).address;
    return option(bytes.length === 4 ? 1 : 2, joined(bytes, bytesOf(name), Uint8Array.of(0)), little);
  });
  const state: State = { sequences: new Map(), identification: 0 };
  const described = interfaces.map((one) => {
    const options: Uint8Array[] = [];
    if (one.resolution !== undefined) options.push(half([9, 1], little), Uint8Array.of(one.resolution, 0, 0, 0));
    if (one.offset !== undefined) {
      const value = new DataView(new ArrayBuffer(8));
      value.setBigInt64(0, BigInt(one.offset), little);
      options.push(half([14, 8], little), new Uint8Array(value.buffer));
    }
    if (options.length > 0) options.push(half([0, 0], little));
    return block(1, joined(half([one.linkType ?? 1, 0], little), words([262144], little), ...options));
  });
  const blocks = packets.flatMap((packet) => {
    const one = interfaces[packet.interface ?? 0]!;
    return frames(packet, one.linkType ?? 1, options.vlan ?? [], state).map((frame) => {
      const captured = frame.bytes.subarray(0, frame.captured);
      if (options.block === 'simple') return block(3, joined(words([frame.bytes.length], little), captured));
      const resolution = one.resolution ?? 6;
      const units = resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution;
      const ticks = timeIn(frame.time - (one.offset ?? 0), units);
      const sizes = [Number(ticks >> 32n), Number(ticks & 0xffffffffn), captured.length, frame.bytes.length];
      if (options.block === 'obsolete') {
        return block(2, joined(half([frame.interface, 0], little), words(sizes, little), captured));
      }
      return block(6, joined(words([frame.interface, ...sizes], little), padded(captured), comment(packet.comment)));
    });
  });
  return joined(
    block(0x0a0d0d0a, section),
    ...described,
    ...(names.length > 0 ? [block(4, joined(...names))] : []),
    ...(options.secrets ? [block(10, joined(words([0x544c534b, 4], little), bytesOf('keys')))] : []),
    ...blocks,
  );
}

function frames(packet: DrawnPacket, link: Link, vlan: readonly number[], state: State): Frame[] {
  const from = endpoint(packet.from);
  const to = endpoint(packet.to);
  const payload = bytesOf(packet.payload ?? '');
  const segment = packet.transport === 'udp' ? udp(from, to, payload) : tcp(packet, from, to, payload, state.sequences);
  const six = from.address.length === 16;
  const protocol = packet.transport === 'udp' ? 17 : 6;
  const id = (state.identification = (state.identification + 1) & 0xffff);
  const pieces = internet(from.address, to.address, protocol, segment, id, packet.fragment, packet.dscp);
  const seen = pieces.filter((_, n) => packet.missing !== 'all' && packet.missing !== n);
  return seen.map((datagram) => {
    const bytes = linked(datagram, six, link, vlan);
    const captured = Math.min(bytes.length, packet.snaplen ?? bytes.length);
    return { time: packet.time, bytes, captured, interface: packet.interface ?? 0 };
  });
}

interface State {
  /** Next TCP sequence number by flow. */
  readonly sequences: Map<string, number>;
  identification: number;
}

interface Endpoint {
  readonly address: Uint8Array;
  readonly port: number;
}

function endpoint(text: string): Endpoint {
  const colon = text.lastIndexOf(':');
  return { address: address(text.slice(0, colon).replace(/[[\]]/g, '')), port: Number(text.slice(colon + 1)) };
}

function address(text: string): Uint8Array {
  if (!text.includes(':')) return Uint8Array.from(text.split('.').map(Number));
  const [head = '', tail] = text.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const middle = new Array<number>(8 - left.length - right.length).fill(0);
  return half([...left, ...middle, ...right], false);
}

function udp(from: Endpoint, to: Endpoint, payload: Uint8Array): Uint8Array {
  const segment = joined(half([from.port, to.port, payload.length + 8, 0], false), payload);
  seal(segment, 6, from, to, 17);
  return segment;
}

function tcp(
  packet: DrawnPacket,
  from: Endpoint,
  to: Endpoint,
  payload: Uint8Array,
  sequences: Map<string, number>,
): Uint8Array {
  const flow = `${packet.from}>${packet.to}`;
  const start = 1000;
  const flags = packet.flags ?? [];
  const next = sequences.get(flow) ?? (flags.includes('syn') ? start - 1 : start);
  const sequence = packet.sequence === undefined ? next : start + packet.sequence;
  const behind = sequence + payload.length + (flags.includes('syn') || flags.includes('fin') ? 1 : 0);
  sequences.set(flow, Math.max(next, behind));
  const answered = sequences.get(`${packet.to}>${packet.from}`);
  const opening = flags.includes('syn') && answered === undefined;
  const bits =
    (opening ? 0 : 0x10) |
    (payload.length > 0 ? 8 : 0) |
    (flags.includes('fin') ? 1 : 0) |
    (flags.includes('syn') ? 2 : 0) |
    (flags.includes('rst') ? 4 : 0);
  const segment = joined(
    half([from.port, to.port], false),
    words([sequence, opening ? 0 : (answered ?? start)], false),
    half([0x5000 | bits, 65535, 0, 0], false),
    payload,
  );
  seal(segment, 16, from, to, 6);
  return segment;
}

/** Writes the UDP or TCP checksum, which covers a pseudo header (RFC 768, RFC 9293 §3.1, RFC 8200 §8.1). */
function seal(segment: Uint8Array, at: number, from: Endpoint, to: Endpoint, protocol: number): void {
  const pseudo = joined(from.address, to.address, words([segment.length, protocol], false));
  const sum = checksum(joined(pseudo, segment)) || 0xffff;
  segment.set(half([sum], false), at);
}

function internet(
  from: Uint8Array,
  to: Uint8Array,
  protocol: number,
  payload: Uint8Array,
  id: number,
  fragment: number | undefined,
  dscp = 0,
): Uint8Array[] {
  const size = fragment ?? payload.length;
  const result: Uint8Array[] = [];
  for (let at = 0; at < payload.length || at === 0; at += size) {
    const part = payload.subarray(at, at + size);
    const more = at + size < payload.length;
    if (from.length === 4) {
      const place = (more ? 0x2000 : 0) | (at >> 3);
      const header = joined(
        half([0x4500 | (dscp << 2), part.length + 20, id, place, 0x4000 | protocol, 0], false),
        from,
        to,
      );
      header.set(half([checksum(header)], false), 10);
      result.push(joined(header, part));
    } else {
      const extension =
        fragment === undefined
          ? new Uint8Array(0)
          : joined(Uint8Array.of(protocol, 0), half([at | (more ? 1 : 0)], false), words([id], false));
      const next = fragment === undefined ? protocol : 44;
      const length = part.length + extension.length;
      const header = joined(half([0x6000, 0, length, (next << 8) | 64], false), from, to);
      result.push(joined(header, extension, part));
    }
  }
  return result;
}

function linked(datagram: Uint8Array, six: boolean, link: Link, vlan: readonly number[]): Uint8Array {
  const type = six ? 0x86dd : 0x0800;
  const mac = Uint8Array.of(2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2);
  switch (link) {
    case 1: {
      const tags = vlan.flatMap((id, n) => [n < vlan.length - 1 ? 0x88a8 : 0x8100, id]);
      return joined(mac, half([...tags, type], false), datagram);
    }
    case 0:
      return joined(words([six ? 30 : 2], true), datagram);
    case 108:
      return joined(words([six ? 30 : 2], false), datagram);
    case 113:
      return joined(half([0, 1, 6], false), mac.subarray(0, 6), half([0, type], false), datagram);
    case 276:
      return joined(half([type, 0], false), words([2], false), half([1, 6], false), mac.subarray(0, 8), datagram);
    default:
      return datagram;
  }
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

function words(values: readonly number[], little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, n) => view.setUint32(n * 4, value, little));
  return new Uint8Array(view.buffer);
}

function half(values: readonly number[], little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, n) => view.setUint16(n * 2, value, little));
  return new Uint8Array(view.buffer);
}

/** A time in units since the epoch; a float64 holds µs, so finer digits are zero. */
function timeIn(time: number, units: number): bigint {
  const micro = BigInt(Math.round(time * 1e6));
  return (micro * BigInt(units)) / 1_000_000n;
}

function split(time: number, units: number): [number, number] {
  const ticks = timeIn(time, units);
  return [Number(ticks / BigInt(units)), Number(ticks % BigInt(units))];
}

/**
 * Draws TCP connections with TLS or WebSocket in them, packet by packet. The notation stands in `src/rules/example.ts`
 * (`DrawnConnection`).
 */
import type { DrawnConnection } from '../../src/rules/example';
import { bytesOf, joined, pcap, type DrawnPacket } from './pcap';
import { sip } from './sip';

const start = Date.parse('2026-11-12T08:00:00Z') / 1000;
const u16 = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 255);
const u24 = (value: number): Uint8Array => Uint8Array.of(value >> 16, (value >> 8) & 255, value & 255);
const sized = (size: (length: number) => Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = joined(...parts);
  return joined(size(body.length), body);
};
const u8 = (value: number): Uint8Array => Uint8Array.of(value);
const record = (type: number, body: Uint8Array): Uint8Array => joined(Uint8Array.of(type, 3, 3), sized(u16, body));
const handshake = (type: number, body: Uint8Array): Uint8Array => record(22, joined(u8(type), sized(u24, body)));
const sealed = (type: number, length: number): Uint8Array => record(type, new Uint8Array(length).fill(0x5a));
const versions: Readonly<Record<string, number>> = { '1.0': 0x301, '1.1': 0x302, '1.2': 0x303, '1.3': 0x304 };

type Options = ReadonlyMap<string, string>;

export function hello(ofClient: boolean, version: string, options: Options): Uint8Array {
  const code = versions[version]!;
  const extension = (type: number, ...parts: readonly Uint8Array[]): Uint8Array =>
    joined(u16(type), sized(u16, ...parts));
  const name = options.get('sni');
  const protocols = options.get('alpn')?.split(',') ?? [];
  const isNew = code === 0x304;
  const extensions = [
    ...(name ? [extension(0, sized(u16, u8(0), sized(u16, bytesOf(name))))] : []),
    ...(protocols.length > 0 ? [extension(16, sized(u16, ...protocols.map((one) => sized(u8, bytesOf(one)))))] : []),
    ...(isNew ? [extension(43, ofClient ? sized(u8, u16(0x304), u16(0x303)) : u16(0x304))] : []),
  ];
  const head = joined(u16(isNew ? 0x303 : code), new Uint8Array(32).fill(7), u8(0));
  const choice = ofClient
    ? joined(sized(u16, u16(0x1301), u16(0xc02f)), sized(u8, u8(0)))
    : joined(u16(isNew ? 0x1301 : 0xc02f), u8(0));
  return handshake(ofClient ? 1 : 2, joined(head, choice, sized(u16, ...extensions)));
}

/** DER: `tag length value`. */
function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(...parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return joined(Uint8Array.of(tag, ...size), body);
}

/** A certificate that nobody signed. `name` and `by` are common names, `for` the alternative names, dates `2026-01-31`. */
export function certificate(name: string, options: Options): Uint8Array {
  const named = (text: string): Uint8Array =>
    der(0x30, der(0x31, der(0x30, der(6, Uint8Array.of(0x55, 4, 3)), der(0x0c, bytesOf(text)))));
  const day = (text: string): Uint8Array => der(0x17, bytesOf(`${text.slice(2).replaceAll('-', '')}000000Z`));
  const algorithm = der(0x30, der(6, Uint8Array.of(0x2a, 3)));
  const others = options.get('for')?.split(',') ?? [];
  const alternative = (one: string): Uint8Array =>
    /^[\d.]+$/.test(one) ? der(0x87, Uint8Array.from(one.split('.').map(Number))) : der(0x82, bytesOf(one));
  const extension = der(0x30, der(6, Uint8Array.of(0x55, 0x1d, 0x11)), der(4, der(0x30, ...others.map(alternative))));
  const body = der(
    0x30,
    der(0xa0, der(2, u8(2))),
    der(2, u8(1)),
    algorithm,
    named(options.get('by') ?? name),
    der(0x30, day(options.get('from') ?? '2026-01-01'), day(options.get('to') ?? '2027-01-01')),
    named(name),
    der(0x30, algorithm, der(3, u8(0))),
    ...(others.length > 0 ? [der(0xa3, der(0x30, extension))] : []),
  );
  return der(0x30, body, algorithm, der(3, u8(0)));
}

export function frame(payload: Uint8Array, options: { code?: number; mask?: number; last?: boolean } = {}): Uint8Array {
  const { code = 2, mask, last = true } = options;
  const { length } = payload;
  const size =
    length < 126
      ? u8(length)
      : length < 65_536
        ? joined(u8(126), u16(length))
        : joined(u8(127), new Uint8Array(4), u16(length >>> 16), u16(length & 65_535));
  if (mask !== undefined) size[0]! |= 128;
  const key = mask === undefined ? new Uint8Array(0) : joined(u16(mask >>> 16), u16(mask & 65_535));
  const body = mask === undefined ? payload : payload.map((byte, at) => byte ^ key[at & 3]!);
  return joined(u8((last ? 128 : 0) | code), size, key, body);
}

export const upgradeRequest = (protocol: string): string =>
  `GET /ws HTTP/1.1\r\nHost: sbc.aster.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: c2lw\r\nSec-WebSocket-Version: 13\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`;
export const upgradeAnswer = (status: string, protocol: string): string =>
  status === '101'
    ? `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`
    : `HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`;

/** `REGISTER-1`, `200-1`. */
function message(label: string): string {
  const [what = '', cseq = '1'] = label.split('-');
  const isResponse = /^\d/.test(what);
  const [status = '', method = 'REGISTER'] = what.split(':');
  return sip({
    start: isResponse ? `SIP/2.0 ${status} OK` : `${what} sip:pbx.example SIP/2.0`,
    cseq: `${cseq} ${isResponse ? method : what}`,
    callId: (isResponse ? method : what) === 'REGISTER' ? 'register@a' : 'call@a',
  });
}

function payloadOf(words: readonly string[], fromClient: boolean): Uint8Array | string {
  const options = new Map(
    words.filter((word) => word.includes('=')).map((word) => [word.split('=')[0]!, word.slice(word.indexOf('=') + 1)]),
  );
  const [verb = '', first = '', second = ''] = words.filter((word) => !word.includes('='));
  switch (verb) {
    case 'hello':
      return hello(fromClient, first, options);
    case 'certificate':
      return handshake(11, sized(u24, ...(first === 'none' ? [] : [sized(u24, certificate(first, options))])));
    case 'request':
      return handshake(13, new Uint8Array(8));
    case 'keys':
      return handshake(16, new Uint8Array(66));
    case 'done':
      return joined(record(20, u8(1)), sealed(22, 40));
    case 'alert':
      return record(21, Uint8Array.of(Number(first), Number(second)));
    case 'sealed':
      return sealed(23, Number(first));
    case 'sip':
      return message(first);
    case 'upgrade':
      return upgradeRequest(first);
    case 'status':
      return upgradeAnswer(first, second);
    case 'close':
      return frame(u16(Number(first)), { code: 8, ...(fromClient ? { mask: 0x11223344 } : {}) });
    default:
      throw new Error(`not a step of a connection: ${words.join(' ')}`);
  }
}

function packets({ ends, steps }: DrawnConnection): DrawnPacket[] {
  const [client = '', server = ''] = ends.split(' > ');
  return steps.map((step): DrawnPacket => {
    const [seconds = '', arrow = '', ...words] = step.split(' ');
    const time = start + Number(seconds);
    if (arrow === '') return { time, from: '10.9.9.1:123', to: '10.9.9.2:123', transport: 'udp', payload: 'idle' };
    const [from, to] = arrow === '>' ? [client, server] : [server, client];
    const flag = ['SYN', 'FIN', 'RST'].includes(words[0]!) ? (words[0]!.toLowerCase() as 'syn') : undefined;
    const base = { time, from, to, transport: 'tcp' } as const;
    // the same SYN again
    const again = flag === 'syn' && arrow === '>' ? { sequence: -1 } : {};
    return flag ? { ...base, flags: [flag], ...again } : { ...base, payload: payloadOf(words, arrow === '>') };
  });
}

export const drawConnections = (connections: readonly DrawnConnection[]): Uint8Array =>
  pcap(connections.flatMap(packets).sort((a, b) => a.time - b.time));

import { describe, expect, it } from 'vitest';
import { createFragments } from '../../src/decode/fragments';
import { createFrame, layer, type Layer } from '../../src/decode/layer';
import { byLinkType } from '../../src/decode/link-type';
import { walk } from '../../src/decode/walk';
import { joined, pcap, type Link } from '../build/pcap';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (pair) => parseInt(pair, 16));
const drawn = (linkType: Link, six = false): Uint8Array =>
  pcap(
    [
      {
        time: 1,
        from: six ? '[2001:db8::1]:5060' : '192.0.2.1:5060',
        to: six ? '[2001:db8::2]:5070' : '192.0.2.2:5070',
        transport: 'udp',
        payload: 'payload',
      },
    ],
    { linkType },
  ).subarray(40);
const ip = drawn(101);
const ipv6 = drawn(101, true);
const ethernet = drawn(1);
const macs = '020000000001 020000000002';

/** An IPv4 header without options around a payload. */
function ipv4(protocol: number, payload: Uint8Array): Uint8Array {
  const header = hex('4500 0000 0001 0000 4000 0000 0a000001 0a000002');
  new DataView(header.buffer).setUint16(2, 20 + payload.length);
  header[9] = protocol;
  return joined(header, payload);
}
function udp(port: number, payload: Uint8Array): Uint8Array {
  const header = hex('c000 0000 0000 0000');
  const view = new DataView(header.buffer);
  view.setUint16(2, port);
  view.setUint16(4, 8 + payload.length);
  return ipv4(17, joined(header, payload));
}
function run(first: Layer, bytes: Uint8Array) {
  const frame = createFrame();
  frame.bytes = bytes;
  frame.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  frame.end = bytes.length;
  const end = walk(frame, first, createFragments());
  return { end, port: frame.targetPort, text: new TextDecoder().decode(bytes.subarray(frame.at, frame.end)) };
}

const cases: readonly (readonly [string, Layer, Uint8Array])[] = [
  ['padding behind the datagram', layer.ethernet, joined(ethernet, new Uint8Array(20))],
  ['three VLAN tags', layer.ethernet, joined(hex(`${macs} 88a8 0001 9100 0002 8100 0003 0800`), ip)],
  ['LLC with SNAP', layer.ethernet, joined(hex(`${macs} 0050 aaaa03 000000 0800`), ip)],
  ['two MPLS labels', layer.ethernet, joined(hex(`${macs} 8847 00010040 00020140`), ip)],
  ['an MPLS pseudowire with control word', layer.ethernet, joined(hex(`${macs} 8847 00010140 00000000`), ethernet)],
  ['PPPoE', layer.ethernet, joined(hex(`${macs} 8864 1100 0001 0100 0021`), ip)],
  ['PPP with compressed protocol', layer.ppp, joined(hex('ff03 57'), ipv6)],
  ['Cisco HDLC', byLinkType(104)!, joined(hex('0f00 0800'), ip)],
  ['Cisco HDLC on a serial line', byLinkType(50)!, joined(hex('0f00 86dd'), ipv6)],
  ['IPv4 in IPv4', layer.ip, ipv4(4, ip)],
  ['IPv6 in IPv4', layer.ip, ipv4(41, ipv6)],
  ['GRE with key and sequence', layer.ip, ipv4(47, joined(hex('3000 0800 00000001 00000002'), ip))],
  ['Ethernet in GRE', layer.ip, ipv4(47, joined(hex('0000 6558'), ethernet))],
  ['ERSPAN II', layer.ip, ipv4(47, joined(hex('1000 88be 00000001 1001 0001 00000000'), ethernet))],
  ['VXLAN', layer.ip, udp(4789, joined(hex('08000000 00000100'), ethernet))],
  ['GENEVE with options', layer.ip, udp(6081, joined(hex('01006558 00000100 00000000'), ethernet))],
  ['GTP-U with an extension', layer.ip, udp(2152, joined(hex('34ff 003f 00000001 0000 00 85 01 0000 00'), ipv6))],
  [
    'HEP version 3',
    layer.ip,
    udp(
      9060,
      hex(
        '48455033 004c 0000 0001 0007 02 0000 0002 0007 11 0000 0003 000a c0000201 0000 0004 000a c0000202 0000 0007 0008 13c4 0000 0008 0008 13ce 0000 000f 000d 7061796c6f6164 0000 000b 0007 01',
      ),
    ),
  ],
  ['IPv6 with extension headers', layer.ip, extended()],
];

function extended(): Uint8Array {
  const header = ipv6.slice(0, 40);
  const options = hex('3c00 010400000000 1100 010400000000');
  header[6] = 0;
  new DataView(header.buffer).setUint16(4, ipv6.length - 40 + options.length);
  return joined(header, options, ipv6.subarray(40));
}

describe('layers name the next', () => {
  it.each(cases)('%s', (_, first, bytes) => {
    expect(run(first, bytes)).toEqual({ end: layer.datagram, port: 5070, text: 'payload' });
  });

  it.each(cases)('a cut anywhere ends quietly: %s', (_, first, bytes) => {
    for (let end = 0; end < bytes.length; end++) {
      const { end: reached } = run(first, bytes.slice(0, end));
      expect([layer.none, layer.datagram]).toContain(reached);
    }
  });

  it('ends in tunnels without end', () => {
    let nested = ip;
    for (let depth = 0; depth < 100; depth++) nested = ipv4(4, nested);
    expect(run(layer.ip, nested).end).toBe(layer.none);
  });
});

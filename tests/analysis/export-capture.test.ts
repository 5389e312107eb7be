import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { captureOf } from '../../src/analysis/export-capture';
import { ladderOf } from '../../src/analysis/ladder';
import { messageDetail } from '../../src/analysis/message';
import type { CaptureOf, Ladder } from '../../src/analysis/desk';
import type { DrawnCapture } from '../../src/rules/example';
import { describeWithCorpus } from '../build/corpus';
import { drawPackets } from '../build/ladder';
import { joined, pcap, pcapng, type DrawnPacket } from '../build/pcap';
import { rtp as rtpBytes, tone } from '../build/rtp';
import { viewOf, type DrawnView } from './drawn-view';

const first: CaptureOf = { calls: [0], registrations: [] };
async function exported(drawn: DrawnView, of = first): Promise<Uint8Array<ArrayBuffer>> {
  const { blob } = await captureOf(drawn.view, of, drawn.read);
  return new Uint8Array(await blob.arrayBuffer());
}
const again = (bytes: Uint8Array): DrawnView => viewOf({ 'export.pcapng': bytes });
const draw = ({ view, read }: DrawnView): Promise<Ladder> => ladderOf(view, { kind: 'call', row: 0 }, read);
/** `0.010 A 486 10.0.0.2>10.0.0.1` a message. */
const arrows = ({ messages, lanes, legs }: Ladder): string[] =>
  messages.map(({ time, leg, method, status, from, to }) =>
    [time, legs[leg]?.letter ?? '-', method, status, `${lanes[from]!.host}>${lanes[to]!.host}`].join(' '),
  );
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const count = (text: string, part: string): number => text.split(part).length - 1;

/** Packets whose UDP or TCP checksum is wrong, over Ethernet and IPv4. */
function unsealed(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let wrong = 0;
  for (let at = 0; at < bytes.length; at += view.getUint32(at + 4, true)) {
    if (view.getUint32(at, true) !== 6) continue;
    const ip = at + 28 + 14;
    const end = ip + view.getUint16(ip + 2);
    const protocol = bytes[ip + 9]!;
    // fragments are sealed as a whole; a sender may leave the checksum of UDP out
    if (view.getUint16(ip + 6) & 0x3fff || (protocol === 17 && view.getUint16(ip + 26) === 0)) continue;
    const segment = joined(
      bytes.slice(ip + 12, ip + 20),
      Uint8Array.of(0, protocol, (end - ip - 20) >> 8, (end - ip - 20) & 255),
      bytes.slice(ip + 20, end),
    );
    let sum = 0;
    for (let n = 0; n < segment.length; n += 2) sum += (segment[n]! << 8) | (segment[n + 1] ?? 0);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    if (sum !== 0xffff) wrong++;
  }
  return wrong;
}

const secrets = {
  'INVITE-1': [
    'Proxy-Authorization: Digest username="2001", realm="pbx", nonce="n0nceSecret", response="00112233445566778899aabbccddeeff"',
    'Contact: <sip:2001@10.0.0.1:5060;pn-provider=fcm;pn-prid=PushToken123456>',
    'm=audio 4000 RTP/SAVP 8',
    'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz',
  ],
  '200-1': ['m=audio 6000 RTP/SAVP 8'],
};
const call: DrawnCapture = {
  drawn: `
          a               b
    0.000 |---INVITE-1--->|
    0.010 |<----100-1-----|
    0.500 |<----200-1-----|
    0.510 |----ACK-1----->|
    4.000 |----BYE-2----->|
    4.010 |<----200-2-----|
    5.000 |---INVITE-1b-->|
    5.010 |<----486-1b----|
    5.020 |----ACK-1b---->|
  `,
  with: secrets,
};
const rtp = (time: number, from: string, to: string, sequence: number): DrawnPacket => ({
  time: 1_794_470_400 + time,
  from,
  to,
  transport: 'udp',
  payload: Uint8Array.of(
    0x80,
    8,
    sequence >> 8,
    sequence & 255,
    0,
    0,
    sequence,
    0,
    1,
    2,
    3,
    4,
    ...Array<number>(160).fill(0x55),
  ),
});
const media = Array.from({ length: 40 }, (_, n) => [
  rtp(1 + n * 0.02, '10.0.0.1:4000', '10.0.0.2:6000', n),
  rtp(1.001 + n * 0.02, '10.0.0.2:6000', '10.0.0.1:4000', n),
  // of another call
  rtp(1.002 + n * 0.02, '10.0.0.8:7000', '10.0.0.9:7002', n),
]).flat();
const packets = [...drawPackets(call), ...media].sort((a, b) => a.time - b.time);

describe('the packets of a call', () => {
  it('read again give the same call, in the same order, at the same times', async () => {
    const drawn = viewOf({ 'a.pcap': pcap(packets) });
    const back = again(await exported(drawn));
    expect(arrows(await draw(back))).toEqual(arrows(await draw(drawn)));
    expect(back.view.links.calls.length).toBe(1);
    expect(back.view.evidence.streams.length).toBe(2);
    expect([...back.view.evidence.streams.start.subarray(0, 2)]).toEqual(
      [...drawn.view.links.callStreams(0)].map((row) => drawn.view.evidence.streams.start[row]),
    );
  });

  it('carry no secret, no speech and no other call, and keep lengths and checksums', async () => {
    const drawn = viewOf({ 'a.pcap': pcap(packets) });
    const bytes = await exported(drawn);
    const text = latin(bytes);
    expect(text).not.toMatch(/n0nceSecret|001122334455|PushToken|WVNfX19z|callb@example|UUUU/);
    expect(text).toContain('username="2001"');
    expect(text).toMatch(/pn-prid=x{15}>/);
    expect(text).toMatch(/inline:x{40}\r\n/);
    expect(unsealed(bytes)).toBe(0);
    const back = again(bytes);
    const { raw } = await messageDetail(back.view, 0, back.read);
    const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
    expect(raw).toContain(`Content-Length: ${body.length}`);
  });

  it('tell no digit that was keyed: telephone events, INFO, KPML', async () => {
    const info = (cseq: number, type: string, body: string): DrawnPacket => ({
      time: 1_794_470_401 + cseq / 100,
      from: '10.0.0.1:5060',
      to: '10.0.0.2:5060',
      transport: 'udp',
      payload: [
        'INFO sip:2002@10.0.0.2:5060 SIP/2.0',
        `Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK-i${cseq}`,
        'From: <sip:2001@pbx.example>;tag=caller',
        'To: <sip:2002@pbx.example>;tag=called',
        'Call-ID: call@example',
        `CSeq: ${cseq} INFO`,
        `Content-Type: ${type}`,
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    });
    const keyed = [
      info(21, 'application/dtmf-relay', 'Signal= 7\r\nDuration= 160\r\n'),
      info(22, 'application/dtmf', '8'),
      info(23, 'application/kpml-response+xml', '<kpml-response version="1.0" code="200" digits="4711"/>'),
    ];
    const events = Array.from({ length: 3 }, (_, n): DrawnPacket => ({
      time: 1_794_470_402 + n / 50,
      from: '10.0.0.1:4000',
      to: '10.0.0.2:6000',
      transport: 'udp',
      payload: rtpBytes({ sequence: n, stamp: 800, type: 101, payload: tone(9, 400 + n, n === 2) }),
    }));
    const drawn = viewOf({
      'a.pcap': pcap([...drawPackets(call), ...keyed, ...events].sort((a, b) => a.time - b.time)),
    });
    const bytes = await exported(drawn);
    const text = latin(bytes);
    expect(text).toContain('Signal= x\r\nDuration= 160');
    expect(text).not.toMatch(/digits="4711"|\r\n\r\n8/);
    expect(count(text, 'CSeq: 22 INFO')).toBe(1);
    expect(
      [...again(bytes).view.evidence.tones.digit].map((id) => again(bytes).view.evidence.strings.text(id)),
    ).not.toContain('9');
    expect(unsealed(bytes)).toBe(0);
  });

  it('are the originals where they are asked for', async () => {
    const drawn = viewOf({ 'a.pcap': pcap(packets) });
    const text = latin(await exported(drawn, { ...first, original: true }));
    expect(text).toContain('n0nceSecret');
    expect(text).toContain('UUUUUUUU');
  });

  it('keep nanoseconds, and lose comments and names', async () => {
    const drawn = viewOf({
      'a.pcap': pcap(
        packets.map((one) => ({ ...one, time: one.time })),
        { resolution: 'ns' },
      ),
    });
    const source = pcap(packets, { resolution: 'ns' });
    // 7 ns more on the first packet
    new DataView(source.buffer).setUint32(28, new DataView(source.buffer).getUint32(28, true) + 7, true);
    const bytes = await exported(viewOf({ 'a.pcap': source }));
    const view = new DataView(bytes.buffer);
    expect(view.getUint8(28 + 20)).toBe(9);
    const ticks = (BigInt(view.getUint32(60 + 12, true)) << 32n) | BigInt(view.getUint32(60 + 16, true));
    expect(ticks % 1_000_000_000n).toBe(7n);
    expect(arrows(await draw(again(bytes)))).toEqual(arrows(await draw(drawn)));
  });

  it('take over messages in several segments, in fragments and of several interfaces', async () => {
    const tcp = drawPackets({ ...call, transport: 'TCP' }).flatMap((packet): DrawnPacket[] => {
      const bytes = Buffer.from(packet.payload as string, 'latin1');
      return [
        { ...packet, payload: bytes.subarray(0, 150) },
        { ...packet, time: packet.time + 0.0001, payload: bytes.subarray(150) },
      ];
    });
    for (const source of [
      pcap(tcp),
      pcap(packets.map((one) => ({ ...one, fragment: 256 }))),
      pcapng(
        packets.map((one, n) => ({ ...one, interface: n % 2 })),
        { interfaces: [{ linkType: 1 }, { linkType: 113 }] },
      ),
    ]) {
      const drawn = viewOf({ 'a.cap': source });
      const bytes = await exported(drawn);
      expect(latin(bytes)).not.toMatch(/n0nceSecret|WVNfX19z|callb@example/);
      expect(arrows(await draw(again(bytes)))).toEqual(arrows(await draw(drawn)));
    }
  });

  it('are counted where a message lies in no capture', async () => {
    const drawn = viewOf({ 'a.pcap': pcap(packets) });
    const { packets: sum, media: streams, left, elsewhere } = await captureOf(drawn.view, first, drawn.read);
    expect([sum, streams, left, elsewhere]).toEqual([86, 80, 0, 0]);
  });
});

describeWithCorpus('captures', (folder) => {
  it('a real call over two networks is exported and read again', async () => {
    const name = 'nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap';
    const drawn = viewOf({ [name]: new Uint8Array(readFileSync(`${folder}/${name}`)) });
    const bytes = await exported(drawn);
    const back = again(bytes);
    expect(arrows(await draw(back))).toEqual(arrows(await draw(drawn)));
    expect(unsealed(bytes)).toBe(0);
    expect(count(latin(bytes), 'INVITE sip')).toBeGreaterThan(0);
  });
});

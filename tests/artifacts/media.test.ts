import { describe, expect, it } from 'vitest';
import kind from '../../src/artifacts/packet-capture';
import { pcap, type DrawnPacket } from '../build/pcap';
import { readAs } from '../build/reading';
import { receiverReport, rtp, stream, stun, tone } from '../build/rtp';
import { sdp, sip } from '../build/sip';

const start = 1_750_000_000;
const a = '192.0.2.1:4000';
const b = '192.0.2.2:6000';
const signalled: DrawnPacket = {
  time: start - 1,
  from: '192.0.2.1:5060',
  to: '192.0.2.2:5060',
  transport: 'udp',
  payload: sip({ start: 'INVITE sip:bob@example.com SIP/2.0', body: sdp('192.0.2.1', 4000) }),
};
const streamsOf = (packets: readonly DrawnPacket[]) =>
  readAs(kind, pcap([...packets].sort((one, other) => one.time - other.time))).rows('streams');

describe('a stream that SDP announced', () => {
  it('is counted from its first packet', () => {
    const [own] = streamsOf([signalled, ...stream({ from: b, to: a, start, packets: 50 })]);
    expect(own).toMatchObject({
      source: '192.0.2.2',
      sourcePort: 6000,
      target: '192.0.2.1',
      targetPort: 4000,
      announced: 1,
      codec: 'PCMA/8000',
      packets: 50,
      lost: 0,
      bytes: 160,
      step: 160,
      deltaMax: 20_000,
    });
    expect(own!['jitter']).toBeLessThan(1);
  });

  it('counts losses, their runs, duplicates and late packets, over the wrap of the numbers', () => {
    const whole = stream({ from: b, to: a, start, packets: 60, first: 65_500, without: [10, 11, 12, 40] });
    const late = { ...whole[30]!, time: whole[33]!.time + 0.001 };
    const twice = { ...whole[20]!, time: whole[20]!.time + 0.001 };
    const [own] = streamsOf([signalled, ...whole.filter((packet) => packet !== whole[30]), late, twice]);
    expect(own).toMatchObject({ packets: 57, lost: 4, duplicates: 1, reordered: 1, gaps: 3, longestGap: 3, resets: 0 });
  });

  it('tells when packets are missing, in slices that grow with it', () => {
    const losses = (packets: readonly DrawnPacket[]) =>
      readAs(kind, pcap([signalled, ...packets]))
        .rows('losses')
        .map(
          ({ start: from, end, packets }) => `${Number(from) / 1e6 - start}-${Number(end) / 1e6 - start} ${packets}`,
        );
    expect(losses(stream({ from: b, to: a, start, packets: 3001, without: [10, 11, 12, 2500] }))).toEqual([
      '0-2 3',
      '50-52 1',
    ]);
    expect(losses(stream({ from: b, to: a, start, packets: 501, without: [10, 60, 61] }))).toEqual(['0-1 1', '1-2 2']);
    const whole = stream({ from: b, to: a, start, packets: 60, without: [10] });
    const late = [...whole.slice(0, 30), whole[31]!, { ...whole[30]!, time: whole[31]!.time }, ...whole.slice(32)];
    expect(losses(late)).toEqual(['0-1 1']);
    expect(losses(stream({ from: b, to: a, start, packets: 60 }))).toEqual([]);
  });

  it('tells a jump of the numbers from loss', () => {
    const [own] = streamsOf([
      signalled,
      ...stream({ from: b, to: a, start, packets: 20 }),
      ...stream({ from: b, to: a, start: start + 0.4, packets: 20, first: 30_000 }),
    ]);
    expect(own).toMatchObject({ packets: 40, lost: 0, resets: 1 });
  });

  it('reads the keys of telephone events', () => {
    const key = (event: number, at: number, sequence: number): DrawnPacket[] =>
      [0, 1, 2, 3].map((n) => ({
        time: at + n * 0.02,
        from: b,
        to: a,
        transport: 'udp',
        payload: rtp({ sequence: sequence + n, stamp: sequence, type: 101, payload: tone(event, n * 160, n > 1) }),
      }));
    const { rows } = readAs(
      kind,
      pcap([
        signalled,
        ...stream({ from: b, to: a, start, packets: 5 }),
        ...key(5, start + 1, 105),
        ...key(11, start + 2, 109),
      ]),
    );
    expect(rows('streams')).toMatchObject([
      { digits: '5#', formats: '8 PCMA/8000, 101 telephone-event/8000', lost: 0 },
    ]);
    expect(rows('tones')).toMatchObject([
      { stream: 0, digit: '5', duration: 60, ends: 2 },
      { stream: 0, digit: '#', duration: 60, ends: 2 },
    ]);
  });
});

it('finds a stream that nobody announced by three packets in a row, and not by chance', () => {
  expect(streamsOf(stream({ from: b, to: a, start, packets: 3 }))).toMatchObject([
    { announced: 0, packets: 3, codec: 'PCMA/8000', lost: 0 },
  ]);
  expect(streamsOf(stream({ from: b, to: a, start, packets: 9, without: [1, 3, 5, 7] }))).toEqual([]);
});

it('reads RTCP reports, and counts those that are encrypted', () => {
  const packet = (at: number, payload: Uint8Array): DrawnPacket => ({
    time: start + at,
    from: '192.0.2.1:4001',
    to: '192.0.2.2:6001',
    transport: 'udp',
    payload,
  });
  const hidden = new Uint8Array(46);
  hidden.set(receiverReport(0x1234, 0, 0, 0));
  const { rows } = readAs(
    kind,
    pcap([
      packet(0, receiverReport(0x1234, 10, 3, 160)),
      packet(5, receiverReport(0x1234, 2, -1, 80)),
      packet(6, hidden),
    ]),
  );
  expect(rows('reports')).toMatchObject([
    { ssrc: 0x1234, packets: 2, fraction: 10, lost: 3, jitter: 160, flags: 0 },
    { ssrc: 0, packets: 1, flags: 2 },
  ]);
});

it('joins the checks of ICE with their answers', () => {
  const [there, back] = [
    { from: a, to: b, transport: 'udp' },
    { from: b, to: a, transport: 'udp' },
  ] as const;
  const priority = [0x24, new Uint8Array(4)] as const;
  const { rows } = readAs(
    kind,
    pcap([
      { ...there, time: start, payload: stun(0x0001, [priority]) },
      { ...back, time: start + 0.01, payload: stun(0x0111, [[0x09, Uint8Array.of(0, 0, 4, 87)]]) },
      { ...there, time: start + 0.1, payload: stun(0x0001, [priority, [0x25, new Uint8Array(0)]]) },
      { ...back, time: start + 0.12, payload: stun(0x0101) },
    ]),
  );
  expect(rows('checks')).toMatchObject([
    { source: '192.0.2.1', target: '192.0.2.2', method: 1, requests: 2, answers: 1, errors: 1, error: 487, flags: 7 },
  ]);
});

it('keeps fax over UDPTL as a stream', () => {
  const fax = sdp('192.0.2.1', 4000).replace(/m=audio[^]*/, 'm=image 4000 udptl t38\r\n');
  const datagram = (n: number): DrawnPacket => ({
    time: start + n * 0.02,
    from: b,
    to: a,
    transport: 'udp',
    payload: Uint8Array.of(0, n, 1, 0, 0, 0),
  });
  const invite = { ...signalled, payload: sip({ start: 'INVITE sip:bob@example.com SIP/2.0', body: fax }) };
  expect(streamsOf([invite, ...[0, 1, 2, 4, 5].map(datagram)])).toMatchObject([
    { kind: 1, codec: 't38', packets: 5, lost: 1 },
  ]);
});

it('holds no more for ten times the packets', () => {
  const rowsOf = (packets: number) => streamsOf(stream({ from: b, to: a, start, packets })).length;
  expect(rowsOf(600)).toBe(rowsOf(60));
});

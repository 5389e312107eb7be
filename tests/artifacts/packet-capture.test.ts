import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import kind, { examples } from '../../src/artifacts/packet-capture';
import { bytesOf, joined, pcap, pcapng, type DrawnPacket, type Link } from '../build/pcap';
import { readAs, type Read } from '../build/reading';
import { sdp, sip } from '../build/sip';

const alice = '192.0.2.1:5060';
const bob = '192.0.2.2:5060';
const invite = sip({ start: 'INVITE sip:bob@example.com SIP/2.0', body: sdp('192.0.2.1', 4000) });
const ok = sip({ start: 'SIP/2.0 200 OK', body: sdp('192.0.2.2', 5000) });
const bye = sip({ start: 'BYE sip:bob@example.com SIP/2.0', cseq: '2 BYE' });
const time = 1_750_000_000.123456;
const udp = (payload: string | Uint8Array, more: Partial<DrawnPacket> = {}): DrawnPacket => ({
  time,
  from: alice,
  to: bob,
  transport: 'udp',
  payload,
  ...more,
});
const tcp = (payload: string | Uint8Array, more: Partial<DrawnPacket> = {}): DrawnPacket => ({
  ...udp(payload, more),
  transport: 'tcp',
});
const read = (bytes: Uint8Array, chunks?: readonly number[]): Read =>
  readAs(kind, bytes, { wants: { headers: ['content-type'], patterns: [] }, ...(chunks ? { chunks } : {}) });
const starts = (result: Read): (string | number)[] =>
  result.rows('messages').map((row) => row['status'] || String(row['method']));

/** Interface statistics of pcapng: the first interface dropped so many packets until then. */
function statistics(dropped: number): Uint8Array {
  const bytes = new Uint8Array(40);
  const view = new DataView(bytes.buffer);
  for (const [at, value] of [
    [0, 5],
    [4, 40],
    [24, dropped],
    [36, 40],
  ] as const)
    view.setUint32(at, value, true);
  view.setUint16(20, 5, true);
  view.setUint16(22, 8, true);
  return bytes;
}

it('says once how many packets the capturing computer dropped', () => {
  const whole = pcapng([udp(invite), udp(bye)]);
  const file = joined(pcapng([udp(invite)]), statistics(40), whole.slice(pcapng([udp(invite)]).length), statistics(42));
  for (const chunks of [undefined, [7]]) {
    const result = read(file, chunks);
    expect(starts(result)).toEqual(['INVITE', 'BYE']);
    expect(result.problems).toMatchObject([{ code: 'dropped-packets', detail: '42' }]);
  }
  expect(read(joined(whole, statistics(0))).problems).toEqual([]);
});

it.each(['little', 'big'] as const)('keeps comments and names of hosts, and leaves secrets alone (%s)', (order) => {
  const options = {
    order,
    comment: 'recorded at {mbg}',
    names: { '10.0.0.1:0': 'mbg.aster.example', '[2001:db8::1]:0': 'six.aster.example' },
    secrets: true,
  };
  const file = pcapng([{ ...udp(invite), comment: 'here it rings' }, udp(bye)], options);
  const result = read(file);
  expect(starts(result)).toEqual(['INVITE', 'BYE']);
  expect(result.problems).toEqual([]);
  expect(result.rows('comments')).toMatchObject([
    { number: 0, time: NaN, text: 'recorded at {mbg}' },
    { number: 1, text: 'here it rings', source: result.rows('messages')[0]!['source'] },
  ]);
  expect(result.rows('names')).toMatchObject([
    { address: '10.0.0.1', name: 'mbg.aster.example' },
    { address: '2001:db8::1', name: 'six.aster.example' },
  ]);
  expect(result.reading.note?.en).toBe('«recorded at (mbg)» It holds secrets of TLS; they are not used.');
  expect(read(file, [7]).rows('comments')).toEqual(result.rows('comments'));
});

it('a comment beside a packet that is no IP has no source, not that of the packet before', () => {
  const file = pcapng([udp(invite), { ...udp(bye), comment: 'who has it?' }]);
  const at = Buffer.from(file.buffer, file.byteOffset).lastIndexOf(Buffer.from([8, 0, 0x45]));
  file[at + 1] = 6;
  expect(read(file).rows('comments')).toMatchObject([{ number: 2, text: 'who has it?', source: '' }]);
});

it('reads snoop (RFC 1761): big-endian, records padded', () => {
  const records = [invite, bye].map((message, n) => {
    const frame = pcap([udp(message)]).subarray(40);
    const length = 24 + frame.length + 3;
    const record = new Uint8Array(length);
    const view = new DataView(record.buffer);
    [frame.length, frame.length, length, 0, 1000 + n, 250_000].forEach((word, at) => view.setUint32(at * 4, word));
    record.set(frame, 24);
    return record;
  });
  const file = joined(bytesOf('snoop\0\0\0'), Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 4), ...records);
  const result = read(file);
  expect(starts(result)).toEqual(['INVITE', 'BYE']);
  expect(result.rows('messages').map(({ time }) => time)).toEqual([1000.25e6, 1001.25e6]);
  expect(result.problems).toEqual([]);
  expect(read(file.slice(0, -10)).problems).toMatchObject([{ code: 'truncated-capture' }]);
});

describe('recognition', () => {
  it.each(examples)('claims $name by its magic number', ({ bytes }) => {
    expect(kind.sniff(bytes, 'anything.txt').certainty).toBe(3);
  });
  it('claims nothing by name', () => {
    expect(kind.sniff(bytesOf('time=2026 level=INFO'), 'trace.pcap').certainty).toBe(0);
    expect(kind.sniff(new Uint8Array(3), 'trace.pcap').certainty).toBe(0);
  });
});

describe('one message', () => {
  it('becomes a row that points to its bytes', () => {
    const file = pcap([udp(invite)]);
    const { rows, reading, problems } = read(file);
    const [message] = rows('messages');
    expect(message).toMatchObject({
      time: 1_750_000_000_123_456,
      packet: 1,
      transport: 1,
      source: '192.0.2.1',
      target: '192.0.2.2',
      sourcePort: 5060,
      targetPort: 5060,
      method: 'INVITE',
      requestUri: 'sip:bob@example.com',
      callId: 'call-1@a',
      branch: 'z9hG4bK-1',
      sentBy: '192.0.2.1:5060',
      cseq: 1,
      flags: 0,
      expires: -1,
    });
    const offset = Number(message!['offset']);
    expect(file.slice(offset, offset + Number(message!['size']))).toEqual(bytesOf(invite));
    expect(rows('packets')).toMatchObject([{ number: 1, offset: 40, size: file.length - 40, transport: 1, cut: 0 }]);
    expect(rows('fields')).toEqual([{ message: 0, name: 'content-type', value: 'application/sdp' }]);
    expect(rows('media')).toEqual([
      {
        message: 0,
        index: 0,
        kind: 'audio',
        address: '192.0.2.1',
        port: 4000,
        profile: 'RTP/AVP',
        direction: 1,
        formats: '8 PCMA/8000, 101 telephone-event/8000',
        keyed: 0,
        origin: '- 1 1 IN IP4 192.0.2.1',
        ptime: 0,
        flags: 0,
        crypto: '',
      },
    ]);
    expect(reading).toMatchObject({ records: 1, clock: 'zoned', first: 1_750_000_000_123_456 });
    expect(problems).toEqual([]);
  });

  const links: readonly Link[] = [0, 1, 12, 14, 101, 108, 113, 276];
  const forms: readonly (readonly [string, (packets: readonly DrawnPacket[]) => Uint8Array])[] = [
    ...links.map(
      (linkType) =>
        [`link type ${String(linkType)}`, (packets: readonly DrawnPacket[]) => pcap(packets, { linkType })] as const,
    ),
    ['big endian', (packets) => pcap(packets, { order: 'big' })],
    ['nanoseconds', (packets) => pcap(packets, { resolution: 'ns' })],
    ['nanoseconds, big endian', (packets) => pcap(packets, { resolution: 'ns', order: 'big' })],
    ['modified', (packets) => pcap(packets, { modified: true })],
    ['VLAN in VLAN', (packets) => pcap(packets, { vlan: [100, 200] })],
    ['pcapng', (packets) => pcapng(packets)],
    ['pcapng, big endian', (packets) => pcapng(packets, { order: 'big' })],
    ['pcapng, obsolete blocks', (packets) => pcapng(packets, { block: 'obsolete' })],
    ['pcapng, nanoseconds and offset', (packets) => pcapng(packets, { interfaces: [{ resolution: 9, offset: 3600 }] })],
    ['pcapng, cooked', (packets) => pcapng(packets, { interfaces: [{ linkType: 113 }], order: 'big' })],
  ];
  it.each(forms)('is the same in every form of file: %s', (_, draw) => {
    const six = { from: '[2001:db8::1]:5060', to: '[2001:db8::2]:65000' };
    const { rows, problems } = read(draw([udp(invite), udp(bye, six)]));
    expect(problems).toEqual([]);
    expect(rows('messages')).toMatchObject([
      { method: 'INVITE', time: 1_750_000_000_123_456, source: '192.0.2.1', packet: 1 },
      { method: 'BYE', source: '2001:db8::1', target: '2001:db8::2', targetPort: 65000, packet: 2 },
    ]);
    const digests = rows('messages').map((row) => row['digest']);
    expect(digests).toEqual(
      read(pcap([udp(invite), udp(bye)]))
        .rows('messages')
        .map((row) => row['digest']),
    );
  });

  it('has no time where the file has none', () => {
    const { rows, reading } = read(pcapng([udp(invite)], { block: 'simple' }));
    expect(rows('messages')).toMatchObject([{ method: 'INVITE', time: NaN }]);
    expect(reading).toMatchObject({ clock: 'none', records: 1 });
  });
});

it('reads several sections and interfaces with own link types and clocks', () => {
  const one = pcapng([udp(invite, { interface: 1 }), udp(ok, { interface: 0 })], {
    interfaces: [
      { linkType: 101, resolution: 9 },
      { linkType: 276, offset: -7200, resolution: 0x94 },
    ],
  });
  const unknown = Uint8Array.of(0x99, 0, 0, 0, 16, 0, 0, 0, 1, 2, 3, 4, 16, 0, 0, 0);
  const two = pcapng([udp(bye)], { order: 'big' });
  const { rows, reading, problems } = read(joined(one, unknown, two));
  expect(problems).toEqual([]);
  expect(rows('messages').map((row) => [row['method'], row['packet']])).toEqual([
    ['INVITE', 1],
    ['INVITE', 2],
    ['BYE', 3],
  ]);
  for (const row of rows('messages')) expect(Math.abs(Number(row['time']) - time * 1e6)).toBeLessThan(2);
  expect(reading.capture).toMatchObject({ linkTypes: [1, 101, 276], packets: 3, callIds: 1 });
});

it('finds SIP by content on any port, and nothing else on port 5060', () => {
  const odd = { from: '192.0.2.1:49152', to: '192.0.2.2:53' };
  const noise = ['\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', '', new Uint8Array(500).fill(0x41)];
  const { reading, rows } = read(pcap([udp(invite, odd), ...noise.map((payload) => udp(payload)), udp(`\r\n${bye}`)]));
  expect(reading.capture).toEqual({
    packets: 6,
    truncatedPackets: 0,
    sipMessages: 2,
    callIds: 1,
    requests: { BYE: 1, INVITE: 1 },
    responses: {},
    rtpStreams: 0,
    linkTypes: [1],
    tlsFlows: 0,
  });
  expect(rows('packets')).toHaveLength(2);
});

it('puts IPv4 and IPv6 fragments together, in any order', () => {
  const long = sip({ start: 'INVITE sip:bob@example.com SIP/2.0', headers: [`X-Long: ${'x'.repeat(3000)}`] });
  for (const ends of [{}, { from: '[2001:db8::1]:5060', to: '[2001:db8::2]:5060' }]) {
    const file = pcap([udp(long, { fragment: 1480, ...ends })], { resolution: 'ns' });
    const records = split(file);
    expect(records).toHaveLength(3);
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 1, 2, 0],
    ]) {
      const shuffled = joined(file.subarray(0, 24), ...order.map((n) => records[n]!));
      const { rows, problems } = read(shuffled);
      expect(problems).toEqual([]);
      expect(rows('messages')).toMatchObject([{ method: 'INVITE', size: long.length, packet: order.length }]);
      const pieces = rows('pieces').map(({ offset, size }) =>
        shuffled.slice(Number(offset), Number(offset) + Number(size)),
      );
      expect(joined(...pieces)).toEqual(bytesOf(long));
    }
  }
});

describe('TCP', () => {
  const stream = invite + ok + '\r\n\r\n' + bye;
  const cut = (...at: readonly number[]): DrawnPacket[] =>
    [0, ...at].map((from, n) =>
      tcp(stream.slice(from, at[n] ?? stream.length), { sequence: from, time: time + n / 10 }),
    );

  it('cuts messages out of any segments', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }), (at) => {
        const file = pcap(cut(...at.sort((a, b) => a - b)));
        const result = read(file);
        expect(starts(result)).toEqual(['INVITE', 200, 'BYE']);
        expect(result.problems).toEqual([]);
        result.rows('messages').forEach((row, n) => {
          const spans = result.rows('pieces').filter(({ message }) => message === n);
          const places = spans.length > 0 ? spans : [row];
          const bytes = places.map(({ offset, size }) => file.slice(Number(offset), Number(offset) + Number(size)));
          expect(joined(...bytes)).toEqual(bytesOf([invite, ok, bye][n]!));
        });
      }),
      { numRuns: 60, examples: [[[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]]] },
    );
  });

  it('puts segments in order, drops what comes again, trims what overlaps', () => {
    const [a, b, c, d] = cut(300, 500, 700) as [DrawnPacket, DrawnPacket, DrawnPacket, DrawnPacket];
    const overlap = tcp(stream.slice(200, 600), { sequence: 200 });
    for (const order of [
      [a, c, b, d],
      [a, d, c, b],
      [a, b, b, a, c, d, c],
      [a, overlap, c, d],
      [a, c, overlap, d],
    ]) {
      const result = read(pcap(order));
      expect(starts(result)).toEqual(['INVITE', 200, 'BYE']);
      expect(result.problems).toEqual([]);
    }
  });

  it('knows an early segment by the SYN before it', () => {
    const [a, b] = cut(300) as [DrawnPacket, DrawnPacket];
    expect(starts(read(pcap([tcp('', { flags: ['syn'] }), b, a])))).toEqual(['INVITE', 200, 'BYE']);
  });

  it('wraps sequence numbers', () => {
    const file = pcap(
      cut(300, 500).map((packet) => ({ ...packet, sequence: packet.sequence! + 2 ** 32 - 1000 - 400 })),
    );
    expect(starts(read(file))).toEqual(['INVITE', 200, 'BYE']);
  });

  it('goes on behind a hole, says so, and keeps the cut message', () => {
    const at = invite.length + 100;
    const late = tcp(bye, { sequence: stream.length, time: time + 60 });
    const result = read(pcap([...cut(at, at + 50).filter((_, n) => n !== 1), late]));
    expect(starts(result)).toEqual(['INVITE', 200, 'BYE', 'BYE']);
    expect(result.rows('messages').map((row) => Number(row['flags']) & 2)).toEqual([0, 2, 0, 0]);
    expect(result.problems.filter(({ code }) => code === 'lost-segment')).toMatchObject([{ detail: '50 bytes' }]);
    expect(result.reading.capture).toMatchObject({ sipMessages: 3, responses: {} });
  });

  it('keeps a message that the capture cuts off, and does not count it', () => {
    const result = read(
      pcap(
        cut(invite.length + 100)
          .slice(0, 1)
          .concat(tcp(ok.slice(0, 250), { sequence: invite.length })),
      ),
    );
    expect(starts(result)).toEqual(['INVITE', 200]);
    expect(result.reading.capture).toMatchObject({ sipMessages: 1 });
  });

  it('joins in the middle of a connection', () => {
    const result = read(pcap([tcp(`rest: of a message\r\n\r\nbody\r\n${bye}`), tcp(bye)]));
    expect(starts(result)).toEqual(['BYE', 'BYE']);
  });

  it('tells a new connection on the same ports', () => {
    const syn = tcp('', { flags: ['syn'], sequence: 90_000 });
    const result = read(pcap([tcp(invite), syn, tcp(bye, { sequence: 90_001 })]));
    expect(starts(result)).toEqual(['INVITE', 'BYE']);
  });

  it('counts TLS connections once, and leaves other protocols alone', () => {
    const hello = Uint8Array.of(0x16, 3, 1, 0, 4, 1, 0, 0, 0);
    const back = { from: bob, to: alice };
    const web = { from: '192.0.2.9:40000', to: '192.0.2.2:80' };
    const pages = Array.from({ length: 20 }, (_, n) => tcp(`${String(n)} some page text\r\nmore\r\n`, web));
    const result = read(pcap([tcp(hello), tcp(hello, back), tcp(hello), ...pages, tcp('l', { ...web, to: bob })]));
    expect(result.reading.capture).toMatchObject({ tlsFlows: 1, sipMessages: 0 });
    expect(result.rows('packets')).toEqual([]);
  });

  it('says nothing of a hole in another protocol', () => {
    const web = { from: '192.0.2.9:40000', to: '192.0.2.2:80' };
    const syn = tcp('', { ...web, flags: ['syn'], sequence: -1 });
    const later = Array.from({ length: 90 }, (_, n) =>
      tcp('body of a page\n', { ...web, sequence: 500 + n * 15, time: time + n }),
    );
    const result = read(pcap([syn, ...later]));
    expect(result.problems).toEqual([]);
    expect(result.rows('packets')).toEqual([]);
  });

  it('bounds what a stream may hold', () => {
    const endless = `INVITE sip:a@b SIP/2.0\r\n${'X: y\r\n'.repeat(20_000)}`;
    const file = pcap([...chop(endless, 1400).map((part) => tcp(part)), tcp(`Call-ID: x\r\n\r\n${bye}`)]);
    const result = read(file);
    expect(starts(result)).toContain('BYE');
    expect(result.problems.some(({ code }) => code === 'bad-message')).toBe(true);
  });
});

it('counts RTP streams of announced endpoints only', () => {
  const rtp = (ssrc: number): Uint8Array => Uint8Array.of(0x80, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, ssrc, 1, 2, 3);
  const rtcp = Uint8Array.of(0x80, 200, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9);
  const media = { from: '192.0.2.1:4000', to: '192.0.2.2:5000' };
  const other = { from: '192.0.2.1:4002', to: '192.0.2.2:5002' };
  const result = read(
    pcap([
      udp(rtp(7), media),
      udp(invite),
      udp(ok, { from: bob, to: alice }),
      ...[rtp(1), rtp(1), rtp(2), rtcp].map((payload) => udp(payload, media)),
      udp(rtp(1), { from: media.to, to: media.from }),
      udp(rtp(3), other),
    ]),
  );
  expect(result.reading.capture).toMatchObject({ rtpStreams: 3, packets: 9 });
});

describe('damage', () => {
  it('keeps what lies before it and says where it is', () => {
    const file = pcap([udp(invite), udp(bye)]);
    const second = 24 + split(file)[0]!.length;
    const cases: readonly (readonly [Uint8Array, string, number])[] = [
      [file.subarray(0, file.length - 1), 'truncated-capture', second],
      [file.subarray(0, second + 7), 'truncated-capture', second],
      [joined(file.subarray(0, second), new Uint8Array(40).fill(0xff)), 'corrupt-capture', second],
      [file.subarray(0, 10), 'truncated-capture', 0],
      [new Uint8Array(0), 'truncated-capture', 0],
    ];
    for (const [bytes, code, offset] of cases) {
      const { problems, rows } = read(bytes);
      expect(problems).toMatchObject([{ code, offset }]);
      expect(rows('messages')).toHaveLength(bytes.length >= second ? 1 : 0);
    }
  });

  it('says how much is not read where nothing readable follows', () => {
    const file = pcapng([udp(invite), udp(bye)]);
    file[file.length - 4]! ^= 4;
    const { problems, rows } = read(file);
    expect(problems).toMatchObject([
      {
        code: 'corrupt-capture',
        detail: expect.stringMatching(/^block lengths differ, \d+ bytes not read$/) as string,
      },
    ]);
    expect(Number(/(\d+) bytes/.exec(problems[0]!.detail)![1]) + problems[0]!.offset).toBe(file.length);
    expect(rows('messages')).toHaveLength(1);
  });

  const three = [invite, ok, bye].map((payload, n) => udp(payload, { time: time + n }));
  it.each([
    ['pcap', pcap(three), 24 + split(pcap(three))[0]!.length + 8],
    ['pcap, nanoseconds', pcap(three, { resolution: 'ns', order: 'big' }), 24 + split(pcap(three))[0]!.length + 8],
    ['pcapng', pcapng(three), pcapng(three.slice(0, 1)).length + 4],
  ] as const)('goes on behind a damaged record: %s', (_, file, at) => {
    const damaged = file.slice();
    damaged.set([0xff, 0xff, 0xff, 0xff], at);
    const result = read(damaged);
    expect(starts(result)).toEqual(['INVITE', 'BYE']);
    expect(result.problems).toMatchObject([{ code: 'damaged-capture', offset: expect.anything() as number }]);
    for (const chunks of [[1], [7], [100, 3]]) {
      const again = read(damaged, chunks);
      expect(again.rows('messages')).toEqual(result.rows('messages'));
      expect(again.problems).toEqual(result.problems);
    }
  });

  it('counts packets of a link type that is not decoded', () => {
    const file = pcap([udp(invite), udp(invite)]);
    file[20] = 195;
    const { problems, reading } = read(file);
    expect(problems).toMatchObject([{ code: 'unknown-link-type', detail: '195' }]);
    expect(reading.capture).toMatchObject({ packets: 2, sipMessages: 0, linkTypes: [195] });
  });

  it('marks what the snap length cut', () => {
    const { rows, reading } = read(pcap([udp(invite, { snaplen: 200 })]));
    expect(rows('messages')).toMatchObject([{ method: 'INVITE', flags: expect.anything() as number }]);
    expect(Number(rows('messages')[0]!['flags']) & 2).toBe(2);
    expect(rows('packets')).toMatchObject([{ cut: 1, size: 200 }]);
    expect(reading.capture).toMatchObject({ truncatedPackets: 1, sipMessages: 1 });
  });

  it('lists a hundred bad messages and counts the rest', () => {
    const { problems } = read(pcap(Array.from({ length: 150 }, () => udp('INVITE sip:a@b SIP/2.0\r\n\r\n'))));
    expect(problems).toHaveLength(101);
    expect(problems[100]).toMatchObject({ code: 'limit-reached', detail: 'bad-message: 150 ×, 100 listed' });
  });
});

describe('any bytes', () => {
  const long = sip({ start: 'INVITE sip:x@y SIP/2.0', headers: [`X-Long: ${'x'.repeat(2000)}`] });
  const seed: readonly DrawnPacket[] = [
    udp(invite),
    udp(long, { fragment: 1000 }),
    tcp('', { flags: ['syn'] }),
    tcp(ok.slice(0, 200)),
    udp(bye, { from: '[2001:db8::1]:5060', to: '[2001:db8::2]:5060', interface: 0 }),
    tcp(ok.slice(200) + bye),
  ];
  const files = [pcap(seed, { vlan: [7] }), pcapng(seed, { order: 'big', interfaces: [{ resolution: 9 }] })];
  const whole = files.map((file) => read(file));

  it('give the same rows for every way of chunking', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 8 }),
        (n, chunks) => {
          const result = read(files[n]!, chunks);
          for (const name of ['messages', 'packets', 'pieces', 'fields', 'media'] as const) {
            expect(result.rows(name)).toEqual(whole[n]!.rows(name));
          }
          expect(result.problems).toEqual(whole[n]!.problems);
          expect(result.reading).toEqual(whole[n]!.reading);
        },
      ),
      {
        numRuns: 60,
        examples: [
          [0, [1]],
          [1, [1]],
        ],
      },
    );
  });

  it('cut at any place give a prefix and a problem', () => {
    for (const [n, file] of files.entries()) {
      const all = whole[n]!.rows('packets');
      for (let end = 0; end < file.length; end += end < 200 ? 1 : 7) {
        const result = read(file.subarray(0, end));
        const rows = result.rows('packets');
        expect(rows).toEqual(all.slice(0, rows.length));
        for (const message of result.rows('messages')) expect(Number(message['offset'])).toBeLessThan(end);
      }
    }
  });

  it('changed in any place never throw', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 30 }),
        (n, changes) => {
          const bytes = files[n]!.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const result = read(bytes);
          for (const { offset } of result.problems) expect(offset).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The records of a classic capture without its header. */
function split(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  for (let at = 24; at < file.length;) {
    const size = 16 + view.getUint32(at + 8, true);
    records.push(file.subarray(at, at + size));
    at += size;
  }
  return records;
}

function chop(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, n) => text.slice(n * size, (n + 1) * size));
}

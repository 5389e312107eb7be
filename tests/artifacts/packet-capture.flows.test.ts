import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import kind from '../../src/artifacts/packet-capture';
import { unmask } from '../../src/decode/websocket';
import { flowFlags } from '../../src/evidence/schema';
import { certificate, drawConnections, frame, upgradeAnswer, upgradeRequest } from '../build/connections';
import { bytesOf, joined, pcap, type DrawnPacket } from '../build/pcap';
import { readAs } from '../build/reading';
import { sip } from '../build/sip';

const client = '203.0.113.7:40000';
const server = '198.51.100.10:5061';
const ends = `${client} > ${server}`;
const start = Date.parse('2026-11-12T08:00:00Z') * 1000;
const read = (steps: readonly string[]) => readAs(kind, drawConnections([{ ends, steps }]));

describe('TLS', () => {
  const handshake = [
    '0 > SYN',
    '0.01 < SYN',
    '0.02 > hello 1.2 sni=MBG.aster.example alpn=sip,h2',
    '0.03 < hello 1.2 alpn=sip',
    '0.04 < certificate mbg.aster.example by=Some-CA for=mbg.aster.example,192.0.2.9 from=2026-01-01 to=2026-12-31',
    '0.05 > keys',
    '0.06 > done',
    '0.07 < done',
    '1 > sealed 400',
    '1.1 < sealed 300',
  ];

  it('is told by its handshake', () => {
    const { rows, reading } = read([...handshake, '9 < FIN']);
    expect(reading.capture).toMatchObject({ tlsFlows: 1, sipMessages: 0 });
    expect(rows('flows')).toMatchObject([
      {
        client: '203.0.113.7',
        clientPort: 40000,
        server: '198.51.100.10',
        serverPort: 5061,
        kind: 2,
        flags: flowFlags.opening | flowFlags.opened | flowFlags.clientSpoke | flowFlags.serverSpoke,
        attempts: 1,
        offered: 0x303,
        version: 0x303,
        sni: 'mbg.aster.example',
        protocols: 'sip, h2',
        protocol: 'sip',
        time: start,
        hello: start + 20_000,
        answer: start + 30_000,
        closedBy: 2,
        closed: start + 9e6,
      },
    ]);
    expect(rows('certificates')).toMatchObject([
      {
        flow: 0,
        side: 2,
        place: 0,
        subject: 'CN=mbg.aster.example',
        issuer: 'CN=Some-CA',
        names: 'mbg.aster.example 192.0.2.9',
        from: Date.parse('2026-01-01') * 1000,
        to: Date.parse('2026-12-31') * 1000,
        selfSigned: 0,
        packet: 5,
      },
    ]);
    expect(rows('alerts')).toEqual([]);
  });

  it('is told joined in the middle, and who is the server by the ports', () => {
    const { rows } = read(['0 < sealed 100', '1 > sealed 100']);
    expect(rows('flows')).toMatchObject([{ kind: 2, client: '203.0.113.7', attempts: 0, version: 0, hello: NaN }]);
  });

  it.each([
    [['0 > hello 1.2', '1 < hello 1.2', '2 > alert 2 48', '3 > FIN'], { side: 1, level: 2, code: 48, packet: 3 }],
    [['0 > hello 1.3', '1 < alert 2 70', '2 < RST'], { side: 2, level: 2, code: 70 }],
    // sealed before any data: TLS 1.2 shows the type, TLS 1.3 the length only
    [
      ['0 > hello 1.3', '1 < hello 1.3', '2 < sealed 900', '3 > sealed 19', '4 > FIN'],
      { side: 1, level: 0, code: 255 },
    ],
    [
      ['0 > hello 1.3', '1 < hello 1.3', '2 < sealed 900', '3 > sealed 1200', '4 < sealed 19', '5 < FIN'],
      { side: 2, level: 0, code: 255 },
    ],
  ] as const)('names who sent an alert: %s', (steps, alert) => {
    expect(read(steps).rows('alerts')).toMatchObject([alert]);
  });

  it('takes a usual end for no alert', () => {
    const steps = [
      '0 > hello 1.3',
      '1 < hello 1.3',
      '2 < sealed 900',
      '3 > sealed 53',
      '4 > sealed 300',
      '5 < sealed 200',
    ];
    expect(read([...steps, '6 > sealed 19', '7 < sealed 19', '8 > FIN']).rows('alerts')).toEqual([]);
    expect(read([...handshake, '2 > sealed 26', '3 > FIN']).rows('alerts')).toEqual([]);
  });

  it('reads a handshake of any segments, in any order', () => {
    const whole = drawConnections([{ ends, steps: handshake }]);
    const wanted = readAs(kind, whole).rows('certificates')[0];
    const hello = bytesOf(certificateFlight);
    const pieces = [0, 40, 41, 200].map((from, n, all): DrawnPacket => ({
      time: 1 + n,
      from: server,
      to: client,
      transport: 'tcp',
      payload: hello.slice(from, all[n + 1] ?? hello.length),
      sequence: from,
    }));
    const syn: DrawnPacket = { time: 0, from: server, to: client, transport: 'tcp', flags: ['syn'] };
    for (const order of [
      [0, 1, 2, 3],
      [0, 2, 1, 3],
      [1, 0, 3, 2],
      [0, 0, 1, 1, 2, 3],
    ]) {
      const { rows } = readAs(kind, pcap([syn, ...order.map((n) => pieces[n]!)]));
      expect(rows('certificates')).toMatchObject([{ subject: wanted!['subject'], names: wanted!['names'] }]);
    }
  });

  it('says where bytes of the handshake are missing', () => {
    const hello = bytesOf(certificateFlight);
    const part = (from: number, to: number, time: number): DrawnPacket => ({
      time,
      from: server,
      to: client,
      transport: 'tcp',
      payload: hello.slice(from, to),
      sequence: from,
    });
    const { rows, problems } = readAs(kind, pcap([part(0, 100, 0), part(150, 200, 1), part(200, 260, 9)]));
    expect(Number(rows('flows')[0]!['flags']) & flowFlags.lost).toBe(flowFlags.lost);
    expect(problems).toEqual([]);
  });
});

const certificateFlight = ((): Uint8Array => {
  const der = certificate(
    'mbg.aster.example',
    new Map([
      ['by', 'Some-CA'],
      ['for', 'mbg.aster.example,192.0.2.9'],
    ]),
  );
  const u24 = (value: number): number[] => [value >> 16, (value >> 8) & 255, value & 255];
  const body = [11, ...u24(der.length + 6), ...u24(der.length + 3), ...u24(der.length)];
  const size = body.length + der.length;
  return joined(Uint8Array.of(22, 3, 3, size >> 8, size & 255, ...body), der);
})();

describe('attempts', () => {
  it('keeps who was refused and who got no answer, not who was answered', () => {
    const at = (port: number): string => `203.0.113.7:${port} > ${server}`;
    const { rows } = readAs(
      kind,
      drawConnections([
        { ends: at(1), steps: ['0 > SYN', '0.1 < RST'] },
        { ends: at(2), steps: ['1 > SYN', '2 > SYN', '4 > SYN'] },
        { ends: at(3), steps: ['5 > SYN', '5.1 < SYN', '6 > FIN'] },
      ]),
    );
    expect(rows('flows')).toMatchObject([
      { clientPort: 1, attempts: 1, flags: flowFlags.opening | flowFlags.refused | flowFlags.reset, closedBy: 2 },
      { clientPort: 2, attempts: 3, flags: flowFlags.opening, closedBy: 0 },
    ]);
  });
});

describe('WebSocket', () => {
  const message = (length: number): string =>
    sip({ start: 'MESSAGE sip:bob@example.com SIP/2.0', body: 'x'.repeat(length) });
  const packet = (payload: Uint8Array | string, isBack = false): DrawnPacket => ({
    time: 1,
    from: isBack ? server : client,
    to: isBack ? client : server,
    transport: 'tcp',
    payload,
  });
  const opening = [packet(upgradeRequest('sip')), packet(upgradeAnswer('101', 'sip'), true)];
  /** The text of each message as a view reads it from the file. */
  const texts = (file: Uint8Array): string[] => {
    const { rows } = readAs(kind, file);
    const all = rows('pieces');
    return rows('messages').map((row, n) => {
      const own = all.filter((piece) => piece['message'] === n);
      const places = own.length > 0 ? own : [{ offset: row['offset'], size: row['size'], mask: 0 }];
      return new TextDecoder().decode(
        joined(
          ...places.map(({ offset, size, mask }) =>
            unmask(file.slice(Number(offset), Number(offset) + Number(size)), Number(mask)),
          ),
        ),
      );
    });
  };

  it.each([0, 100, 200, 5000, 70_000])('reads masked and plain frames, body of %i bytes', (length) => {
    const text = message(length);
    const frames = [
      packet(frame(bytesOf(text), { mask: 0xdeadbeef })),
      packet(frame(bytesOf(text), { code: 1 }), true),
    ];
    // an IP packet holds 64 KiB
    const cut = frames.flatMap((one) => chop(one, 30_000));
    const file = pcap([...opening, ...cut]);
    const { rows, problems } = readAs(kind, file);
    expect(problems).toEqual([]);
    expect(texts(file)).toEqual([text, text]);
    expect(rows('messages')).toMatchObject([
      { method: 'MESSAGE', transport: 4, source: '203.0.113.7', flags: 0 },
      { transport: 4, source: '198.51.100.10' },
    ]);
    expect(rows('flows')).toMatchObject([{ kind: 3, protocols: 'sip', protocol: 'sip', status: 101, closeCode: 0 }]);
  });

  it('joins fragments, lets control frames pass, and cuts anywhere', () => {
    const text = bytesOf(message(300));
    const stream = joined(
      frame(text.slice(0, 101), { mask: 0x01020304, last: false }),
      frame(bytesOf('ping'), { code: 9, mask: 0x11111111 }),
      frame(text.slice(101, 230), { code: 0, mask: 0xa1b2c3d4, last: false }),
      frame(text.slice(230), { code: 0, mask: 0x55667788 }),
      frame(bytesOf('\r\n\r\n'), { mask: 0x99887766 }),
      frame(Uint8Array.of(3, 232), { code: 8, mask: 0x12345678 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 8 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const file = pcap([...opening, ...places.slice(1).map((to, n) => packet(stream.slice(places[n], to)))]);
        expect(texts(file)).toEqual([new TextDecoder().decode(text)]);
        expect(readAs(kind, file).rows('flows')).toMatchObject([{ closeCode: 1000 }]);
      }),
      { numRuns: 40 },
    );
  });

  it('is told joined in the middle', () => {
    const file = pcap([
      packet(frame(bytesOf(message(10)), { mask: 0x0a0b0c0d })),
      packet(frame(bytesOf(message(20))), true),
    ]);
    expect(texts(file)).toEqual([message(10), message(20)]);
  });

  it('leaves other sub-protocols alone', () => {
    const chat = [packet(upgradeRequest('chat')), packet(upgradeAnswer('101', 'chat'), true)];
    const { rows, problems } = readAs(kind, pcap([...chat, packet(frame(bytesOf('hello'), { mask: 1 }))]));
    expect(rows('messages')).toEqual([]);
    expect(rows('packets')).toEqual([]);
    expect(problems).toEqual([]);
  });
});

it('reads every message of an SCTP packet', () => {
  const texts = [1, 2].map((n) => bytesOf(sip({ start: 'OPTIONS sip:b@example.com SIP/2.0', callId: `c${n}` })));
  const chunk = (text: Uint8Array): Uint8Array => {
    const size = 16 + text.length;
    return joined(
      Uint8Array.of(0, 3, size >> 8, size & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
      text,
      new Uint8Array((4 - (size % 4)) % 4),
    );
  };
  const body = joined(Uint8Array.of(0x13, 0xc4, 0x13, 0xc5, 0, 0, 0, 1, 0, 0, 0, 0), ...texts.map(chunk));
  const file = pcap([{ time: 1, from: client, to: server, transport: 'udp', payload: body.slice(8) }], {
    linkType: 101,
  });
  // the UDP header gives way to that of SCTP
  file.set(body.slice(0, 8), 24 + 16 + 20);
  file[24 + 16 + 9] = 132;
  expect(readAs(kind, file).rows('messages')).toMatchObject([
    { callId: 'c1', transport: 6, sourcePort: 5060, targetPort: 5061 },
    { callId: 'c2', transport: 6 },
  ]);
});

function chop(packet: DrawnPacket, size: number): DrawnPacket[] {
  const bytes = bytesOf(packet.payload ?? '');
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => ({
    ...packet,
    payload: bytes.slice(n * size, (n + 1) * size),
  }));
}

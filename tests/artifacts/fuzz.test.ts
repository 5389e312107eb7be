/**
 * Hostile bytes: seeded mutants of small files through every decoder of captures, connections and SIP. Nothing throws or
 * hangs, what is reported lies inside the file. `PSISCOPE_FUZZ=100000 npx vitest run tests/artifacts/fuzz.test.ts` takes as
 * many mutants of each decoder, from `PSISCOPE_FUZZ_SEED` on.
 */
import { describe, expect, it } from 'vitest';
import { readSeam, type EdgePacket } from '../../src/artifacts/capture/seam-reader';
import { createPool } from '../../src/base/strings';
import type { ArtifactKind } from '../../src/artifacts/kind';
import { createBuilders } from '../../src/evidence/merge';
import capture from '../../src/artifacts/packet-capture';
import trace from '../../src/artifacts/sip-trace';
import { eachPart } from '../../src/decode/body-parts';
import { createSdpReader } from '../../src/decode/sdp';
import { createSipReader } from '../../src/decode/sip';
import { readSipInText, sipColumn } from '../../src/decode/sip-in-text';
import { createTlsSide, isTlsRecord, readTlsRecord, tlsRecordSize, type TlsSink } from '../../src/decode/tls';
import { createWebSocketSide, readWebSocket } from '../../src/decode/websocket';
import { readCertificate } from '../../src/decode/x509';
import { certificate, drawConnections, frame, hello, upgradeRequest } from '../build/connections';
import { drawCapture } from '../build/ladder';
import { mutant } from '../build/mutate';
import { bytesOf, joined, pcap, pcapng, type DrawnPacket } from '../build/pcap';
import { readAs } from '../build/reading';
import { receiverReport, rtp as rtpBytes, stun, tone } from '../build/rtp';
import { sdp, sip } from '../build/sip';
import { sipLogs } from '../build/sip-log';

const long = Number(process.env['PSISCOPE_FUZZ'] ?? 0);
const mutants = long > 0 ? long : 2000;
const firstSeed = Number(process.env['PSISCOPE_FUZZ_SEED'] ?? 1);

const invite = sip({ start: 'INVITE sip:bob@example.com SIP/2.0', body: sdp('192.0.2.1', 4000) });
const ends = { from: '192.0.2.1:5060', to: '192.0.2.2:5060', time: 1_750_000_000 };
const udp: DrawnPacket = { ...ends, transport: 'udp', payload: invite };
const rtp: DrawnPacket = {
  ...udp,
  payload: Uint8Array.of(0x80, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 7, ...new Uint8Array(20)),
};
const tcp: DrawnPacket = { ...ends, transport: 'tcp', payload: invite };
const segments = [tcp, { ...tcp, payload: invite.slice(0, 200) }, { ...tcp, payload: invite.slice(200) }];
const connections = drawConnections([
  {
    ends: '203.0.113.7:40000 > 198.51.100.10:5061',
    steps: [
      '0 > SYN',
      '0 < SYN',
      '1 > hello 1.2 sni=a.example alpn=sip',
      '1 < hello 1.3',
      '1 < certificate a for=b,c',
      '2 < request',
      '2 > certificate none',
      '3 > done',
      '3 > sealed 19',
      '4 < alert 2 48',
      '5 > FIN',
    ],
  },
  { ends: '203.0.113.7:40001 > 198.51.100.10:80', steps: ['6 > upgrade sip', '6 < status 101 sip', '7 < close 1011'] },
]);
const call = {
  drawn: '\n a b\n 0.000 |--INVITE-1-->|\n 1.000 |<--200-1--|',
  with: { 'INVITE-1': ['m=audio 4000 RTP/AVP 8'] },
};
const snoop = ((): Uint8Array => {
  const record = pcap([udp], { order: 'big' }).subarray(24);
  const length = [...record.subarray(12, 16)];
  const size = record.length + 8;
  const header = [...length, ...length, 0, 0, size >> 8, size & 255, 0, 0, 0, 0, ...record.subarray(0, 8)];
  return joined(Uint8Array.from([...bytesOf('snoop\0\0\0'), 0, 0, 0, 2, 0, 0, 0, 4, ...header]), record.subarray(16));
})();
const hepPacket = joined(
  bytesOf('HEP3'),
  Uint8Array.of(0, 40, 0, 0, 0, 15, 0, 34),
  bytesOf('OPTIONS sip:a@b SIP/2.0\r\n\r\n'),
);

/** Tables are used again: opening and sealing them costs more than what is read into them. */
let tables = createBuilders();
let strings = createPool();
let runs = 0;
function readWith(kind: ArtifactKind, bytes: Uint8Array, chunk = bytes.length): number {
  if (++runs % 500 === 0) {
    tables = createBuilders();
    strings = createPool();
  }
  const before = tables.messages.length;
  const reader = kind.open({
    tables,
    strings,
    artifact: 0,
    path: 'fuzz',
    wants: { headers: ['warning'], patterns: [] },
    problem: (_, offset) => {
      if (offset > bytes.length) throw new Error(`a problem at ${offset}`);
    },
    fact: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.subarray(at, at + chunk));
  reader.end();
  const { offset } = tables.messages.columns;
  for (let row = before; row < tables.messages.length; row++) {
    if (offset[row]! >= bytes.length) throw new Error(`a message at ${offset[row]}`);
  }
  if (tables.messages.length - before > bytes.length) throw new Error('more messages than bytes');
  return before;
}
const readCapture = (bytes: Uint8Array): void => void readWith(capture, bytes);
const readTrace = (bytes: Uint8Array): void => {
  const before = readWith(trace, bytes, 1 + (bytes.length % 700));
  const { offset, size } = tables.messages.columns;
  for (let row = before; row < tables.messages.length; row++) {
    if (offset[row]! + size[row]! > bytes.length) throw new Error('a message beyond the text');
  }
};
const sipReader = createSipReader(['warning', 'reason']);
const sdpReader = createSdpReader();
const quiet: TlsSink = {
  clientHello: () => undefined,
  serverHello: () => undefined,
  certificate: (bytes, from, to) => void readCertificate(bytes, from, to),
  message: () => undefined,
  noCertificate: () => undefined,
  alert: () => undefined,
  sealed: () => undefined,
};

const eventBytes = rtpBytes({ sequence: 2, stamp: 160, type: 101, payload: tone(5, 800, true) });
/** VoIP metrics (RFC 3611 §4.7). */
const extendedReport = joined(Uint8Array.of(0x80, 207, 0, 10, 0, 0, 0, 9, 7, 0, 0, 8, 0, 0, 0, 7), new Uint8Array(28));
const announced: DrawnPacket = {
  ...udp,
  payload: sip({
    start: 'INVITE sip:bob@example.com SIP/2.0',
    body: `${sdp('192.0.2.1', 4000)}a=rtpmap:101 telephone-event/8000\r\nm=image 4002 udptl t38\r\n`,
  }),
};
/** The payload of datagrams to and from a port that SDP announced. */
const readMedia = (port: number) => {
  const head = pcap([announced]);
  return (bytes: Uint8Array): void => {
    const half = bytes.length >> 1;
    const to = `192.0.2.1:${port}`;
    const packets = [bytes, bytes.subarray(half), bytes].map((payload, n): DrawnPacket => ({
      time: ends.time + n / 50,
      from: n === 1 ? to : '192.0.2.2:6000',
      to: n === 1 ? '192.0.2.2:6000' : to,
      transport: 'udp',
      payload,
    }));
    readCapture(joined(head, pcap(packets).subarray(24)));
  };
};
const rawHeader = pcap([], { linkType: 101 });
/** The bytes are one IP packet. */
const readPacket = (bytes: Uint8Array): void => {
  const record = new Uint8Array(16);
  const view = new DataView(record.buffer);
  view.setUint32(8, bytes.length, true);
  view.setUint32(12, bytes.length, true);
  readCapture(joined(rawHeader, record, bytes));
};
/** The records of a capture as if they lay at the edges of two files. */
const readOverSeam = (bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: EdgePacket[] = [];
  for (let at = 24; at + 16 <= bytes.length && packets.length < 50;) {
    const size = Math.min(view.getUint32(at + 8, true), bytes.length - at - 16);
    const place = { artifact: packets.length % 2, number: packets.length, offset: at + 16, link: 1 };
    packets.push({
      ...place,
      time: at,
      wire: view.getUint32(at + 12, true),
      bytes: bytes.slice(at + 16, at + 16 + size),
    });
    at += 16 + size;
  }
  const sink = { tables: createBuilders(), strings: createPool(), artifact: 0, path: 'fuzz' };
  const wants = { headers: ['warning'], patterns: [] };
  const whole = readSeam(packets, { ...sink, wants, problem: () => undefined, fact: () => undefined });
  if (whole.some((packet) => !packets.includes(packet))) throw new Error('a packet of nowhere');
};
const packetOf = (packet: DrawnPacket): Uint8Array => pcap([packet], { linkType: 101 }).subarray(40);
/** An IPv4 packet of a protocol. */
const inIp = (protocol: number, payload: Uint8Array): Uint8Array =>
  joined(
    Uint8Array.of(0x45, 0, (payload.length + 20) >> 8, (payload.length + 20) & 255, 0, 1, 0, 0, 64, protocol, 0, 0),
    Uint8Array.of(192, 0, 2, 1, 192, 0, 2, 2),
    payload,
  );
const options = bytesOf('OPTIONS sip:a@b SIP/2.0\r\nCall-ID: 1\r\n\r\n');
const chunk = joined(Uint8Array.of(0, 3, 0, 16 + options.length), new Uint8Array(12), options);
const tunnel = (port: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  packetOf({ ...udp, to: `192.0.2.2:${port}`, payload: joined(...parts) });
const ethernet = joined(new Uint8Array(12), Uint8Array.of(8, 0), packetOf(udp));
const question = joined(
  Uint8Array.of(0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 5),
  bytesOf('_sips'),
  Uint8Array.of(4),
  bytesOf('_tcp'),
  Uint8Array.of(1, 0x61, 0, 0, 33, 0, 1),
);

/** Decoder, its seeds, how it is run. */
const decoders: readonly (readonly [string, readonly Uint8Array[], (bytes: Uint8Array) => void])[] = [
  [
    'pcap',
    [pcap([udp, { ...udp, fragment: 200 }, rtp]), pcap([udp], { linkType: 113, resolution: 'ns', order: 'big' })],
    readCapture,
  ],
  [
    'pcapng',
    [
      pcapng([udp, rtp], { interfaces: [{ resolution: 9, offset: 3 }] }),
      pcapng([udp], { order: 'big', vlan: [3] }),
      pcapng([{ ...udp, comment: 'here' }], {
        comment: 'all',
        names: { '192.0.2.1:0': 'a', '[::1]:0': 'b' },
        secrets: true,
      }),
    ],
    readCapture,
  ],
  ['seams of a rotated capture', [pcap(segments), pcap([udp, { ...udp, fragment: 200 }])], readOverSeam],
  ['RTP, telephone events', [rtpBytes({ sequence: 1, stamp: 160 }), eventBytes], readMedia(4000)],
  ['RTCP', [receiverReport(7, 9, 2, 30), joined(receiverReport(7, 9, 2, 30), extendedReport)], readMedia(4001)],
  [
    'STUN',
    [
      stun(1, [
        [6, bytesOf('user:name')],
        [0x24, new Uint8Array(4)],
        [0x25, new Uint8Array(0)],
      ]),
      stun(0x111, [[9, Uint8Array.of(0, 0, 4, 87)]]),
    ],
    readMedia(4000),
  ],
  ['T.38', [Uint8Array.of(0, 1, 3, 1, 2, 3, 0, 0), Uint8Array.of(0, 2, 200, 9)], readMedia(4002)],
  [
    'DNS',
    [question, joined(Uint8Array.of(0, 7, 0x81, 0x83), question.subarray(4))],
    (bytes) => readCapture(pcap([{ ...udp, to: '192.0.2.2:53', payload: bytes }])),
  ],
  ['SCTP', [inIp(132, joined(new Uint8Array(12), chunk, chunk))], readPacket],
  ['HEP in a datagram', [packetOf({ ...udp, payload: hepPacket })], readPacket],
  [
    'tunnels',
    [
      inIp(47, joined(Uint8Array.of(0, 0, 8, 0), packetOf(udp))),
      inIp(4, packetOf(udp)),
      tunnel(4789, Uint8Array.of(8, 0, 0, 0, 0, 0, 1, 0), ethernet),
      tunnel(6081, Uint8Array.of(1, 0, 0x65, 0x58, 0, 0, 1, 0, 1, 2, 3, 4), ethernet),
      tunnel(2152, Uint8Array.of(0x34, 255, 0, 200, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0), packetOf(udp)),
    ],
    readPacket,
  ],
  [
    'parts of a body',
    [bytesOf(`--x\r\nContent-Type: application/sdp\r\n\r\n${sdp('::1', 1)}\r\n--x\r\nc: a/isup\r\n\r\n1\r\n--x--`)],
    (bytes) =>
      eachPart(bytes, 0, bytes.length, (typeFrom, typeTo, from, to) => {
        if (typeFrom > typeTo || from > to || to > bytes.length) throw new Error('a part beyond the body');
      }),
  ],
  ['snoop, HEP', [snoop, pcap([{ ...udp, payload: hepPacket }])], readCapture],
  ['TCP', [pcap(segments), pcap([segments[0]!, segments[2]!, segments[1]!])], readCapture],
  ['TLS and WebSocket flows', [connections], readCapture],
  ['SIP in text', Object.values(sipLogs).map((draw) => bytesOf(draw(call))), readTrace],
  [
    'SIP message',
    [bytesOf(invite), drawCapture(call).slice(82)],
    (bytes) => {
      if (!sipReader.read(bytes, 0, bytes.length)) return;
      const { message } = sipReader;
      for (const place of message.spans) if (place < 0 || place > bytes.length) throw new Error('a span beyond');
    },
  ],
  [
    'SDP',
    [bytesOf(sdp('192.0.2.1', 4000)), bytesOf(sdp('::1', 1))],
    (bytes) => sdpReader.read(bytes, 0, bytes.length, () => undefined),
  ],
  [
    'SIP message in a text',
    Object.values(sipLogs).map((draw) => bytesOf(draw(call))),
    (bytes) => {
      const column = sipColumn(bytes, 0, bytes.length);
      const result = readSipInText(bytes, 0, Math.max(0, column), bytes.length, true);
      if (result && result.end > bytes.length) throw new Error('beyond the end');
    },
  ],
  [
    'TLS records',
    [
      hello(
        true,
        '1.3',
        new Map([
          ['sni', 'a.example'],
          ['alpn', 'sip,h2'],
        ]),
      ),
      hello(false, '1.2', new Map()),
    ],
    (bytes) => {
      const side = createTlsSide();
      for (let at = 0; isTlsRecord(bytes, at, bytes.length); at += tlsRecordSize(bytes, at)) {
        if (at + tlsRecordSize(bytes, at) > bytes.length) break;
        readTlsRecord(side, bytes, at, quiet);
      }
    },
  ],
  [
    'certificate',
    [certificate('a.example', new Map([['for', 'a.example,192.0.2.1']]))],
    (bytes) => void readCertificate(bytes, 0, bytes.length),
  ],
  [
    'WebSocket',
    [
      joined(
        bytesOf(upgradeRequest('sip')),
        frame(bytesOf(invite), { mask: 0xa1b2c3d4 }),
        frame(new Uint8Array(70_000)),
      ),
    ],
    (bytes) => {
      const side = createWebSocketSide(false);
      const sink = { head: () => undefined, message: () => undefined, close: () => undefined };
      const at = readWebSocket(side, bytes, 0, bytes.length, 0, undefined, sink);
      if (at > bytes.length) throw new Error('beyond the end');
    },
  ],
];

describe('mutants', () => {
  it.each(decoders)(
    '%s',
    (name, seeds, run) => {
      let slowest = 0;
      for (let n = 0; n < mutants; n++) {
        const seed = firstSeed + n;
        const bytes = mutant(seeds[n % seeds.length]!, seeds[(n + 1) % seeds.length]!, seed);
        // the processor's time: the long run yields to everything else
        const start = long > 0 ? process.cpuUsage() : undefined;
        try {
          run(bytes);
        } catch (error) {
          throw new Error(`seed ${seed}`, { cause: error });
        }
        if (start) slowest = Math.max(slowest, process.cpuUsage(start).user / 1000);
      }
      if (long > 0) console.log(`${name}: ${mutants} mutants from seed ${firstSeed}, slowest ${slowest.toFixed(1)} ms`);
      expect(slowest).toBeLessThan(2000);
    },
    long > 0 ? 24 * 3600_000 : 60_000,
  );
});

it.each(decoders)('cut at every place: %s', (_, seeds, run) => {
  for (const seed of seeds) {
    const step = seed.length > 5000 ? 997 : seed.length > 700 ? 5 : 1;
    for (let end = 0; end <= seed.length; end += step) run(seed.slice(0, end));
  }
});

it('a capture cut at any place gives a prefix of its messages, or says where it ends', () => {
  const file = pcap([udp, { ...udp, fragment: 200 }, ...segments]);
  const whole = readAs(capture, file).rows('messages');
  for (let end = 0; end < file.length; end += 11) {
    const { rows, problems } = readAs(capture, file.slice(0, end));
    const messages = rows('messages').filter(({ flags }) => (Number(flags) & 2) === 0);
    expect(messages).toEqual(whole.slice(0, messages.length));
    expect(messages.length === whole.length || problems.length > 0 || isBoundary(file, end)).toBe(true);
  }
});

/** A record of the capture ends here: nothing tells that more were to follow. */
function isBoundary(file: Uint8Array, end: number): boolean {
  const view = new DataView(file.buffer, file.byteOffset);
  let at = 24;
  while (at < end) at += 16 + view.getUint32(at + 8, true);
  return at === end;
}

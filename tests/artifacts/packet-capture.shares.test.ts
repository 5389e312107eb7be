import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import kind from '../../src/artifacts/packet-capture';
import { schemas, type TableName } from '../../src/evidence/schema';
import { describeWithCorpus } from '../build/corpus';
import { pcap, type DrawnPacket } from '../build/pcap';
import { readAs } from '../build/reading';
import { receiverReport, rtp, stream, stun, tone } from '../build/rtp';
import { sdp, sip } from '../build/sip';

const wants = { headers: ['content-type', 'p-asserted-identity'], patterns: [] };

/** Everything that a reader gives, in the words of a person. */
function whole(bytes: Uint8Array, shared: boolean, chunks?: readonly number[]) {
  const { rows, problems, reading } = readAs(kind, bytes, { wants, shared, ...(chunks ? { chunks } : {}) });
  const tables = (Object.keys(schemas) as TableName[]).map((name) => [name, rows(name)] as const);
  return { tables: Object.fromEntries(tables.filter(([, { length }]) => length > 0)), problems, reading };
}
function sameShared(bytes: Uint8Array, chunks?: readonly number[]): void {
  expect(whole(bytes, true, chunks)).toEqual(whole(bytes, false, chunks));
}

const start = 1_750_000_000;
const a = '192.0.2.1:4000';
const b = '192.0.2.2:6000';
const media = (time: number, payload: Uint8Array, from = a, to = b): DrawnPacket => ({
  time,
  from,
  to,
  transport: 'udp',
  payload,
});
const fax = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=image 4002 udptl t38\r\n';
const invite = (body: string) => sip({ start: 'INVITE sip:bob@example.com SIP/2.0', body });
const said = (time: number, payload: string, transport: 'udp' | 'tcp' = 'udp'): DrawnPacket => ({
  time,
  from: '192.0.2.1:5060',
  to: '192.0.2.2:5060',
  transport,
  payload,
});
const dns = Uint8Array.from([18, 52, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 97, 98, 99, 0, 0, 1, 0, 1]);

const packets: readonly DrawnPacket[] = [
  ...stream({ from: a, to: b, start, packets: 12, ssrc: 7 }),
  said(start + 0.1, invite(sdp('192.0.2.1', 4000))),
  said(start + 0.101, sip({ start: 'SIP/2.0 180 Ringing' })),
  said(start + 0.102, invite(sdp('192.0.2.2', 6000)), 'tcp'),
  ...stream({ from: b, to: a, start: start + 0.11, packets: 12, without: [3, 4] }),
  media(start + 0.2, rtp({ sequence: 200, stamp: 1, type: 101, payload: tone(5, 160, true) })),
  media(start + 0.25, receiverReport(7, 10, 3, 40), '192.0.2.1:4001', '192.0.2.2:6001'),
  media(start + 0.26, stun(1, [[0x24, new Uint8Array(4)]])),
  media(start + 0.27, stun(0x101), b, a),
  media(start + 0.28, dns, '192.0.2.1:40000', '192.0.2.53:53'),
  said(start + 0.29, invite(fax)),
  media(start + 0.3, Uint8Array.of(0, 1, 2, 3, 4), '192.0.2.1:4002', b),
  media(start + 0.31, Uint8Array.of(0, 3, 2, 3, 4), '192.0.2.1:4002', b),
];

describe('two shares of one capture', () => {
  it('have all kinds of rows', () => {
    const { tables } = whole(pcap(packets), true);
    for (const name of ['messages', 'media', 'streams', 'tones', 'reports', 'checks', 'lookups', 'flows']) {
      expect(tables[name]?.length, name).toBeGreaterThan(0);
    }
    expect(tables['streams']!.map(({ announced }) => announced)).toEqual([0, 1, 1, 1]);
  });

  it('are what one reader gives, whatever the order of the packets and the chunks', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...packets], { minLength: 20 }),
        fc.array(fc.integer({ min: 24, max: 700 }), { minLength: 1, maxLength: 4 }),
        (some, chunks) => sameShared(pcap(some), chunks),
      ),
      { numRuns: 40 },
    );
  });

  it('are so of damaged files as well', () => {
    const bytes = pcap(packets);
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.integer({ min: 24, max: bytes.length }),
        (at, value, length) => {
          const damaged = bytes.slice(0, length);
          if (at >= 24) damaged[at] = value;
          sameShared(damaged);
        },
      ),
      { numRuns: 60 },
    );
  });

  const lab = new URL('../lab/captures/', import.meta.url);
  it.each(readdirSync(lab).filter((name) => name.endsWith('.pcap')))('are so of %s', (name) => {
    sameShared(new Uint8Array(readFileSync(new URL(name, lab))), [65_536]);
  });
});

describeWithCorpus('captures', (folder) => {
  const files = readdirSync(folder).filter((name) => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name));
  it.each(files)('%s is the same in two shares', (name) => {
    const stored = readFileSync(`${folder}/${name}`);
    const bytes = new Uint8Array(name.endsWith('.gz') ? gunzipSync(stored) : stored);
    if (bytes.length < 4_000_000) sameShared(bytes, [65_536]);
  });
});

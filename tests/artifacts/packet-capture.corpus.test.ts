import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import kind from '../../src/artifacts/packet-capture';
import { corpusExpected, describeWithCorpus } from '../build/corpus';
import { joined, pcap } from '../build/pcap';
import { readAs } from '../build/reading';

interface Expected {
  readonly packets: number;
  readonly packets_snaplen_truncated: number;
  readonly rtp_streams_signalled: number;
  readonly sip: {
    readonly messages: number;
    readonly distinct_call_ids: number;
    readonly methods: Readonly<Record<string, number>>;
    readonly status_codes: Readonly<Record<string, number>>;
    readonly frames: readonly { readonly frame: number }[];
  };
}

/** Where the reader and tshark 4.0.17 differ, and why that is accepted. */
const differences: Readonly<Record<string, { readonly differs: readonly string[]; readonly reason: string }>> = {
  'suricata-verify__bug-1450-04__tls_DER-incomplete-header.pcap': {
    differs: ['packets'],
    reason: 'a damaged record: tshark stops there, reading goes on behind it',
  },
  'suricata-verify__smtp-to-comma__10.7.29.101_49898-178.63.41.150_25.pcap': {
    differs: ['packets'],
    reason: 'a damaged record: tshark stops there, reading goes on behind it',
  },
  'gopacket__test901.pcapng': {
    differs: ['packets'],
    reason: 'section version 2.0: tshark stops, its blocks are those of 1.0 and are read',
  },
  'nDPI__fuzz-2021-10-13.pcap': {
    differs: ['packets', 'truncated'],
    reason: 'fuzzed: the only record claims 524 501 bytes, more than any IP capture has',
  },
  'nDPI__stun.pcap': {
    differs: ['rtp'],
    reason: 'the one stream was set up by DTLS-SRTP; the contract counts streams announced by SDP',
  },
  'tcpdump__hoobr_juniper3.pcap': { differs: ['packets', 'truncated'], reason: 'tshark refuses the link type' },
  'tcpdump__juniper_monitor_invalid_cookie_length.pcap': {
    differs: ['packets'],
    reason: 'tshark refuses the link type',
  },
  'tcpdump__vtp_asan.pcap': { differs: ['packets', 'truncated'], reason: 'tshark refuses the link type' },
};

describeWithCorpus('captures', (folder) => {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  it.each(names.map((name) => [name, corpusExpected(`captures/${name}`) as Expected | undefined] as const))(
    '%s',
    (name, expected) => {
      const stored = readFileSync(`${folder}/${name}`);
      const bytes = new Uint8Array(stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored);
      expect(kind.sniff(bytes.subarray(0, 65536), name).certainty).toBe(3);
      const result = readAs(kind, bytes, { chunks: [65536] });
      if (!expected) return;
      const capture = result.reading.capture!;
      const wanted: Record<string, readonly [unknown, unknown]> = {
        packets: [capture.packets, expected.packets],
        truncated: [capture.truncatedPackets, expected.packets_snaplen_truncated],
        messages: [capture.sipMessages, expected.sip.messages],
        callIds: [capture.callIds, expected.sip.distinct_call_ids],
        requests: [capture.requests, expected.sip.methods],
        responses: [capture.responses, expected.sip.status_codes],
        rtp: [capture.rtpStreams, expected.rtp_streams_signalled],
      };
      const differs = Object.keys(wanted).filter((key) => !same(...wanted[key]!));
      expect(differs, JSON.stringify(wanted)).toEqual(differences[name]?.differs ?? []);
      // tshark lists HTTP on port 5060 among the frames, without a SIP message in it
      if (expected.sip.messages > 0) {
        const frames = new Set(result.rows('messages').map((row) => row['packet']));
        expect([...frames]).toEqual(expected.sip.frames.map(({ frame }) => frame));
      }
    },
  );
});

describeWithCorpus('sip-messages', (folder) => {
  describe('read from UDP and from TCP', () => {
    it.each(readdirSync(folder))('%s', (name) => {
      const payload = new Uint8Array(readFileSync(`${folder}/${name}`));
      const ends = { from: '192.0.2.1:5060', to: '192.0.2.2:5060', time: 1_750_000_000 };
      const whole = payload.subarray(0, 65_000);
      const udp = readAs(kind, pcap([{ ...ends, transport: 'udp', payload: whole }]));
      expect(udp.problems.filter(({ code }) => code !== 'bad-message')).toEqual([]);
      const parts = [0, 1, 2, 3].map((n) => {
        const size = Math.ceil(whole.length / 4);
        return { ...ends, transport: 'tcp' as const, payload: whole.subarray(n * size, (n + 1) * size) };
      });
      const tcp = readAs(kind, pcap(parts));
      const ofTcp = tcp.rows('messages').length;
      expect(ofTcp).toBeGreaterThanOrEqual(Math.min(1, udp.rows('messages').length));
      readAs(kind, joined(whole, whole));
    });
  });
});

const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import kind from '../../src/artifacts/packet-capture';
import { corpusExpected, describeWithCorpus } from '../build/corpus';
import { readAs } from '../build/reading';

interface Listed {
  readonly src: string;
  readonly dst: string;
  readonly ssrc: string;
  readonly packets: number;
  readonly lost: number;
  readonly jitter_ms_min_mean_max: readonly string[];
}
interface Expected {
  readonly rtp_streams: readonly Listed[];
  readonly rtp_streams_heuristic: readonly Listed[];
}

/** Streams of `tshark -z rtp,streams` that differ, by SSRC, and what in the bytes makes them differ. */
const differences: Readonly<
  Record<string, { readonly reason: string; readonly streams: Readonly<Record<string, string>> }>
> = {
  'nDPI__FAX-Call-t38-CA-TDM-SIP-FB-1.pcap': {
    reason: 'after the re-INVITE for fax 27 more packets of this SSRC and payload type follow; tshark leaves them out',
    streams: { '0x0EAF0EAF': 'packets 159 ≠ 132' },
  },
  'nDPI__rtp.pcapng': {
    reason: 'video, several packets with one RTP time: the largest jitter is equal, the mean is weighted otherwise',
    streams: { '0x00001646': 'jitter 0.844 ≠ 0.692' },
  },
  'nDPI__stun_signal.pcapng': {
    reason: 'one or two packets prove no RTP that nobody announced; of 0x7DD tshark leaves out the first of twelve',
    streams: { '0x000003E9': 'not found', '0x000007D1': 'not found', '0x000007DD': 'packets 12 ≠ 11' },
  },
  'nDPI__stun_wa_call.pcapng': {
    reason: 'one or two packets prove no RTP that nobody announced',
    streams: { '0x7FC09BD9': 'not found' },
  },
  'sipnab__h263-over-rtp.pcap': {
    reason: 'video, several packets with one RTP time: the largest jitter is equal, the mean is weighted otherwise',
    streams: { '0x5482ECE0': 'jitter 17.659 ≠ 15.505' },
  },
  'testsuite__ssrc1.pcap': {
    reason: 'one packet proves no RTP that nobody announced',
    streams: { '0x00273AAB': 'not found' },
  },
  'testsuite__ulaw-2013785496.pcap': {
    reason: 'tshark takes the length of telephone events, whose RTP time stands still (RFC 4733 §2.2.1), for jitter',
    streams: { '0x34D01D16': 'jitter 3.850 ≠ 6.475, largest jitter 6.775 ≠ 23.397' },
  },
};

/**
 * tshark counts a packet that came twice as one that makes up for a lost one; here it is a duplicate. It gives −1 as
 * jitter where it knows no clock.
 */
describeWithCorpus('captures', (folder) => {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  it.each(names.map((name) => [name, corpusExpected(`captures/${name}`) as Expected | undefined] as const))(
    '%s',
    (name, expected) => {
      const listed = [...(expected?.rtp_streams ?? []), ...(expected?.rtp_streams_heuristic ?? [])];
      if (listed.length === 0) return;
      const stored = readFileSync(`${folder}/${name}`);
      const bytes = new Uint8Array(stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored);
      const streams = readAs(kind, bytes, { chunks: [65536] }).rows('streams');
      const differs: Record<string, string> = {};
      for (const wanted of listed) {
        const own = streams.find(
          (stream) =>
            stream['ssrc'] === Number(wanted.ssrc) &&
            `${String(stream['source'])}:${String(stream['sourcePort'])}` === wanted.src &&
            `${String(stream['target'])}:${String(stream['targetPort'])}` === wanted.dst,
        );
        const fault = own ? compare(own as Record<string, number>, wanted) : 'not found';
        if (fault !== '') differs[wanted.ssrc] = fault;
      }
      expect(differs).toEqual(differences[name]?.streams ?? {});
    },
  );
});

function compare(own: Readonly<Record<string, number>>, wanted: Listed): string {
  const faults: string[] = [];
  if (own['packets'] !== wanted.packets) faults.push(`packets ${own['packets']!} ≠ ${wanted.packets}`);
  if (Math.abs(own['lost']! - own['duplicates']! - wanted.lost) > 1)
    faults.push(`lost ${own['lost']!} ≠ ${wanted.lost}`);
  const [least, mean, most] = wanted.jitter_ms_min_mean_max.map(Number) as [number, number, number];
  const near = (value: number, other: number): boolean =>
    Math.abs(value / 1000 - other) <= Math.max(0.1 * other, 0.002);
  if (least >= 0 && !near(own['jitter']!, mean))
    faults.push(`jitter ${(own['jitter']! / 1000).toFixed(3)} ≠ ${mean.toFixed(3)}`);
  if (least >= 0 && !near(own['jitterMax']!, most))
    faults.push(`largest jitter ${(own['jitterMax']! / 1000).toFixed(3)} ≠ ${most.toFixed(3)}`);
  return faults.join(', ');
}

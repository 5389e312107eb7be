import { describe, expect, it } from 'vitest';
import { createDesk } from '../../src/analysis/create-desk';
import { intake } from '../../src/intake/run';
import { rules, ruleWants } from '../../src/rules';
import { joined, pcap, pcapng, type DrawnPacket } from '../build/pcap';
import { stream } from '../build/rtp';
import { sdp, sip } from '../build/sip';
import { tar } from '../build/tar';

const body = sdp('192.0.2.1', 4000);
const [ping, pong] = ['ping', 'pong'].map((callId) => sip({ start: 'OPTIONS sip:bob@example.com SIP/2.0', callId }));
const invite = sip({ start: 'INVITE sip:bob@example.com SIP/2.0', callId: 'over-the-seam', body });
const ends = { from: '192.0.2.1:5060', to: '192.0.2.2:5060' };
/** A message, then one in three segments, then another message. */
const spread = (text: string, start: number): DrawnPacket[] => {
  const third = Math.floor(text.length / 3);
  return [ping!, text.slice(0, third), text.slice(third, 2 * third), text.slice(2 * third) + pong!].map(
    (payload, n) => ({
      ...ends,
      transport: 'tcp',
      time: start + n / 100,
      payload,
    }),
  );
};
const overTcp = spread(invite, 1_750_000_000);

/** A capture as its header and its records. */
function recordsOf(capture: Uint8Array): { readonly head: Uint8Array; readonly records: readonly Uint8Array[] } {
  const view = new DataView(capture.buffer);
  const isPcapng = view.getUint32(0) === 0x0a0d0d0a;
  const records: Uint8Array[] = [];
  let head = isPcapng ? 0 : 24;
  for (let at = head; at < capture.length;) {
    const size = isPcapng ? view.getUint32(at + 4, true) : 16 + view.getUint32(at + 8, true);
    if (isPcapng && view.getUint32(at, true) !== 6) head += size;
    else records.push(capture.slice(at, at + size));
    at += size;
  }
  return { head: capture.slice(0, head), records };
}
/** A capture whose records are dealt out, in order, to files of so many. */
function dealt(
  capture: Uint8Array,
  ...counts: readonly number[]
): { readonly path: string; readonly bytes: Uint8Array }[] {
  const { head, records } = recordsOf(capture);
  let at = 0;
  return counts.map((count, n) => {
    const own = records.slice(at, (at += count));
    return { path: `sip.pcap${n}`, bytes: joined(head, ...own) };
  });
}
async function dropped(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]) {
  const desk = createDesk({ rules, wants: ruleWants, computerZone: 'UTC' });
  for (const { path, bytes } of files) {
    const blob = new Blob([bytes as BlobPart]);
    const { harvest, blobs, packed } = await intake({ path, blob, keepBytes: true }, ruleWants);
    await desk.add([harvest], [blob], [blobs], [packed]);
  }
  return desk;
}
type Desk = Awaited<ReturnType<typeof dropped>>;
/** The messages that count, and where they were completed. */
function told(desk: Desk): string[] {
  const { evidence, links } = desk.view();
  const { messages, strings, artifacts, media } = evidence;
  return [...Array(messages.length).keys()]
    .filter((row) => links.duplicateOf[row] === -1)
    .sort((a, b) => messages.time[a]! - messages.time[b]! || messages.offset[a]! - messages.offset[b]!)
    .map((row) =>
      [
        artifacts[messages.artifact[row]!]!.path.replace(/.*\//, ''),
        messages.packet[row],
        strings.text(messages.method[row]!),
        strings.text(messages.callId[row]!),
        media.message.includes(row) ? 'SDP' : '-',
        messages.flags[row]! & 2 ? 'cut' : 'whole',
      ].join(' '),
    );
}
const whole = (first: string, last: string, packet: number): string[] => [
  `${first} 1 OPTIONS ping - whole`,
  `${last} ${packet} INVITE over-the-seam SDP whole`,
  `${last} ${packet} OPTIONS pong - whole`,
];

describe.each([
  ['pcap', pcap(overTcp)],
  ['pcapng', pcapng(overTcp)],
] as const)('a message over TCP that crosses the seam of a rotated %s', (form, capture) => {
  it.each([
    ['two files', [2, 2], [0, 1], 2],
    ['two files, dropped the other way round', [2, 2], [1, 0], 2],
    ['two files, cut before its last segment', [3, 1], [0, 1], 1],
    ['three files', [2, 1, 1], [2, 0, 1], 1],
  ] as const)('is whole: %s', async (_, counts, order, packet) => {
    const files = dealt(capture, ...counts);
    const desk = await dropped(order.map((n) => files[n]!));
    expect(told(desk)).toEqual(whole('sip.pcap0', `sip.pcap${counts.length - 1}`, packet));
  });

  it('is whole beside others that no seam cuts', async () => {
    const acks = ['a', 'b'].map((callId, n) => ({
      ...overTcp[0]!,
      time: 1_750_000_000 + n / 1000,
      payload: sip({ start: 'ACK sip:bob@example.com SIP/2.0', callId }),
    }));
    const again = spread(invite.replace('over-the-seam', 'over-the-next'), 1_750_000_001);
    const drawn = [...acks, ...overTcp, ...again];
    const desk = await dropped(dealt(form === 'pcap' ? pcap(drawn) : pcapng(drawn), 4, 4, 2));
    expect(told(desk).filter((line) => line.includes('INVITE'))).toEqual([
      'sip.pcap1 2 INVITE over-the-seam SDP whole',
      'sip.pcap2 2 INVITE over-the-next SDP whole',
    ]);
  });

  it('shows its text and its packets from both files', async () => {
    const desk = await dropped(dealt(capture, 2, 2));
    const { evidence, links } = desk.view();
    const { messages, strings } = evidence;
    const row = [...Array(messages.length).keys()].findLast(
      (one) => strings.text(messages.callId[one]!) === 'over-the-seam',
    )!;
    expect((await desk.message(row)).raw).toBe(invite);
    const { packets } = await desk.capture({ calls: [links.callOf[row]!], registrations: [], original: true });
    expect(packets).toBe(3);
  });
});

describe('a datagram whose fragments lie in two captures', () => {
  const capture = pcap([{ ...ends, transport: 'udp', time: 1_750_000_001, payload: invite, fragment: 208 }]);
  const files = dealt(capture, 1, recordsOf(capture).records.length - 1);

  it.each([
    ['in order', [0, 1]],
    ['the other way round', [1, 0]],
  ] as const)('is whole where they are of one rotated set, %s', async (_, order) => {
    const desk = await dropped(order.map((n) => files[n]!));
    expect(told(desk)).toEqual([expect.stringMatching(/^sip\.pcap1 \d INVITE over-the-seam SDP whole$/)]);
    expect(desk.view().evidence.gaps.length).toBe(0);
  });

  it('is missing where they are not', async () => {
    const desk = await dropped(files.map(({ bytes }, n) => ({ path: `${'ab'[n]!}.pcap`, bytes })));
    expect(told(desk)).toEqual([]);
    expect(desk.view().evidence.gaps.length).toBe(2);
  });
});

describe('a stream over the seam', () => {
  const packets = stream({ from: '192.0.2.2:6000', to: '192.0.2.1:4000', start: 1_750_000_000, packets: 100 });
  const told = async (drawn: readonly DrawnPacket[], order: readonly number[]) => {
    const files = dealt(pcap(drawn), 50, drawn.length - 50);
    const desk = await dropped(order.map((n) => files[n]!));
    return [...(await desk.streams(-1)), ...(await desk.streams(0))].map(({ packets, lost, gaps, losses }) => ({
      packets,
      lost,
      gaps,
      losses: losses.length,
    }));
  };
  const announced: DrawnPacket = { ...ends, transport: 'udp', time: 0, payload: invite };
  const late = [...packets.slice(0, 49), packets[50]!, announced, packets[49]!, ...packets.slice(51)];

  it.each([
    ['as one', packets, { packets: 100, lost: 0, gaps: 0, losses: 0 }],
    ['without loss where packets came out of order there', late, { packets: 100, lost: 0 }],
    [
      'with what is missing there',
      packets.filter((_, n) => n < 50 || n > 52),
      { packets: 97, lost: 3, gaps: 1, losses: 1 },
    ],
  ])('is counted %s', async (_, drawn, expected) => {
    const timed = drawn.map((packet, n) => ({ ...packet, time: 1_750_000_000 + n / 50 }));
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      expect(await told(timed, order)).toEqual([expect.objectContaining(expected)]);
    }
  });
});

it('files in an archive, in any order', async () => {
  const [first, second] = dealt(pcap(overTcp), 2, 2);
  const bytes = tar([second!, first!].map(({ path, bytes }) => ({ name: path, bytes })));
  const desk = await dropped([{ path: 'bundle.tar', bytes }]);
  expect(told(desk)).toEqual(whole('sip.pcap0', 'sip.pcap1', 2));
});

it('follows what is dropped and removed', async () => {
  const files = dealt(pcap(overTcp), 2, 2);
  const desk = await dropped(files);
  const { sources } = await desk.state();
  await desk.remove(sources.find(({ name }) => name === 'sip.pcap1')!.sha256);
  expect(told(desk)).toEqual(['sip.pcap0 1 OPTIONS ping - whole', 'sip.pcap0 2 INVITE  - cut']);
  const blob = new Blob([files[1]!.bytes as BlobPart]);
  const { harvest } = await intake({ path: 'sip.pcap1', blob, keepBytes: true }, ruleWants);
  await desk.add([harvest], [blob], [[]]);
  expect(told(desk)).toEqual(whole('sip.pcap0', 'sip.pcap1', 2));
  await desk.note({ excluded: ['sip.pcap0'] });
  expect(told(desk)).toEqual(['sip.pcap1 2 OPTIONS pong - whole']);
});

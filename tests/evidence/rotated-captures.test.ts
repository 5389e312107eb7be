import { describe, expect, it } from 'vitest';
import { describeStreams } from '../../src/analysis/streams';
import { evaluate } from '../../src/rules/evaluate';
import { rules } from '../../src/rules/index';
import { outcomes } from '../../src/evidence/links';
import type { DrawnCapture } from '../../src/rules/example';
import { contextOf, groundsOf, readFiles, type Files, type ReadGrounds } from '../build/grounds';
import { drawPackets } from '../build/ladder';
import { pcap } from '../build/pcap';

const long = `X-Long: ${'a'.repeat(1500)}`;
/** Two calls with sound both ways; the first runs over the first seam, the second over the other. */
const capture = (transport: 'UDP' | 'TCP'): DrawnCapture => ({
  drawn: `
          phone           mbg
    0.000 |---INVITE-1--->|
    0.010 |<----100-1-----|
    0.200 |<----180-1-----|
    2.000 |<----200-1-----|
    2.010 |-----ACK-1---->|
   20.000 |-----BYE-2---->|
   20.010 |<---200-2------|
   21.000 |---INVITE-3b-->|
   21.010 |<----100-3b----|
   22.000 |<----200-3b----|
   22.010 |-----ACK-3b--->|
   40.000 |-----BYE-4b--->|
   40.010 |<---200-4b-----|
   90.000 |               |`,
  transport,
  users: { b: ['2001', '2003'] },
  with: {
    'INVITE-1': ['m=audio 4000 RTP/AVP 8'],
    '200-1': ['m=audio 6000 RTP/AVP 8'],
    'INVITE-3b': [long, 'm=audio 4002 RTP/AVP 8'],
    '200-3b': ['m=audio 6002 RTP/AVP 8'],
    'BYE-2': [long],
  },
  media: [
    { from: 'phone:4000', to: 'mbg:6000', start: 2.02, end: 19.98 },
    { from: 'mbg:6000', to: 'phone:4000', start: 2.03, end: 19.98 },
    { from: 'phone:4002', to: 'mbg:6002', start: 22.02, end: 39.98 },
    { from: 'mbg:6002', to: 'phone:4002', start: 22.03, end: 39.98 },
  ],
});

const cutInThree = (drawn: DrawnCapture, first: number, second: number): Files => {
  const packets = drawPackets(drawn);
  const start = packets[0]!.time;
  const part = (from: number, to: number): Uint8Array =>
    pcap(packets.filter(({ time }) => time - start >= from && time - start < to));
  return {
    'mbg/sip.pcap0': part(0, first),
    'mbg/sip.pcap1': part(first, second),
    'mbg/sip.pcap2': part(second, Infinity),
  };
};
const told = (given: ReadGrounds) => {
  const { calls, duplicateOf, repeatOf } = given.links;
  return {
    calls: Array.from({ length: calls.length }, (_, call) => ({
      outcome: outcomes[calls.outcome[call]!],
      messages: calls.messages[call],
      seconds: Math.round((calls.end[call]! - calls.answer[call]!) / 1e6),
    })),
    duplicates: duplicateOf.filter((row) => row !== -1).length,
    repeats: repeatOf.filter((row) => row !== -1).length,
    streams: Array.from({ length: calls.length }, (_, call) =>
      describeStreams(given as never, call).map(({ sourcePort, packets }) => `${sourcePort} ${packets}`),
    ),
    lost: given.evidence.streams.lost.reduce((sum, lost) => sum + lost, 0),
    found: evaluate(rules, given, contextOf(given))
      .filter(({ outcome }) => outcome === 'found')
      .map(({ rule, subject, count }) => `${rule} ${subject} ${count}`)
      .sort(),
  };
};

describe.each(['UDP', 'TCP'] as const)('a rotated capture, SIP over %s', (transport) => {
  const drawn = capture(transport);
  const whole = told(groundsOf(readFiles({ 'mbg/sip.pcap': pcap(drawPackets(drawn)) })));

  it.each([
    [10, 30],
    // between INVITE and answer, and within a conversation
    [0.1, 21.5],
    [20.005, 39],
  ])('cut at %d s and %d s is read as the whole', (first, second) => {
    expect(told(groundsOf(readFiles(cutInThree(drawn, first, second))))).toEqual(whole);
  });
});

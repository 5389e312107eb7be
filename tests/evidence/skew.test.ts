import { describe, expect, it } from 'vitest';
import { skews, zonePart } from '../../src/evidence/skew';
import type { DrawnCapture, GroundsSpec } from '../../src/rules/example';
import { grounds } from '../build/grounds';

const measured = (spec: GroundsSpec): unknown => {
  const { evidence, clock } = grounds(spec);
  return skews(evidence, clock).map(({ a, b, by, difference, zone, rest, matches }) => ({
    of: [evidence.artifacts[a]!.path, evidence.artifacts[b]!.path],
    by,
    seconds: [difference, zone, rest].map((time) => Math.round(time / 1e5) / 10),
    matches,
  }));
};

const call = `
           zoom          mbg           mivb
     0.000 |--INVITE-1-->|             |
     0.010 |             |--INVITE-1-->|
     0.020 |<---180-1----|             |
     4.000 |             |<---200-1----|
     4.010 |<---200-1----|             |
     4.020 |---ACK-1---->|             |`;
const at = (path: string, start: string, more: Partial<DrawnCapture> = {}): DrawnCapture => ({
  path,
  start: `2026-11-12T${start}Z`,
  drawn: call,
  ...more,
});

describe('two captures', () => {
  it('of one wire tell how their clocks differ', () => {
    expect(measured({ ladder: [at('a.pcap', '08:00:00'), at('b.pcap', '08:01:35')] })).toEqual([
      { of: ['a.pcap', 'b.pcap'], by: 'message', seconds: [95, 0, 95], matches: 6 },
    ]);
  });
  it('tell zone and skew apart', () => {
    expect(measured({ ladder: [at('a.pcap', '08:00:00'), at('b.pcap', '06:58:25')] })).toMatchObject([
      { seconds: [-3695, -3600, -95] },
    ]);
  });
  it('that see one host pair in common are compared on it', () => {
    const lan = at('lan.pcap', '08:00:00', { only: ['mbg', 'mivb'] });
    const wan = at('wan.pcap', '08:00:30', { only: ['zoom', 'mbg'] });
    const both = at('both.pcap', '08:00:07');
    expect(measured({ ladder: [lan, wan] })).toEqual([]);
    expect(measured({ ladder: [lan, wan, both] })).toMatchObject([
      { of: ['both.pcap', 'lan.pcap'], seconds: [-7, 0, -7], matches: 2 },
      { of: ['both.pcap', 'wan.pcap'], seconds: [23, 0, 23], matches: 4 },
    ]);
  });
  it('that follow each other do not differ by the retransmissions on both sides of the change', () => {
    const sent = (rows: string): string => `\n zoom mbg\n${rows}`;
    const one = (label: string, times: readonly string[]): string =>
      times.map((time) => ` ${time} |--${label}-->|`).join('\n');
    const before = sent(`${one('REGISTER-1', ['0.000', '0.500'])}\n${one('INVITE-1b', ['0.600', '1.100'])}`);
    const after = sent(
      `${one('REGISTER-1', ['1.500', '3.500', '7.500'])}\n${one('INVITE-1b', ['8.000', '9.000', '9.500'])}`,
    );
    expect(
      measured({
        ladder: [
          { path: 'x.pcap0', drawn: before },
          { path: 'x.pcap1', drawn: after },
        ],
      }),
    ).toEqual([]);
  });
});

describe('two logs', () => {
  const id = (n: number): string => `3f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e0${n}`;
  const line = (time: string, n: number): string => `${time} INFO push x-mitel-correlation-id=${id(n)}`;
  it('tell by the median of what both saw first', () => {
    const logs = {
      'sbc/cld.log': { lines: [line('08:00:00', 1), line('08:00:01', 1), line('08:10:00', 2), line('08:20:00', 3)] },
      'osv/cld.log': { lines: [line('08:00:05', 1), line('08:10:04', 2), line('08:21:00', 3)] },
    };
    expect(measured({ logs })).toEqual([
      { of: ['osv/cld.log', 'sbc/cld.log'], by: 'correlation', seconds: [-5, 0, -5], matches: 3 },
    ]);
  });
  it('learn nothing from an id that lives long', () => {
    const logs = {
      'a/x.log': { lines: [line('08:00:00', 1), line('09:00:00', 1)] },
      'b/x.log': { lines: [line('08:30:00', 1)] },
    };
    expect(measured({ logs })).toEqual([]);
  });
  it('follow a declared zone and offset', () => {
    const spec: GroundsSpec = {
      logs: { 'a/x.log': { lines: [line('08:00:00', 1)] }, 'b/x.log': { zone: '', lines: [line('09:01:35', 1)] } },
      facts: { zones: { 'b/x.log': 'Europe/Paris' }, clockOffsets: { 'b/x.log': -95 } },
    };
    expect(measured(spec)).toMatchObject([{ seconds: [0, 0, 0] }]);
  });
});

it.each([
  [0, 0],
  [449, 0],
  [451, 900],
  [3600, 3600],
  [-3695, -3600],
  [19_800, 19_800],
])('of %i s, %i s are zone', (seconds, zone) => {
  expect(zonePart(seconds * 1e6)).toBe(zone * 1e6);
});

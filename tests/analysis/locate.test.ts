import { describe, expect, it } from 'vitest';
import { locate } from '../../src/analysis/locate';
import { drawnView } from './drawn-view';

const { view } = drawnView({
  report: ['eve@example.org | Eve', 'bob@example.org | Bob'],
  log: ['08:00:00 INFO a', '08:00:01 ERROR b'],
  events: ['2026-11-12T08:00:00Z | User updated | admin@example.com | eve@example.org | x'],
  ladder: `
          zoom            mbg
    0.000 |--REGISTER-1-->|
    0.010 |<----200-1-----|
    1.000 |--INVITE-1b--->|
    1.010 |<----486-1b----|
  `,
});
const artifact = (part: string): number => view.evidence.artifacts.findIndex(({ path }) => path.includes(part));

describe('locate', () => {
  it('finds a message in its call or registration, by span or by frame', () => {
    const { messages } = view.evidence;
    const span = (row: number) => ({
      artifact: messages.artifact[row]!,
      offset: messages.offset[row]! + 3,
      length: 1,
    });
    expect(locate(view, span(0))).toEqual({ view: 'registrations', registration: 0, message: 0 });
    expect(locate(view, span(3))).toEqual({ view: 'calls', call: 0, message: 3 });
    expect(locate(view, { artifact: artifact('pcap'), offset: 0, length: 0, packet: 3 })).toMatchObject({
      view: 'calls',
    });
  });

  it('finds a report row, a log line and an event', () => {
    expect(locate(view, { artifact: artifact('report'), offset: 0, length: 0, row: 3 })).toEqual({
      view: 'users',
      row: 1,
    });
    expect(locate(view, { artifact: artifact('cld.log'), offset: 0, length: 0, line: 2 })).toEqual({
      view: 'logs',
      row: 1,
    });
    expect(locate(view, { artifact: artifact('events'), offset: 0, length: 0, row: 2 })).toEqual({
      view: 'logs',
      row: 6,
    });
  });

  it('falls back to the bytes, and to nothing for a file that is gone', () => {
    const header = { artifact: artifact('report'), offset: 2, length: 1 };
    expect(locate(view, header)).toEqual({ view: 'evidence', artifact: header.artifact, offset: 2 });
    expect(locate(view, { artifact: 99, offset: 0, length: 0 })).toBeUndefined();
  });
});

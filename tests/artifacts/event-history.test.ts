import { describe, expect, it } from 'vitest';
import kind from '../../src/artifacts/event-history';
import { eventColumns, events, eventsIn } from '../build/events';
import { readAs } from '../build/reading';

const read = (text: string) => readAs(kind, text);
const iso = (micros: unknown): string => new Date(Number(micros) / 1000).toISOString();
const two = [
  '2026-11-12T08:00:00Z | User updated | admin@example.com | alice@example.com | x',
  '2026-11-12 09:30:00 | User deleted | bob | eve | y',
];

describe('event history', () => {
  it.each(['en', 'fr'] as const)('finds the columns by the words of their %s headings', (language) => {
    const found = read(eventsIn(eventColumns[language], ...two));
    expect(
      found
        .rows('events')
        .map((row) => [
          row['row'],
          row['eventId'],
          row['name'],
          row['actor'],
          row['target'],
          iso(row['time']),
          row['clock'],
        ]),
    ).toEqual([
      [2, 'ev-1', 'User updated', 'admin@example.com', 'alice@example.com', '2026-11-12T08:00:00.000Z', 2],
      [3, 'ev-2', 'User deleted', 'bob', 'eve', '2026-11-12T09:30:00.000Z', 1],
    ]);
    expect(found.rows('events')[0]!['text']).toContain(`${eventColumns[language][5]}: x`);
    expect(found.problems).toEqual([]);
  });

  it('keeps every cell where columns are hidden', () => {
    const found = read(eventsIn(['Event ID', '', '', 'Actor Name', '', 'Log tags'], ...two));
    expect(found.rows('events')[1]).toMatchObject({
      actor: 'bob',
      name: '',
      time: NaN,
      text: 'Event ID: ev-2\nActor Name: bob\nLog tags: y',
    });
    expect(found.reading.clock).toBe('none');
    expect(found.problems).toMatchObject([{ code: 'report-layout', detail: 'no date column' }]);
  });

  it('learns from the other rows whether the day or the month stands first', () => {
    const dates = (...written: string[]): string[] =>
      read(events(...written.map((date) => `${date} | e | a | t | d`)))
        .rows('events')
        .map(({ time }) => iso(time).slice(0, 10));
    expect(dates('03/04/2026 10:00', '11/30/2026 10:00')).toEqual(['2026-03-04', '2026-11-30']);
    expect(dates('03/04/2026 10:00', '30/11/2026 10:00')).toEqual(['2026-04-03', '2026-11-30']);
  });

  it('says how many dates it could not read, and keeps their rows', () => {
    const found = read(events('yesterday | e | a | t | d', ...two));
    expect(found.reading.records).toBe(3);
    expect(found.problems).toMatchObject([{ detail: 'dates not read: 1' }]);
    expect(iso(found.reading.first)).toBe('2026-11-12T08:00:00.000Z');
  });
});

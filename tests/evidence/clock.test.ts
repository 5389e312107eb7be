import { describe, expect, it } from 'vitest';
import { iso } from '../../src/base/time';
import type { GroundsSpec } from '../../src/rules/example';
import { grounds } from '../build/grounds';

const log = {
  'osv/cld.log': { zone: '', lines: ['2026-07-01 08:00:00 INFO summer', '2026-12-01 08:00:00 INFO winter'] },
};
const times = (spec: GroundsSpec): string[] => Array.from(grounds(spec).clock.lines, iso);
const utc = ['2026-07-01T08:00:00.000Z', '2026-12-01T08:00:00.000Z'];
const paris = ['2026-07-01T06:00:00.000Z', '2026-12-01T07:00:00.000Z'];

describe('times without a zone', () => {
  it('are of the computer’s zone, of the incident’s, of the declared one: the later wins, summer time included', () => {
    expect(times({ logs: log })).toEqual(utc);
    expect(times({ logs: log, zone: 'Europe/Paris' })).toEqual(paris);
    const incident = { from: '', to: '', zone: 'Europe/Paris' };
    expect(times({ logs: log, facts: { incident } })).toEqual(paris);
    expect(times({ logs: log, facts: { incident, zones: { 'osv/cld.log': 'UTC' } } })).toEqual(utc);
  });
  it('say where their zone is from', () => {
    const origin = (facts: GroundsSpec['facts']): unknown => grounds({ logs: log, facts }).clock.zones[0]?.origin;
    expect(origin({})).toBe('assumed');
    expect(origin({ zones: { 'osv/cld.log': 'UTC' } })).toBe('declared');
  });
});

describe('the zone that a bundle states', () => {
  const date = ['Wed Jul  1 10:00:00 CEST 2026'];
  const ofHost = (files: GroundsSpec['files']) => ({ logs: log, files });
  it('holds for the texts of its folder, below what a person says', () => {
    expect(times(ofHost({ 'osv/date': date }))).toEqual(paris);
    expect(grounds(ofHost({ 'osv/date': date })).clock.zones.some(({ origin }) => origin === 'bundle')).toBe(true);
    expect(times({ ...ofHost({ 'osv/date': date }), facts: { zones: { 'osv/cld.log': 'UTC' } } })).toEqual(utc);
    expect(times(ofHost({ 'sbc/date': date }))).toEqual(utc);
  });
  it('is the finer of two, and none where two cities differ', () => {
    const zone = (name: string): string[] => [`Time zone: ${name} (x, +0100)`, 'System clock synchronized: yes'];
    expect(times(ofHost({ 'osv/date': date, 'osv/td': zone('Europe/London') }))).toEqual([
      '2026-07-01T07:00:00.000Z',
      '2026-12-01T08:00:00.000Z',
    ]);
    expect(times(ofHost({ 'osv/a': zone('Europe/London'), 'osv/b': zone('Europe/Paris') }))).toEqual(utc);
  });
});

describe('times with a zone', () => {
  it('stay what they are, whatever is declared', () => {
    const written = { 'cld.log': { zone: '+02:00', lines: ['2026-07-01 08:00:00 INFO x'] } };
    const { clock } = grounds({ logs: written, zone: 'Asia/Tokyo', facts: { zones: { 'cld.log': 'UTC' } } });
    expect(iso(clock.lines[0]!)).toBe('2026-07-01T06:00:00.000Z');
    expect(clock.zones[0]?.origin).toBe('written');
  });
});

describe('a clock offset', () => {
  it('moves every time of its source, and only of it', () => {
    const ladder = '\n a b\n 0.000 |--OPTIONS-1-->|';
    const captures = [
      { path: 'a.pcap', drawn: ladder },
      { path: 'b.pcap', drawn: ladder },
    ];
    const { clock } = grounds({ ladder: captures, facts: { clockOffsets: { 'b.pcap': -95 } } });
    expect(Array.from(clock.messages, iso)).toEqual(['2026-11-12T08:00:00.000Z', '2026-11-12T07:58:25.000Z']);
    expect(iso(clock.span(1).from)).toBe('2026-11-12T07:58:25.000Z');
  });
  it('reaches what lies in the source', () => {
    const { clock } = grounds({
      logs: { 'x.tar!/cld.log': { lines: ['08:00:00 INFO x'] } },
      facts: { clockOffsets: { 'x.tar': 60 } },
    });
    expect(iso(clock.lines[0]!)).toBe('2026-11-12T08:01:00.000Z');
  });
});

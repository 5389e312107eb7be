import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createStamps } from '../../src/decode/stamps';
import { createStamp } from '../../src/decode/stamp';
import { readStamp, readWhole, stampMicros } from '../../src/decode/timestamp';

const now = Date.UTC(2026, 10, 22) * 1000;
/** `iso zoning` of the stamp of each line. */
function times(lines: readonly string[], path = 'unknown'): string[] {
  const stamps = createStamps(path, now);
  const found = lines.map((line) => ({
    ok: stamps.find(line, 0, line.length),
    time: stamps.time,
    zoning: stamps.zoning,
    shifts: stamps.shifts,
  }));
  const years = stamps.yearShift();
  return found.map(({ ok, time, zoning, shifts }) => {
    if (!ok) return '-';
    if (Number.isNaN(time)) return zoning;
    const date = new Date(time / 1000);
    if (shifts) date.setUTCFullYear(date.getUTCFullYear() + years);
    return `${date.toISOString().replace('.000Z', '').replace('Z', '')} ${zoning}`;
  });
}
const time = (line: string): string => times([line])[0]!;

describe('time stamps', () => {
  it.each([
    ['2026-11-12T09:47:06Z x', '2026-11-12T09:47:06 zoned'],
    ['2026-11-12T09:47:06.123456789Z x', '2026-11-12T09:47:06.123 zoned'],
    ['2026-11-12 09:47:06,123 ERROR x', '2026-11-12T09:47:06.123 local'],
    ['2026-11-12 09:47:06.123 +01:00 [x]', '2026-11-12T08:47:06.123 zoned'],
    ['2026-11-12T09:47:06+0530 x', '2026-11-12T04:17:06 zoned'],
    ['2026-11-12 09:47:06 CEST x', '2026-11-12T07:47:06 zoned'],
    ['2026-11-12 09:47:06 -12 items', '2026-11-12T09:47:06 local'],
    ['2026/11/12 09:47:06 x', '2026-11-12T09:47:06 local'],
    ['2026-11-12 09:47 x', '2026-11-12T09:47:00 local'],
    ['[2026-11-12 09:47:06] x', '2026-11-12T09:47:06 local'],
    ['20261112T094706Z x', '2026-11-12T09:47:06 zoned'],
    ['12/11/2026 09:47:06 x', '2026-11-12T09:47:06 local'],
    ['11/30/2026 9:47:06 PM x', '2026-11-30T21:47:06 local'],
    ['12-Nov-2026 09:47:06 x', '2026-11-12T09:47:06 local'],
    ['12 nov. 2026 09:47:06 x', '2026-11-12T09:47:06 local'],
    ['10.1.2.3 - - [12/Nov/2026:09:47:06 +0100] "GET /"', '2026-11-12T08:47:06 zoned'],
    ['Thu Nov 12 09:47:06 2026 x', '2026-11-12T09:47:06 local'],
    ['Thu Nov 12 09:47:06 CET 2026 x', '2026-11-12T08:47:06 zoned'],
    ['Thu, 12 Nov 2026 09:47:06 +0100 x', '2026-11-12T08:47:06 zoned'],
    ['<134>1 2026-11-12T09:47:06.5Z host app', '2026-11-12T09:47:06.500 zoned'],
    ['<13>Nov 12 09:47:06 host app[1]: x', '2026-11-12T09:47:06 local'],
    ['Nov  2 09:47:06.250 host app: x', '2026-11-02T09:47:06.250 local'],
    ['Mar  6 13:34:22 host x', '2026-03-06T13:34:22 local'],
    ['E1112 09:47:06.123456 77 file.cc:1] x', '2026-11-12T09:47:06.123 local'],
    ['1794476826 x', '2026-11-12T09:47:06 zoned'],
    ['1794476826123 x', '2026-11-12T09:47:06.123 zoned'],
    ['1794476826123456 x', '2026-11-12T09:47:06.123 zoned'],
    ['1794476826.5 x', '2026-11-12T09:47:06.500 zoned'],
    ['level=info ts=1794476826.5 x', '2026-11-12T09:47:06.500 zoned'],
    ['@400000004c91b044077a9e94 x', '2010-09-16T05:50:50.125 zoned'],
    ['time=2026-11-12T09:47:06Z level=INFO', '2026-11-12T09:47:06 zoned'],
    ['Nov 12 09:47:06 sbc1 cld[8]: time=2026-11-12T08:47:06Z level=INFO', '2026-11-12T08:47:06 zoned'],
    ['09:47:06.123 x', 'none'],
    ['0612345678 is a number', '-'],
    ['1794476826', '2026-11-12T09:47:06 zoned'],
    ['called 1794476826 twice', '-'],
    ['ratio 12:47 of 3', '-'],
    ['2026-13-12 09:47:06 x', 'none'],
    ['nothing here', '-'],
    ['', '-'],
  ])('%s', (line, expected) => expect(time(line)).toBe(expected));

  it('count years up where the calendar wraps, the newest line before now', () => {
    expect(times(['Dec 30 10:00:00 x', 'Jan  2 10:00:00 x', 'Nov 12 10:00:00 x'])).toEqual([
      '2025-12-30T10:00:00 local',
      '2026-01-02T10:00:00 local',
      '2026-11-12T10:00:00 local',
    ]);
    expect(times(['Dec 24 10:00:00 x'])).toEqual(['2025-12-24T10:00:00 local']);
  });

  it('take the year from the path, from the message or from a dated line', () => {
    expect(times(['Nov 12 10:00:00 x'], 'cld-logs-sbc1-20241113.tar.xz!/cld.log')).toEqual([
      '2024-11-12T10:00:00 local',
    ]);
    expect(times(['Nov 12 10:00:00 x at="2023-11-12T10:00:01"'])).toEqual(['2023-11-12T10:00:00 local']);
    expect(times(['Nov 12 10:00:00 x until="2031-05-01T10:00:01"'])).toEqual(['2026-11-12T10:00:00 local']);
    expect(times(['Nov 12 10:00:00 x', '2022-11-12 10:00:05 y'])[0]).toBe('2022-11-12T10:00:00 local');
  });

  it('take the date of a time of day from above, and pass midnight', () => {
    expect(times(['2026-11-12 23:59:00 begin', '23:59:59 x', '00:00:01 x'])).toEqual([
      '2026-11-12T23:59:00 local',
      '2026-11-12T23:59:59 local',
      '2026-11-13T00:00:01 local',
    ]);
  });

  it('of any date and zone are read as what was written', () => {
    const date = fc.date({
      min: new Date('1990-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.integer({ min: -48, max: 56 }), (when, quarters) => {
        const minutes = quarters * 15;
        const local = new Date(when.getTime() + minutes * 60_000).toISOString().slice(0, -1);
        const sign = minutes < 0 ? '-' : '+';
        const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
        const written = `${local}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
        const stamp = createStamp();
        expect(readWhole(written, stamp)).toBe(true);
        expect(stampMicros(stamp)).toBe(when.getTime() * 1000);
      }),
    );
  });

  it('never read beyond the line they stand in', () => {
    const pieces = fc.constantFrom(
      '2026',
      '-',
      '11',
      'Nov',
      ' ',
      '12',
      ':',
      '09',
      '/',
      'T',
      'Z',
      '.',
      '+01',
      '@4',
      'AM',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), fc.nat(20), (parts, to) => {
        const text = parts.join('');
        const stamp = createStamp();
        const end = Math.min(to, text.length);
        if (readStamp(text, 0, end, stamp)) expect(stamp.end).toBeLessThanOrEqual(end);
      }),
      { numRuns: 2000 },
    );
  });
});

import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../build/findings';

const refused = (number: string) => ({
  drawn: '\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 0.010 |<----403-1-----|',
  users: { '': [number, '2002'] as const },
});
const cause = 'unprovisioned-user-fails';

describe('unprovisioned-user-fails', () => {
  it('stands over the refusal that it explains, and names both', () => {
    const spec = {
      report: ['anna@example.org | Anna | ZoomUserStatusInactive | zmSipPhoneNumber=2001'],
      ladder: refused('2001'),
    };
    expect(foundIn(spec, cause, 'registration-refused')).toEqual([
      `error ${cause} anna@example.org`,
      `error registration-refused 2001@pbx.example < ${cause}`,
    ]);
    const found = findingsOf(spec).find(({ rule, outcome }) => rule === cause && outcome === 'found');
    expect(found?.values).toMatchObject({
      email: 'anna@example.org',
      issues: { list: ['ZoomUserStatusInactive'] },
      number: { list: ['2001'] },
      status: { list: ['403'] },
    });
    // the row of the report and the packet of the answer
    expect(found?.at).toMatchObject([{ row: 2 }, { packet: 2 }]);
  });
  it('leaves the refusal of somebody else alone', () => {
    const spec = {
      report: ['anna@example.org | Anna | ZoomUserStatusInactive | zmSipPhoneNumber=2001'],
      ladder: [refused('2001'), { ...refused('3001'), path: 'other.pcap', start: '2026-11-12T09:00:00Z' }],
    };
    expect(foundIn(spec, cause, 'registration-refused')).toEqual([
      'error registration-refused 3001@pbx.example',
      `error ${cause} anna@example.org`,
      `error registration-refused 2001@pbx.example < ${cause}`,
    ]);
  });
  it('takes the last digits for a hint, where they fit one user only', () => {
    const row = (name: string, number: string): string =>
      `${name}@example.org | ${name} | ZoomUserStatusInactive | zmSipPhoneNumber=${number} | zmSipPhoneMobileNumber=`;
    const ladder = refused('+33123452001');
    expect(foundIn({ report: [row('anna', '2001'), row('bob', '2002')], ladder }, cause)).toEqual([
      `warning ${cause} anna@example.org`,
    ]);
    expect(foundIn({ report: [row('anna', '52001'), row('bob', '2001')], ladder }, cause)).toEqual([]);
    expect(foundIn({ report: [row('anna', '001')], ladder }, cause)).toEqual([]);
    const healthy = 'bob@example.org | Bob | | zmSipPhoneNumber=52001';
    expect(foundIn({ report: [row('anna', '2001'), healthy], ladder }, cause)).toEqual([]);
  });
  it('leaves a number alone that a healthy user has', () => {
    const report = [
      'anna@example.org | Anna | ZoomUserStatusInactive | zmSipPhoneNumber=12001',
      'bob@example.org | Bob | | zmSipPhoneNumber=2001',
    ];
    expect(foundIn({ report, ladder: refused('2001') }, cause)).toEqual([]);
  });
  it('never matches a number that a spreadsheet has damaged', () => {
    const report = [
      'anna@example.org | Anna | ZoomUserStatusInactive | zmSipPhoneNumber=3.31235E+10 | zmSipPhoneMobileNumber=',
    ];
    expect(foundIn({ report, ladder: refused('+33123500000') }, cause)).toEqual([]);
  });
});

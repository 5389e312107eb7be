import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, compares, textTest, parseFilter } from '../../src/analysis/filter';

const read = (filter: string): string[] =>
  parseFilter(filter).map(({ key, operator, value, not }) => `${not ? '-' : ''}${key}${key && operator}${value}`);

describe('the filter language', () => {
  it('reads terms with keys, comparisons, quotes and negation', () => {
    expect(parseFilter('from:4142 Status>=400 -method:OPTIONS reason:"Busy Here" plain')).toEqual([
      { key: 'from', operator: ':', value: '4142', not: false },
      { key: 'status', operator: '>=', value: '400', not: false },
      { key: 'method', operator: ':', value: 'OPTIONS', not: true },
      { key: 'reason', operator: ':', value: 'Busy Here', not: false },
      { key: '', operator: ':', value: 'plain', not: false },
    ]);
  });

  it('takes what it cannot read as words', () => {
    expect(read('from: -')).toEqual(['from:', '-']);
    expect(read('10.0.0.1:5060 "unclosed quote')).toEqual(['10.0.0.1:5060', 'unclosed quote']);
    expect(read('""')).toEqual([]);
    expect(read('   ')).toEqual([]);
  });

  it('never throws and never grows beyond its bounds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), (filter) => {
        expect(parseFilter(filter).length).toBeLessThanOrEqual(32);
      }),
    );
  });

  it('reads durations as microseconds', () => {
    expect(['250ms', '3s', '1,5s', '2min', '1h', '42', '4x', ''].map(amount)).toEqual([
      250e3,
      3e6,
      1.5e6,
      120e6,
      3600e6,
      42,
      NaN,
      NaN,
    ]);
  });

  it('compares numbers; what did not happen fits nothing', () => {
    expect(compares('>=', 400, 400)).toBe(true);
    expect(compares('<', 400, 400)).toBe(false);
    expect(compares(':', NaN, NaN)).toBe(false);
    expect(compares('<', NaN, 5)).toBe(false);
  });

  it('does not mind case and accents', () => {
    expect(textTest(':', 'eric')('Éric Démo')).toBe(true);
    expect(textTest('=', 'eric')('ÉRIC')).toBe(true);
    expect(textTest('=', 'eric')('Éric Démo')).toBe(false);
  });
});

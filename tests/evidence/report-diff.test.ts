import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/evidence/evidence';
import { diffReports, type Change } from '../../src/evidence/report-diff';
import { reportsOf } from '../../src/evidence/reports';
import { grounds } from '../build/grounds';

const codes = ['NoClZoomPsiLicense', 'CloudLinkUserNotFound', 'ZoomUserNotFound', 'SomethingNew'];
const person = fc.record({
  email: fc.constantFrom('anna', 'Anna', 'ANNA', 'bob', 'carl', 'Carl', 'dora').map((name) => `${name}@example.org`),
  codes: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 }),
});
const people = fc
  .array(person, { maxLength: 7 })
  .map((list) => list.map(({ email, codes: own }) => `${email} | X | ${own.join(' ')}`));

const read = (a: readonly string[], b: readonly string[]): { evidence: Evidence; a: number; b: number } => {
  const { evidence } = grounds({ reports: { 'a.csv': a, 'b.csv': b } });
  const at = (path: string): number => evidence.artifacts.findIndex((artifact) => artifact.path === path);
  return { evidence, a: at('a.csv'), b: at('b.csv') };
};
const mirror: Readonly<Record<Change, Change>> = {
  fixed: 'new',
  new: 'fixed',
  persisting: 'persisting',
  hidden: 'revealed',
  revealed: 'hidden',
};
const table = (evidence: Evidence, from: number, to: number, turned: boolean): string[] =>
  diffReports(evidence, from, to)
    .codes.flatMap(({ change, code, people: pairs }) =>
      pairs.map(({ older, newer }) => {
        const [was, now] = turned ? [newer, older] : [older, newer];
        return `${turned ? mirror[change] : change} ${code} ${was} ${now}`;
      }),
    )
    .sort();

describe('a report against itself', () => {
  it('changes nothing', () => {
    fc.assert(
      fc.property(people, (rows) => {
        const { evidence, a, b } = read(rows, rows);
        const diff = diffReports(evidence, a, b);
        expect(diff.codes.filter(({ change }) => change !== 'persisting')).toEqual([]);
        expect([diff.added, diff.removed, diff.respelled]).toEqual([[], [], []]);
      }),
      { numRuns: 25 },
    );
  });
});

describe('two reports', () => {
  it('exchanged mirror each other', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        const { evidence, a, b } = read(one, other);
        expect(table(evidence, b, a, true)).toEqual(table(evidence, a, b, false));
        const [there, back] = [diffReports(evidence, a, b), diffReports(evidence, b, a)];
        expect(back.added).toEqual(there.removed);
        expect(back.removed).toEqual(there.added);
        expect(back.both).toBe(there.both);
        expect(back.respelled.map(({ older, newer }) => `${newer} ${older}`).sort()).toEqual(
          there.respelled.map(({ older, newer }) => `${older} ${newer}`).sort(),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('lose nobody', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        const { evidence, a, b } = read(one, other);
        const { added, removed, both } = diffReports(evidence, a, b);
        const emails = (rows: readonly string[]): number => new Set(rows.map((row) => row.split(' | ')[0])).size;
        expect([removed.length + both, added.length + both]).toEqual([emails(one), emails(other)]);
      }),
      { numRuns: 25 },
    );
  });

  it('hide behind a missing licence what they do not fix, and show it again', () => {
    const { evidence, a, b } = read(
      ['anna@example.org | A | ZoomUserNotFound', 'bob@example.org | B | NoClZoomPsiLicense'],
      ['anna@example.org | A | NoClZoomPsiLicense', 'bob@example.org | B | ZoomSipPhoneNotFound'],
    );
    expect(diffReports(evidence, a, b).codes.map(({ change, code }) => `${change} ${code}`)).toEqual([
      'fixed NoClZoomPsiLicense',
      'new NoClZoomPsiLicense',
      'hidden ZoomUserNotFound',
      'revealed ZoomSipPhoneNotFound',
    ]);
  });
});

describe('reports by age', () => {
  const order = (names: readonly string[], reportTimes?: Readonly<Record<string, string>>): string[] => {
    const { evidence } = grounds({
      reports: Object.fromEntries(names.map((name) => [name, ['anna@example.org | A']])),
      ...(reportTimes ? { facts: { reportTimes } } : {}),
    });
    return reportsOf(evidence).map(({ artifact }) => evidence.artifacts[artifact]!.path);
  };

  it.each([
    [
      ['report-2026-11-10.csv', 'report-2026-11-12.csv'],
      ['report-2026-11-12.csv', 'report-2026-11-10.csv'],
    ],
    [
      ['r-20261112-0900.csv', 'r-20261112-1530.csv'],
      ['r-20261112-1530.csv', 'r-20261112-0900.csv'],
    ],
    [
      ['before.csv', 'after.csv'],
      ['after.csv', 'before.csv'],
    ],
    [
      ['avant.csv', 'après.csv'],
      ['après.csv', 'avant.csv'],
    ],
    [
      ['report.csv', 'report (10).csv', 'report (9).csv'],
      ['report (10).csv', 'report (9).csv', 'report.csv'],
    ],
  ])('reads %j newest first', (names, expected) => {
    expect(order(names)).toEqual(expected);
    expect(order([...names].reverse())).toEqual(expected);
  });

  it('believes a person before a name', () => {
    expect(
      order(['report-2026-11-10.csv', 'report-2026-11-12.csv'], { 'report-2026-11-10.csv': '2026-11-13T08:00' }),
    ).toEqual(['report-2026-11-10.csv', 'report-2026-11-12.csv']);
  });
});

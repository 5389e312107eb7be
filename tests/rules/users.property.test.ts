import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/rules/evaluate';
import { rules } from '../../src/rules/index';
import { userSummary } from '../../src/analysis/users';
import { contextOf, groundsOf, readFiles } from '../build/grounds';
import { viewOf } from '../analysis/drawn-view';
import { reportColumns, reportIn, type ReportStyle } from '../build/report';

const ours = rules.filter(({ layer }) => layer === 'report');
const person = fc.record({
  name: fc.constantFrom('anna', 'Anna', 'bob', 'bobb', 'carl', 'dora', 'emile', 'zoé'),
  codes: fc.uniqueArray(
    fc.constantFrom(
      'NoClZoomPsiLicense',
      'NoCIZoomPsiLicense',
      'CloudLinkUserNotFound',
      'ZoomUserNotFound',
      'ZoomSipPhoneNotFound',
      'SomethingNew',
    ),
    { maxLength: 2 },
  ),
});
const rowsOf = fc
  .array(person, { minLength: 1, maxLength: 12 })
  .map((people) =>
    people.map(({ name, codes }) => `${name}@example.org | ${name} | ${codes.join(' ')} | zmSipPhoneNumber=`),
  );

/** What the rules say, without places and layout. */
function said(content: string | Uint8Array): string[] {
  const given = groundsOf(readFiles({ 'report.csv': content }));
  return evaluate(ours, given, contextOf(given))
    .filter(({ rule, outcome }) => rule !== 'report-layout-unexpected' && outcome === 'found')
    .map(
      ({ rule, subject, count, also, severity }) =>
        `${rule} ${subject} ${count} ${severity} ${[...also].sort().join(' ')}`,
    )
    .sort();
}
const utf16 = (text: string): Uint8Array => {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), true);
  return bytes;
};
const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff);

describe('findings of a report', () => {
  it('do not depend on the order of its rows or columns', () => {
    fc.assert(
      fc.property(
        rowsOf.chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray(
              rows.map((_, n) => n),
              { minLength: rows.length },
            ),
          ),
        ),
        fc.shuffledSubarray([...reportColumns], { minLength: reportColumns.length }),
        ([rows, order], columns) => {
          // ids of a drawn row follow its place: left out, only order differs
          const plain = (list: readonly string[]): string[] => list.map((row) => `${row} | name=X`);
          expect(said(reportIn({ columns }, ...plain(order.map((n) => rows[n]!))))).toEqual(
            said(reportIn({}, ...plain(rows))),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('pair the checked one of two rows that are spelled alike', () => {
    const rows = [
      'Anna@example.org | X | NoClZoomPsiLicense | zmSipPhoneNumber=',
      'anna@example.org | X | CloudLinkUserNotFound | zmSipPhoneNumber=',
      'Anna@example.org | X | ZoomUserNotFound | zmSipPhoneNumber=',
    ];
    const first = said(reportIn({}, ...rows));
    expect(first.some((line) => line.startsWith('email-case-split'))).toBe(true);
    expect(said(reportIn({}, ...[...rows].reverse()))).toEqual(first);
  });

  it('do not depend on delimiter, line end or encoding', () => {
    const styles: readonly ReportStyle[] = [
      { delimiter: ';' },
      { delimiter: '\t' },
      { delimiter: '|' },
      { newline: '\n' },
    ];
    fc.assert(
      fc.property(rowsOf, fc.constantFrom(...styles), (rows, style) => {
        const usual = said(reportIn({}, ...rows));
        const other = reportIn(style, ...rows);
        expect(said(other)).toEqual(usual);
        expect(said(`\ufeff${other}`)).toEqual(usual);
        expect(said(utf16(other))).toEqual(usual);
        expect(said(latin(other))).toEqual(usual);
        expect(said(`sep=${style.delimiter ?? ','}\r\n${other}`)).toEqual(usual);
      }),
      { numRuns: 15 },
    );
  });
});

describe('rows', () => {
  it('are never dropped: people and folded rows add up', () => {
    const suffix = fc.constantFrom('', '', '.mobile', '.win');
    fc.assert(
      fc.property(fc.array(fc.tuple(person, suffix), { minLength: 1, maxLength: 15 }), (list) => {
        const rows = list.map(([{ name, codes }, end]) => `${name}@example.org${end} | ${name} | ${codes.join(' ')}`);
        const { view } = viewOf({ 'report.csv': reportIn({}, ...rows) });
        const { total, rows: all, reports } = userSummary(view);
        expect([all, reports[0]!.rows, view.evidence.users.length]).toEqual([rows.length, rows.length, rows.length]);
        const stems = new Set(rows.map((row) => row.split(' ')[0]!.toLowerCase()));
        const folded = rows.filter((row) => {
          const email = row.split(' ')[0]!.toLowerCase();
          return /\.(?:mobile|win)$/.test(email) && stems.has(email.replace(/\.\w+$/, ''));
        });
        expect(total + folded.length).toBe(rows.length);
      }),
      { numRuns: 25 },
    );
  });
});

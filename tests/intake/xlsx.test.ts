import { describe, expect, it } from 'vitest';
import { zip, type ZipEntry } from '../build/zip';
import { contents, drop } from './drop';

const rels =
  '<Relationships><Relationship Id="rId2" Type="x" Target="styles.xml"/><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>';
const book = '<workbook><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>';
const styles =
  '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="164"/></cellXfs></styleSheet>';

const workbook = (rows: string, more: { shared?: string; extra?: readonly ZipEntry[] } = {}): Uint8Array =>
  zip([
    { name: '[Content_Types].xml', bytes: '<Types/>' },
    { name: 'xl/workbook.xml', bytes: book, method: 8 },
    { name: 'xl/_rels/workbook.xml.rels', bytes: rels },
    { name: 'xl/styles.xml', bytes: styles },
    ...(more.shared === undefined ? [] : [{ name: 'xl/sharedStrings.xml', bytes: `<sst>${more.shared}</sst>` }]),
    { name: 'xl/worksheets/sheet1.xml', bytes: `<worksheet><sheetData>${rows}</sheetData></worksheet>`, method: 8 },
    ...(more.extra ?? []),
  ]);
const csvOf = async (rows: string, shared?: string): Promise<string> => {
  const result = await drop(workbook(rows, shared === undefined ? {} : { shared }), 'report.xlsx');
  const { harvest } = result;
  expect(harvest.artifacts.map(({ path, kind }) => `${path} ${kind}`).slice(0, 2)).toEqual([
    'report.xlsx xlsx',
    expect.stringContaining('report.xlsx!/Users.csv'),
  ]);
  return (await contents(result))[1]!;
};
const text = (word: string): string => `<c t="inlineStr"><is><t xml:space="preserve">${word}</t></is></c>`;

describe('a workbook', () => {
  it('is its first sheet as CSV: shared, inline and rich texts, numbers, dates, results of formulas, gaps', async () => {
    const shared =
      '<si><t>email</t></si><si><r><t>Bob </t></r><r><rPr/><t>&quot;B&#233;&quot; &amp; co</t></r><rPh><t>x</t></rPh></si>';
    const rows = [
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>',
      '<row r="2"><c r="A2" s="1"><v>46338.375</v></c><c r="B2" s="2"><v>46338</v></c><c r="C2" s="0"><v>33140506070</v></c></row>',
      '<row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" t="str"><f>A1</f><v>a,b</v></c><c r="C5"/></row>',
      '<row/>',
    ].join('');
    expect(await csvOf(rows, shared)).toBe(
      'email,,"Bob ""Bé"" & co"\r\n2026-11-12T09:00:00,2026-11-12T00:00:00,33140506070\r\n\r\nTRUE,"a,b",\r\n\r\n',
    );
  });

  it('that holds a comparison report is read as one', async () => {
    const heads = ['email', 'name', 'clUserId', 'licenses', 'zmUserId', 'zmUserStatus', 'zmSipPhoneId', 'issues'];
    const row = (cells: readonly string[]): string => `<row>${cells.map(text).join('')}</row>`;
    const { harvest } = await drop(
      workbook(row(heads) + row(['a@b.c', 'A', 'cl-1', '', '', '', '', '["ZoomUserNotFound"]'])),
      'report.xlsx',
    );
    expect(harvest.artifacts[1]).toMatchObject({ kind: 'comparison-report', records: 1, provides: ['art.ucr'] });
    expect(harvest.tables.userIssues.length).toBe(1);
  });

  it('that is broken says so, and a document that is none is a zip', async () => {
    const { harvest } = await drop(zip([{ name: 'xl/workbook.xml', bytes: '<workbook/>' }]), 'x.xlsx');
    expect(harvest.problems).toMatchObject([{ code: 'corrupt-archive' }]);
    const cut = await drop(workbook('<row><c><v>1</v>'), 'x.xlsx');
    expect(cut.harvest.artifacts[1]?.bytes).toBe(3);
    const other = await drop(zip([{ name: 'word/document.xml', bytes: '<w/>' }]), 'x.docx');
    expect(other.harvest.artifacts[0]?.kind).toBe('zip');
  });

  it('of an old or encrypted form is named with what to do', async () => {
    const ole = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
    const { harvest } = await drop(ole, 'mail.msg');
    expect(harvest.artifacts[0]?.kind).toBe('ole');
    expect(harvest.problems).toMatchObject([{ code: 'office-file' }]);
  });
});

import { describe, expect, it } from 'vitest';
import kind, { codesOf } from '../../src/artifacts/comparison-report';
import { readAs } from '../build/reading';
import { report, reportColumns, reportIn } from '../build/report';

const read = (text: string | Uint8Array, chunks?: readonly number[]) => readAs(kind, text, chunks ? { chunks } : {});
const details = (text: string | Uint8Array): string[] =>
  read(text).problems.map(({ code, detail }) => `${code} ${detail}`);
const three = [
  'alice@example.com | Alice',
  'bob@example.com | Bob, B. | ZoomUserNotFound',
  'eve@example.com | Ève | NoCIZoomPsiLicense',
];

describe('comparison report', () => {
  it('keeps the columns as written, with the CSV row and the bytes of each', () => {
    const text = report(...three);
    const { rows } = read(text);
    const users = rows('users');
    expect(users.map(({ email, name, zmUserId, licenses, row }) => [email, name, zmUserId, licenses, row])).toEqual([
      ['alice@example.com', 'Alice', 'zm-1', '["ZoomPSI"]', 2],
      ['bob@example.com', 'Bob, B.', '', '["ZoomPSI"]', 3],
      ['eve@example.com', 'Ève', '', '[]', 4],
    ]);
    const bytes = new TextEncoder().encode(text);
    const bob = users[1]!;
    const span = bytes.subarray(Number(bob['offset']), Number(bob['offset']) + Number(bob['size']));
    expect(new TextDecoder().decode(span)).toMatch(/^bob@.*ZoomUserNotFound"".?"?\]"$/);
  });

  it('keeps issue codes verbatim beside the canonical one', () => {
    const codes = ['NoC1ZoomPsiLicense', 'zoomuserstatuspending', 'ZoomUserNotFound', 'SomethingNew'];
    const { rows } = read(report(`a@example.com | A | issues=${JSON.stringify(codes)}`));
    expect(rows('userIssues').map(({ code, known }) => [code, known])).toEqual([
      ['NoC1ZoomPsiLicense', 'NoClZoomPsiLicense'],
      ['zoomuserstatuspending', 'ZoomUserStatusPending'],
      ['ZoomUserNotFound', 'ZoomUserNotFound'],
      ['SomethingNew', ''],
    ]);
  });

  it.each([
    ['["A","B"]', ['A', 'B']],
    ['[A, B]', ['A', 'B']],
    ['A;B', ['A', 'B']],
    ['A|B', ['A', 'B']],
    ['[]', []],
    ['', []],
    ['[{"x":1}]', []],
  ])('splits the cell %s', (cell, expected) => expect(codesOf(cell)).toEqual(expected));

  it('finds columns by name in any order and says which are missing', () => {
    const style = {
      columns: [{ column: 'issues', as: 'Issue' }, { column: 'email', as: 'E-mail' }, 'zmUserId'] as const,
    };
    const found = read(reportIn(style, ...three));
    expect(found.rows('users').map(({ email }) => email)).toEqual([
      'alice@example.com',
      'bob@example.com',
      'eve@example.com',
    ]);
    expect(found.rows('userIssues').map(({ known }) => known)).toEqual(['ZoomUserNotFound', 'NoClZoomPsiLicense']);
    expect(found.problems).toMatchObject([
      { code: 'report-layout', detail: expect.stringContaining('missing: name, clUserId') as string },
    ]);
  });

  it('reads what a French spreadsheet saves, and says so', () => {
    const text = `sep=;\r\n${reportIn({ delimiter: ';' }, ...three)}`;
    expect(read(text).rows('users')).toHaveLength(3);
    expect(details(text)).toEqual(['report-layout delimiter ;']);
    const latin = new Uint8Array(Buffer.from(reportIn({ delimiter: ';' }, ...three), 'latin1'));
    expect(read(latin).rows('users')[2]!['name']).toBe('Ève');
    expect(details(latin)).toContain('report-layout windows-1252');
    const wide = new Uint8Array(Buffer.from(`\ufeff${report(...three)}`, 'utf16le'));
    expect(read(wide).rows('users')[2]!['name']).toBe('Ève');
  });

  it('marks ids and numbers that a spreadsheet damaged', () => {
    const rows = [1, 2, 3, 4, 5].map((n) => `u${n}@example.com | U | | zmSipPhoneNumber=+3314050607${n}`);
    const text = report(
      ...rows,
      'x@example.com | X | | zmSipPhoneNumber=33140506079',
      'y@example.com | Y | | clUserId=1,23457E+15',
    );
    const found = read(text);
    expect(found.rows('users').map(({ damaged }) => damaged)).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(found.problems).toMatchObject([
      {
        code: 'damaged-by-spreadsheet',
        detail: 'clUserId: 1, zmSipPhoneNumber: 1',
        offset: found.tables.users.offset[5],
      },
    ]);
  });

  it('marks no row of a sound report', () => {
    const found = read(report(...three, 'z@example.com | Z | | clUserId=123456789012345678'));
    expect(found.problems).toEqual([]);
    expect(found.rows('users').some(({ damaged }) => damaged === 1)).toBe(false);
  });

  it('reads a report whose heading was cut away', () => {
    const body = report(...three)
      .split('\r\n')
      .slice(1)
      .join('\r\n');
    expect(
      read(body)
        .rows('users')
        .map(({ row }) => row),
    ).toEqual([2, 3, 4]);
    expect(details(body)).toEqual(['report-layout no heading']);
  });

  it('survives hostile columns, cells and quotes', () => {
    const long = 'n'.repeat(2 ** 20);
    const text = `__proto__,email,issues,constructor\nx,a@b.c,ZoomUserNotFound,y\n"${long},b@b.c,,\nz,c@b.c,"ZoomUserStatusPending",\n`;
    const found = read(text);
    expect(found.rows('users').map(({ email }) => email)).toEqual(['a@b.c', 'b@b.c', 'c@b.c']);
    expect(found.problems.map(({ code }) => code)).toEqual(['report-layout', 'unclosed-quote']);
  });

  it('joins an array that was written without quotes around it', () => {
    const text = `${reportColumns.join(',')}\na@b.c,A,c,["ZoomPSI"],z,active,s,1,m,2,["ZoomUserNotFound","ZoomSipPhoneNotFound"]\n`;
    expect(
      read(text)
        .rows('userIssues')
        .map(({ code }) => code),
    ).toEqual(['ZoomUserNotFound', 'ZoomSipPhoneNotFound']);
  });

  it('reads 200 000 rows', () => {
    const line = report('a@example.com | A | ZoomUserNotFound').split('\r\n')[1]!;
    const text = `${reportColumns.join(',')}\r\n${`${line}\r\n`.repeat(200_000)}`;
    const { reading, tables } = read(text, [1_000_003]);
    expect(reading.records).toBe(200_000);
    expect(tables.users.row[199_999]).toBe(200_001);
    expect(tables.userIssues.user[199_999]).toBe(199_999);
  });
});

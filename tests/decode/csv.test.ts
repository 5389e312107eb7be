import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvReader } from '../../src/decode/csv';
import { describeWithCorpus } from '../build/corpus';

interface Row {
  readonly cells: string[];
  readonly offset: number;
  readonly length: number;
  readonly number: number;
}

function read(bytes: Uint8Array, chunk = bytes.length) {
  const rows: Row[] = [];
  const unclosed: number[] = [];
  const reader = csvReader({
    row: (cells, offset, length, number) => rows.push({ cells: [...cells], offset, length, number }),
    unclosed: (offset) => unclosed.push(offset),
    longRow: () => undefined,
  });
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk)) reader.push(bytes.slice(at, at + Math.max(1, chunk)));
  reader.end();
  return { rows, unclosed, delimiter: reader.delimiter, encoding: reader.encoding };
}
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const cells = (text: string): string[][] => read(utf8(text)).rows.map((row) => row.cells);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

describe('csv', () => {
  it('reads quotes, doubled quotes and line breaks inside them', () => {
    expect(cells('a,b\r\n"x ""y"", z","two\nlines"\r\n')).toEqual([
      ['a', 'b'],
      ['x "y", z', 'two\nlines'],
    ]);
  });

  it('finds the delimiter, told by `sep=` or by the first line', () => {
    expect(cells('sep=;\r\na;b\r\n1,5;2\r\n')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
    expect(cells('a\tb\n1\t2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(read(utf8('"a;b","c"\n1,2\n')).delimiter).toBe(',');
  });

  it('reads UTF-16, Windows-1252 and old Mac line ends', () => {
    expect(read(utf16('nom;é\r\nx;ÿ\r\n')).rows.map((row) => row.cells)).toEqual([
      ['nom', 'é'],
      ['x', 'ÿ'],
    ]);
    const latin = read(new Uint8Array(Buffer.from('nom,prénom\nHélène,x\n', 'latin1')));
    expect(latin.rows[1]!.cells).toEqual(['Hélène', 'x']);
    expect(latin.encoding).toBe('windows-1252');
    expect(cells('a,b\r1,2\r')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('reads a line without quotes where its quote is never closed, and goes on', () => {
    const { rows, unclosed } = read(utf8('a,b\n"Bob,1\nEve,"2 ""x"""\n'));
    expect(rows.map((row) => row.cells)).toEqual([
      ['a', 'b'],
      ['"Bob', '1'],
      ['Eve', '2 "x"'],
    ]);
    expect(unclosed).toEqual([4]);
    expect(cells('a,b\n"Bob,1\nEve,2\n')).toEqual([
      ['a', 'b'],
      ['"Bob', '1'],
      ['Eve', '2'],
    ]);
  });

  it('keeps a cell of one mebibyte', () => {
    const long = 'x"'.repeat(2 ** 19);
    expect(cells(`a,b\n"${long.replaceAll('"', '""')}",2\n`)[1]).toEqual([long, '2']);
  });

  it('gives the span of each row in the bytes', () => {
    const bytes = utf8('é,b\r\n"x\r\ny",ü\r\nlast,row');
    for (const { offset, length, cells } of read(bytes).rows) {
      const text = new TextDecoder().decode(bytes.subarray(offset, offset + length));
      // inside a cell a line break becomes a line feed
      expect(Papa.parse<string[]>(text.replaceAll('\r\n', '\n')).data[0]).toEqual(cells);
    }
    const wide = utf16('é,b\r\nx,ü\r\n');
    const second = read(wide).rows[1]!;
    expect(Buffer.from(wide.slice(second.offset, second.offset + second.length)).toString('utf16le')).toBe('x,ü');
  });

  it('agrees with Papa Parse on every well-formed table, however it is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '[', '😀'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (body, chunk) => {
        const rows = [['one', 'two'], ...body];
        const text = Papa.unparse(rows, { quotes: true });
        const found = read(utf8(text), chunk);
        expect(found.rows.map((row) => row.cells)).toEqual(rows);
        expect(found.unclosed).toEqual([]);
      }),
    );
  });

  it('never throws and loses no byte of any text, however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\0', 'é', ' '), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (content, chunk) => {
        const bytes = utf8(content);
        const whole = read(bytes);
        expect(read(bytes, chunk)).toEqual(whole);
        let end = 0;
        for (const row of whole.rows) {
          expect(row.offset).toBeGreaterThanOrEqual(end);
          end = row.offset + row.length;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describeWithCorpus('csv', (folder) => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.csv'))) {
    const reference = `${folder}/${name.replace('csvs', 'json').replace(/csv$/, 'json')}`;
    let expected: Record<string, string>[] | undefined;
    try {
      expected = JSON.parse(readFileSync(reference, 'utf8')) as Record<string, string>[];
    } catch {
      // its twin is in another file, or there is none: Papa Parse answers instead
    }
    it(name, () => {
      const bytes = new Uint8Array(readFileSync(`${folder}/${name}`));
      const [header, ...body] = read(bytes, 7).rows.map((row) => row.cells);
      if (expected)
        expect(body.map((row) => Object.fromEntries(row.map((cell, n) => [header![n], cell])))).toEqual(expected);
      else {
        const text = readFileSync(`${folder}/${name}`, 'utf8').replace(/^\ufeff/, '');
        expect([header, ...body]).toEqual(Papa.parse<string[]>(text, { skipEmptyLines: true }).data);
      }
    });
  }
});

/**
 * CSV as RFC 4180 says it and as spreadsheets write it: `,`, `;`, tab or `|` between cells, quotes doubled inside quotes,
 * line breaks inside quotes, a first line `sep=;`.
 *
 *   email,name,issues
 *   bob@example.com,"Bob ""B."" Martin","[""ZoomUserNotFound"",""ZoomSipPhoneNotFound""]"
 *
 * Papa Parse splits rows into cells; what stands here gives each row its span in the bytes, the encoding, and the way out
 * of a quote that is never closed: where a quoted cell runs over a line end into a quote that closes nothing, or to the
 * end of the text, its line is read without quotes. Line breaks inside cells become line feeds.
 */
import Papa from 'papaparse';
import { repaired } from './encoding';
import { textReader, type TextPart, type TextReader } from './lines';

export interface CsvTaker {
  /** `number` counts rows from 1, blank ones as well; offset and length are bytes, without the line end. */
  row(cells: string[], offset: number, length: number, number: number): void;
  unclosed(offset: number): void;
  longRow(offset: number): void;
}

export interface CsvReader extends TextReader {
  /** Known from the first row on. */
  readonly delimiter: string;
  /** As the rows were decoded: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  readonly encoding: string;
}

/** A quoted cell that is still open after so many UTF-16 units was never closed. */
const longestQuoted = 4 * 2 ** 20;
/** Longest row without a line end, bytes. */
const longestRow = 16 * 2 ** 20;
/** After so many unclosed quotes the rest of the text is read without: each costs a look ahead. */
const maxUnclosed = 100;
const delimiters = [',', ';', '\t', '|'] as const;

export function csvReader(taker: CsvTaker): CsvReader {
  let delimiter = '';
  let encoding = 'utf-8';
  let number = 0;
  let quotes = true;
  let started = false;
  let unclosed = 0;

  const take = (part: TextPart): number => {
    const { bytes, unit, feed } = part;
    if (part.encoding !== 'utf-8') encoding = part.encoding;
    const text = part.text.includes('\r') ? part.text.replace(/\r\n/g, '\n') : part.text;
    const damaged = text.includes('\ufffd');
    /** Byte behind the line that the row from `from` to `to` ends with. */
    const behind = (from: number, to: number, byteFrom: number): number => {
      let byteAt = byteFrom;
      for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
        byteAt = nextFeed(bytes, feed, byteAt, unit);
      }
      return text.charCodeAt(to - 1) === 10 ? byteAt : bytes.length;
    };
    let at = 0;
    let byteAt = 0;
    if (!started && text !== '') {
      started = true;
      const first = text.slice(0, lineEnd(text, 0));
      const told = /^["']?sep=(.)["']?\s*$/i.exec(first);
      delimiter = told ? told[1]! : commonest(first);
      if (told) {
        at = Math.min(text.length, lineEnd(text, 0) + 1);
        byteAt = behind(0, at, 0);
      }
    }
    const give = (cells: string[], end: number): void => {
      const next = behind(at, end, byteAt);
      let given = cells;
      if (damaged && text.slice(at, end).includes('\ufffd')) {
        const better = repaired(text.slice(at, end), bytes.subarray(byteAt, next), part.encoding);
        if (better !== text.slice(at, end)) {
          encoding = 'windows-1252';
          given = rowsOf(better, delimiter, quotes).rows[0]?.cells ?? cells;
        }
      }
      number++;
      if (given.length > 1 || given[0] !== '') {
        taker.row(given, part.offset + byteAt, withoutLineEnd(bytes, byteAt, next, unit) - byteAt, number);
      }
      at = end;
      byteAt = next;
    };
    while (at < text.length) {
      const start = at;
      const { rows, open } = rowsOf(text.slice(at), delimiter, quotes);
      for (const { cells, end } of rows) give(cells, start + end);
      if (!open) break;
      if (open === 'end' && !part.last && text.length - at <= longestQuoted) return byteAt;
      const quote = text.indexOf('"', at);
      taker.unclosed(part.offset + byteAt + bytesBefore(text.slice(at, quote), unit));
      if (open === 'end' || ++unclosed === maxUnclosed) quotes = false;
      const end = Math.min(text.length, lineEnd(text, at) + 1);
      give(rowsOf(text.slice(at, end), delimiter, false).rows[0]?.cells ?? [''], end);
    }
    return bytes.length;
  };

  const reader = textReader(
    {
      part: take,
      longLine(head, offset, length) {
        taker.longRow(offset);
        number++;
        taker.row(rowsOf(head, delimiter || ',', false).rows[0]?.cells ?? [], offset, length, number);
      },
    },
    longestRow,
  );
  return {
    get delimiter() {
      return delimiter;
    },
    get encoding() {
      return encoding;
    },
    push: reader.push,
    end: reader.end,
  };
}

interface Rows {
  /** `end` lies behind the line end. */
  readonly rows: readonly { readonly cells: string[]; readonly end: number }[];
  /** A quote that is never closed stopped the reading: seen at a later quote, or only at the end of the text. */
  readonly open?: 'quote' | 'end';
}

/** No text holds it: a non-character of Unicode stands for «no quotes». */
const noQuote = '\ufdd0';

function rowsOf(text: string, delimiter: string, quotes: boolean): Rows {
  const rows: { cells: string[]; end: number }[] = [];
  let open: Rows['open'];
  let start = 0;
  const parser = new Papa.Parser({
    delimiter,
    newline: '\n',
    quoteChar: quotes ? '"' : noQuote,
    step({ data, errors, meta }: Papa.ParseStepResult<string[] | string[][]>) {
      const cells = (Array.isArray(data[0]) ? data[0] : data) as string[];
      for (const { code } of errors) {
        if (code === 'MissingQuotes') open = 'end';
        else if (code === 'InvalidQuotes' && lineEnd(text, start) < meta.cursor - 1) open ??= 'quote';
      }
      if (open) {
        parser.abort();
        return;
      }
      start = meta.cursor;
      rows.push({ cells, end: start });
    },
  });
  parser.parse(text, 0, false);
  // a line feed at the very end begins no row
  if (
    !open &&
    text.endsWith('\n') &&
    rows.at(-1)?.cells.join('') === '' &&
    rows.length > 1 &&
    rows.at(-2)!.end === text.length
  ) {
    rows.pop();
  }
  return open ? { rows, open } : { rows };
}

/** Byte behind the next line feed; in UTF-16 the feed is one of two bytes. */
function nextFeed(bytes: Uint8Array, feed: number, from: number, unit: 0 | 1 | 2): number {
  let at = bytes.indexOf(feed, from);
  if (unit === 2) {
    const other = (place: number): number => bytes[place % 2 === 0 ? place + 1 : place - 1] ?? 1;
    while (at >= 0 && other(at) !== 0) at = bytes.indexOf(feed, at + 1);
    return at < 0 ? bytes.length : at - (at % 2) + 2;
  }
  return at < 0 ? bytes.length : at + 1;
}

function withoutLineEnd(bytes: Uint8Array, from: number, to: number, unit: 0 | 1 | 2): number {
  const width = unit === 2 ? 2 : 1;
  const isEnd = (at: number): boolean => {
    const sign = width === 2 ? bytes[at]! | bytes[at + 1]! : bytes[at]!;
    return sign === 10 || sign === 13;
  };
  let end = to;
  while (end - width >= from && end > to - 2 * width && isEnd(end - width)) end -= width;
  return end;
}

const bytesBefore = (text: string, unit: 0 | 1 | 2): number =>
  unit === 2 ? text.length * 2 : unit === 1 ? text.length : new TextEncoder().encode(text).length;

const lineEnd = (text: string, from: number): number => {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed;
};

/** The delimiter that occurs most outside quotes in the first line. */
export function commonest(line: string): string {
  const plain = line.replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const candidate of delimiters) {
    const count = plain.split(candidate).length - 1;
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

/** A first row for sniffing. */
export const firstRow = (text: string): { readonly cells: readonly string[] } => {
  let from = 0;
  const told = /^\ufeff?["']?sep=(.)["']?[ \t]*\r?\n/i.exec(text);
  if (told) from = told[0].length;
  const delimiter = told ? told[1]! : commonest(text.slice(from, lineEnd(text, from)));
  const end = lineEnd(text, from);
  const { rows } = rowsOf(text.slice(from).replace(/\r\n/g, '\n'), delimiter, true);
  return rows[0] ?? { cells: rowsOf(text.slice(from, end), delimiter, false).rows[0]?.cells ?? [] };
};

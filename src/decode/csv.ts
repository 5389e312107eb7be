/**
 * CSV as RFC 4180 says it and as spreadsheets write it: `,`, `;`, tab or `|` between cells, quotes doubled inside quotes,
 * line breaks inside quotes, a first line `sep=;`.
 *
 *   email,name,issues
 *   bob@example.com,"Bob ""B."" Martin","[""ZoomUserNotFound"",""ZoomSipPhoneNotFound""]"
 *
 * A quote inside a quoted cell that is followed by neither a quote nor a delimiter is taken as it is. Where a quoted cell
 * runs over a line end into such a quote, or never ends, the opening quote was never closed: its line is read without
 * quotes.
 */
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

/** Longest row, in UTF-16 units inside quotes and in bytes without a line end. */
const longestQuoted = 4 * 2 ** 20;
const longestRow = 16 * 2 ** 20;
const delimiters = [',', ';', '\t', '|'] as const;

export function csvReader(taker: CsvTaker): CsvReader {
  let delimiter = '';
  let encoding = 'utf-8';
  let number = 0;
  let quotes = true;
  let started = false;

  const take = (part: TextPart): number => {
    const { text, bytes, unit } = part;
    if (part.encoding !== 'utf-8') encoding = part.encoding;
    const damaged = text.includes('\ufffd');
    const end = (from: number, to: number, byteFrom: number): number => {
      if (unit !== 0) return Math.min(bytes.length, byteFrom + (to - from) * unit);
      let byteAt = byteFrom;
      for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
        const feed = bytes.indexOf(part.feed, byteAt);
        byteAt = feed < 0 ? bytes.length : feed + 1;
      }
      return byteAt;
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
        byteAt = end(0, at, 0);
      }
    }
    while (at < text.length) {
      let row = readRow(text, at, delimiter, quotes);
      if (row.state === 'open' && !part.last && text.length - at <= longestQuoted) return byteAt;
      if (row.state !== 'closed') {
        const before = new TextEncoder().encode(text.slice(at, row.quote)).length;
        taker.unclosed(part.offset + byteAt + (unit === 2 ? (row.quote - at) * 2 : before));
        if (row.state === 'open') quotes = false;
        row = readRow(text, at, delimiter, false);
      }
      const last = row.end >= text.length && text.charCodeAt(text.length - 1) !== 10;
      const next = last ? bytes.length : end(at, row.end, byteAt);
      let { cells } = row;
      if (damaged && text.slice(at, row.end).includes('\ufffd')) {
        const better = repaired(text.slice(at, row.end), bytes.subarray(byteAt, next), part.encoding);
        if (better !== text.slice(at, row.end)) {
          encoding = 'windows-1252';
          const again = readRow(better, 0, delimiter, quotes);
          cells = again.state === 'closed' ? again.cells : readRow(better, 0, delimiter, false).cells;
        }
      }
      let length = next - byteAt;
      // the line end is no part of the row: one or two units
      let tail = row.end;
      while (tail > at && tail > row.end - 2 && /[\r\n]/.test(text[tail - 1]!)) tail--;
      length -= (row.end - tail) * (unit === 2 ? 2 : 1);
      number++;
      if (cells.length > 1 || cells[0] !== '') taker.row(cells, part.offset + byteAt, Math.max(0, length), number);
      at = row.end;
      byteAt = next;
    }
    return bytes.length;
  };

  const reader = textReader(
    {
      part: take,
      longLine(head, offset, length) {
        taker.longRow(offset);
        number++;
        taker.row(readRow(head, 0, delimiter || ',', false).cells, offset, length, number);
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

interface Row {
  readonly cells: string[];
  /** Behind the line end. */
  readonly end: number;
  /** `open`: the text ends inside quotes. `broken`: a quote was opened and never closed. */
  readonly state: 'closed' | 'open' | 'broken';
  /** Place of the quote that is not closed. */
  readonly quote: number;
}

function readRow(text: string, from: number, delimiter: string, quotes: boolean): Row {
  const cells: string[] = [];
  const mark = delimiter.charCodeAt(0);
  let at = from;
  for (;;) {
    if (quotes && text.charCodeAt(at) === 34) {
      const cell = readQuoted(text, at, mark);
      if (typeof cell === 'string') return { cells, end: text.length, state: cell, quote: at };
      cells.push(cell.value);
      at = cell.end;
    } else {
      const start = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== mark && code !== 10) code = text.charCodeAt(++at);
      const end = (code === 10 || at === text.length) && text.charCodeAt(at - 1) === 13 && at > start ? at - 1 : at;
      cells.push(text.slice(start, end));
    }
    if (text.charCodeAt(at) === mark && at < text.length) {
      at++;
      continue;
    }
    return { cells, end: Math.min(text.length, at + 1), state: 'closed', quote: -1 };
  }
}

/** The cell whose opening quote stands at `at`; `end` is the delimiter or line feed behind it. */
function readQuoted(text: string, at: number, mark: number): { value: string; end: number } | 'open' | 'broken' {
  let from = at + 1;
  let doubled = false;
  /** First line feed inside the cell; sought once, a cell may hold many quotes. */
  let feed: number | undefined;
  const limit = at + longestQuoted;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 || quote > limit) return 'open';
    let next = quote + 1;
    if (text.charCodeAt(next) === 34) {
      doubled = true;
      from = next + 1;
      continue;
    }
    while (text.charCodeAt(next) === 32 && mark !== 32) next++;
    const code = text.charCodeAt(next);
    const closes =
      next >= text.length ||
      code === mark ||
      code === 10 ||
      (code === 13 && (text.charCodeAt(next + 1) === 10 || next + 1 === text.length));
    if (closes) {
      const value = text.slice(at + 1, quote);
      return { value: doubled ? value.replaceAll('""', '"') : value, end: code === 13 ? next + 1 : next };
    }
    feed ??= lineEnd(text, at);
    if (feed < quote) return 'broken';
    from = quote + 1;
  }
}

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
export const firstRow = (text: string): { cells: readonly string[]; rest: string } => {
  let from = 0;
  const told = /^\ufeff?["']?sep=(.)["']?[ \t]*\r?\n/i.exec(text);
  if (told) from = told[0].length;
  const delimiter = told ? told[1]! : commonest(text.slice(from, lineEnd(text, from)));
  const row = readRow(text, from, delimiter, true);
  const plain = row.state === 'closed' ? row : readRow(text, from, delimiter, false);
  return { cells: plain.cells, rest: text.slice(plain.end) };
};

/**
 * Looks for words in the raw text of the timeline: log lines and SIP messages are read from their bytes in pieces,
 * event rows from their cells. Each word gives one bit a row and is kept, so combining and re-typing words is cheap.
 * A newer search for other words ends an older one; what that one did not look at is counted, never taken for «no».
 */
import { decodeAs, repaired, type Encoding } from '../decode/encoding';
import type { Evidence } from '../evidence/evidence';
import { encodingOf } from './encodings';
import { per } from './per';

/** Bytes of an artifact, unpacked. */
export type Read = (artifact: number, offset: number, length: number) => Promise<Uint8Array>;

export interface Needle {
  readonly text: string;
  /** No letter or digit may stand next to it: a number is not found inside a longer one. */
  readonly whole?: boolean;
  /** `text` is the source of a regular expression. */
  readonly regex?: boolean;
}

export interface Found {
  /** One bit a timeline row. */
  readonly bits: Uint8Array;
  /** Rows whose text was not looked at, or only its start. */
  readonly unsearched: number;
}

/** Bytes read at once; also the most that is searched of one row. */
const piece = 4 * 2 ** 20;
const rowCap = 2 ** 20;
/** The most that regular expressions may take, in all, before a search gives up. */
const regexMillis = 2000;
const regexCap = 4 * 1024;
const keptWords = 12;

export const has = (bits: Uint8Array, row: number): boolean => (bits[row >>> 3]! & (1 << (row & 7))) !== 0;
const mark = (bits: Uint8Array, row: number): void => {
  bits[row >>> 3]! |= 1 << (row & 7);
};

interface Known {
  readonly words: Map<string, Promise<Found>>;
  /** The search that is under way. */
  running: { ended: boolean } | undefined;
}
const known = per((_: Evidence): Known => ({ words: new Map(), running: undefined }));

const keyOf = ({ text, whole, regex }: Needle): string => `${regex ? 'r' : whole ? 'w' : 't'}${text}`;

export async function find(evidence: Evidence, needles: readonly Needle[], read: Read): Promise<Found[]> {
  const { words } = known(evidence);
  const fresh = needles.filter((needle, n) => {
    const key = keyOf(needle);
    return !words.has(key) && needles.findIndex((other) => keyOf(other) === key) === n;
  });
  if (fresh.length > 0) {
    const state = known(evidence);
    if (state.running) state.running.ended = true;
    const ticket = (state.running = { ended: false });
    const search = scan(evidence, fresh, read, ticket);
    fresh.forEach((needle, n) => {
      const found = search.then((all) => all[n]!);
      // a search that was cut short is no answer for the next time
      found.then(
        ({ unsearched }) => unsearched > 0 && ticket.ended && words.delete(keyOf(needle)),
        () => words.delete(keyOf(needle)),
      );
      words.set(keyOf(needle), found);
    });
    for (const key of words.keys()) {
      if (words.size <= keptWords + fresh.length) break;
      words.delete(key);
    }
  }
  return Promise.all(needles.map((needle) => words.get(keyOf(needle))!));
}

/** Where text lies. Several spans may belong to one row. */
export interface Spans {
  readonly length: number;
  readonly offset: ArrayLike<number>;
  readonly size: ArrayLike<number>;
  artifact(span: number): number;
  row(span: number): number;
}

/** Bytes that were read at once; `ascii` = the same as text in lower case, where every byte is one character of it. */
interface Piece {
  readonly bytes: Uint8Array;
  /** Its rows must be decoded one by one: UTF-16, or bytes that are no UTF-8. */
  readonly byRow: boolean;
  readonly encoding: Encoding;
  readonly ascii: string | undefined;
}

interface Search {
  readonly bits: Uint8Array;
  test(text: string): boolean;
  /** The next hit at or behind `from`, −1 = none. Undefined for a regular expression, which needs each row as text. */
  readonly next: ((piece: Piece, from: number) => number) | undefined;
}

async function scan(
  evidence: Evidence,
  needles: readonly Needle[],
  read: Read,
  ticket: { readonly ended: boolean },
): Promise<Found[]> {
  const { lines, messages, events, strings } = evidence;
  const firstEvent = lines.length + messages.length;
  const bytesOfBits = (firstEvent + events.length + 7) >>> 3;
  const searches = needles.map((needle): Search => ({ ...matcher(needle), bits: new Uint8Array(bytesOfBits) }));
  const clock = { left: regexMillis };
  let unsearched = 0;
  for (let row = 0; row < events.length; row++) {
    const text = strings.text(events.text[row]!);
    for (const { test, bits } of searches) if (test(text)) mark(bits, firstEvent + row);
  }
  for (const spans of [lineSpans(evidence), messageSpans(evidence)]) {
    for (let at = 0; at < spans.length;) {
      if (ticket.ended) {
        unsearched += spans.length - at;
        break;
      }
      const next = pieceEnd(spans, at);
      const from = spans.offset[at]!;
      const end = spans.offset[next - 1]! + Math.min(spans.size[next - 1]!, rowCap);
      const artifact = spans.artifact(at);
      const part = await Promise.all([read(artifact, from, end - from), encodingOf(evidence, artifact, read)]).then(
        ([bytes, encoding]) => pieceOf(bytes, encoding),
        () => undefined,
      );
      if (!part) unsearched += next - at;
      else {
        for (const search of searches) unsearched += searchPiece(search, part, spans, at, next, clock);
      }
      at = next;
    }
  }
  return searches.map(({ bits }) => ({ bits, unsearched }));
}

const lineSpans = ({ lines }: Evidence): Spans => ({
  length: lines.length,
  offset: lines.offset,
  size: lines.size,
  artifact: (span) => lines.artifact[span]!,
  row: (span) => span,
});

/** A message in several packets is looked at packet by packet. */
export function messageSpans({ lines, messages, pieces }: Evidence): Spans {
  const split = new Uint8Array(messages.length);
  for (const message of pieces.message) split[message] = 1;
  const length = messages.length - split.reduce((sum, one) => sum + one, 0) + pieces.length;
  const offset = new Float64Array(length);
  const size = new Uint32Array(length);
  const message = new Uint32Array(length);
  const artifact = new Uint32Array(length);
  let at = 0;
  let piece = 0;
  for (let row = 0; row < messages.length; row++) {
    if (!split[row]) {
      offset[at] = messages.offset[row]!;
      size[at] = messages.size[row]!;
      artifact[at] = messages.artifact[row]!;
      message[at++] = row;
      continue;
    }
    while (piece < pieces.length && pieces.message[piece]! < row) piece++;
    for (; piece < pieces.length && pieces.message[piece] === row; piece++) {
      offset[at] = pieces.offset[piece]!;
      size[at] = pieces.size[piece]!;
      artifact[at] = pieces.artifact[piece]!;
      message[at++] = row;
    }
  }
  return {
    length: at,
    offset,
    size,
    artifact: (span) => artifact[span]!,
    row: (span) => lines.length + message[span]!,
  };
}

/** Spans that follow each other in one artifact and fit into one read; at least one. */
function pieceEnd(spans: Spans, at: number): number {
  const artifact = spans.artifact(at);
  const from = spans.offset[at]!;
  let next = at + 1;
  for (let end = from; next < spans.length && spans.artifact(next) === artifact; next++) {
    const offset = spans.offset[next]!;
    if (offset < end || offset + spans.size[next]! - from > piece) break;
    end = offset;
  }
  return next;
}

/** Searching in a string is what browsers do fastest; text that is not plain ASCII is searched byte by byte. */
function pieceOf(bytes: Uint8Array, encoding: Encoding): Piece {
  const text = encoding === 'utf-8' ? decodeAs(bytes, encoding) : '';
  const byRow = encoding !== 'utf-8' || text.includes('\ufffd');
  return { bytes, byRow, encoding, ascii: text.length === bytes.length ? text.toLowerCase() : undefined };
}

/** Gives how many rows it could not look at. */
function searchPiece(
  { next: search, test, bits }: Search,
  part: Piece,
  spans: Spans,
  at: number,
  next: number,
  clock: { left: number },
): number {
  const base = spans.offset[at]!;
  const endOf = (span: number): number => spans.offset[span]! - base + Math.min(spans.size[span]!, rowCap);
  const { bytes, byRow, encoding } = part;
  if (search && !byRow) {
    let from = 0;
    for (let span = at; span < next;) {
      const hit = search(part, from);
      if (hit < 0) return 0;
      while (span < next && endOf(span) <= hit) span++;
      // between two spans: bytes of a capture that are no message
      if (span === next) return 0;
      if (spans.offset[span]! - base <= hit) mark(bits, spans.row(span));
      else {
        from = spans.offset[span]! - base;
        continue;
      }
      from = endOf(span++);
    }
    return 0;
  }
  const began = performance.now();
  let cut = 0;
  for (let span = at; span < next; span++) {
    if (!search && (span & 63) === 0 && performance.now() - began > clock.left) {
      clock.left = 0;
      return cut + next - span;
    }
    const start = spans.offset[span]! - base;
    const row = bytes.subarray(start, Math.min(endOf(span), search ? Infinity : start + regexCap));
    const text = repaired(decodeAs(row, encoding), row, encoding);
    if (test(text)) mark(bits, spans.row(span));
    else if (!search && endOf(span) - start > regexCap) cut++;
  }
  if (!search) clock.left = Math.max(0, clock.left - (performance.now() - began));
  return cut;
}

/** Letters are alike in either case; a number found whole has no letter or digit beside it. */
function matcher({ text, whole, regex }: Needle): Pick<Search, 'test' | 'next'> {
  if (regex) {
    const compiled = new RegExp(text, 'iu');
    return { test: (row) => compiled.test(row), next: undefined };
  }
  const folded = text.toLowerCase();
  const encoder = new TextEncoder();
  const lower = encoder.encode(folded);
  const other = encoder.encode(text.toUpperCase());
  const upper = other.length === lower.length ? other : lower;
  const inText = (haystack: string, from: number): number => {
    let at = haystack.indexOf(folded, from);
    while (
      at >= 0 &&
      whole &&
      (isWord(haystack.charCodeAt(at - 1)) || isWord(haystack.charCodeAt(at + folded.length)))
    ) {
      at = haystack.indexOf(folded, at + 1);
    }
    return at;
  };
  return {
    test: (row) => inText(row.toLowerCase(), 0) >= 0,
    next: ({ bytes, ascii }, from) => (ascii === undefined ? inBytes(bytes, from) : inText(ascii, from)),
  };
  function inBytes(bytes: Uint8Array, from: number): number {
    const size = lower.length;
    const [first, firstUpper] = [lower[0]!, upper[0]!];
    const end = bytes.length - size;
    for (let at = from; at <= end; at++) {
      const byte = bytes[at]!;
      if (byte !== first && byte !== firstUpper) continue;
      let same = 1;
      while (same < size && (bytes[at + same] === lower[same] || bytes[at + same] === upper[same])) same++;
      if (same === size && !(whole && (isWord(bytes[at - 1]) || isWord(bytes[at + size])))) return at;
    }
    return -1;
  }
}

const isWord = (code: number | undefined): boolean =>
  code !== undefined && ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122));

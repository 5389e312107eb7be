/**
 * Bytes in chunks of any size → parts of whole lines, decoded at once, with the place of each line in the bytes.
 * Whoever takes a part says how many bytes are done; the rest comes again in front of the next part. So a record or a
 * CSV row may span chunks, and nothing depends on where a chunk ends.
 */
import { decodeAs, detectEncoding, headForEncoding, type Encoding } from './encoding';

export interface TextPart {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Place of `bytes[0]` in the artifact. */
  readonly offset: number;
  readonly encoding: Encoding;
  /** Bytes per UTF-16 unit of `text`; 0 = it varies, then lines are counted in both. */
  readonly unit: 0 | 1 | 2;
  /** The byte that ends a line, 10; 13 in a text of old Mac form, whose `text` has line feeds in its place. */
  readonly feed: number;
  /** Nothing follows that belongs to these lines: all of it must be taken. */
  readonly last: boolean;
}

export interface TextTaker {
  /** Returns the number of bytes that are done: it must end behind a line end, or be all of them. */
  part(part: TextPart): number;
  /** A line longer than the limit; `head` is its start. It was neither part of the part before nor of the one after. */
  longLine(head: string, offset: number, length: number): void;
}

export interface TextReader {
  push(chunk: Uint8Array): void;
  end(): void;
}

const step = 256 * 1024;
const headForFeed = 64 * 1024;

export function textReader(taker: TextTaker, maxLine: number): TextReader {
  let buffer = new Uint8Array(step * 2);
  let filled = 0;
  let offset = 0;
  let fresh = 0;
  let encoding: Encoding | undefined;
  let unit: 1 | 2 = 1;
  let feed = 10;
  /** The long line that is being passed over. */
  let long: { readonly head: string; readonly offset: number; length: number } | undefined;

  const drop = (count: number): void => {
    buffer.copyWithin(0, count, filled);
    filled -= count;
    offset += count;
  };
  /** Index of the next line feed at or behind `from`, -1 where there is none. */
  const lineFeed = (from: number, to: number): number => {
    if (unit === 1) {
      const at = buffer.indexOf(feed, from);
      return at < to ? at : -1;
    }
    const low = encoding === 'utf-16le' ? 0 : 1;
    for (let at = from; at + 1 < to; at += 2) if (buffer[at + low] === feed && buffer[at + 1 - low] === 0) return at;
    return -1;
  };
  const lastLineEnd = (): number => {
    if (unit === 1) return filled === 0 ? 0 : buffer.lastIndexOf(feed, filled - 1) + 1;
    const low = encoding === 'utf-16le' ? 0 : 1;
    for (let at = (filled & ~1) - 2; at >= 0; at -= 2) {
      if (buffer[at + low] === feed && buffer[at + 1 - low] === 0) return at + 2;
    }
    return 0;
  };
  const give = (end: number, last: boolean): void => {
    if (end === 0) return;
    const bytes = buffer.subarray(0, end);
    const decoded = decodeAs(bytes, encoding!);
    const text = feed === 10 ? decoded : decoded.replaceAll('\r', '\n');
    const even = unit === 2 ? 2 : text.length === end ? 1 : 0;
    const done = taker.part({ text, bytes, offset, encoding: encoding!, unit: even, feed, last });
    drop(last ? end : Math.min(done, end));
  };
  /** First line of the buffer longer than allowed, among the complete ones before `end`. */
  const longAmong = (end: number): { start: number; end: number } | undefined => {
    if (end <= maxLine) return undefined;
    for (let start = 0; start < end;) {
      const found = lineFeed(start, end);
      const stop = found < 0 ? end : found;
      if (stop - start > maxLine) return { start, end: stop };
      start = stop + unit;
    }
    return undefined;
  };
  const headOf = (start: number): string => decodeAs(buffer.subarray(start, start + maxLine), encoding!);

  const process = (final: boolean): void => {
    fresh = 0;
    if (encoding === undefined) {
      if (!final && filled < headForEncoding) return;
      const found = detectEncoding(buffer.subarray(0, filled));
      encoding = found.encoding;
      unit = encoding === 'utf-8' ? 1 : 2;
      drop(Math.min(found.mark, filled));
      const look = buffer.subarray(0, Math.min(filled, headForFeed));
      if (look.includes(13) && !look.includes(10)) feed = 13;
    }
    for (;;) {
      const whole = final ? filled : lastLineEnd();
      const over = longAmong(whole);
      if (over) {
        give(over.start, true);
        const length = over.end - over.start;
        taker.longLine(headOf(0), offset, length);
        drop(Math.min(filled, length + unit));
        continue;
      }
      if (!final && filled - whole > maxLine) {
        give(whole, true);
        long = { head: headOf(0), offset, length: 0 };
        passLong();
        return;
      }
      give(whole, final);
      return;
    }
  };

  const append = (piece: Uint8Array): void => {
    if (filled + piece.length > buffer.length) {
      const larger = new Uint8Array(Math.max(buffer.length * 2, filled + piece.length));
      larger.set(buffer.subarray(0, filled));
      buffer = larger;
    }
    buffer.set(piece, filled);
    filled += piece.length;
    fresh += piece.length;
    if (long) passLong();
    else if (fresh >= step) process(false);
  };
  const passLong = (): void => {
    const found = lineFeed(0, filled);
    if (found < 0) {
      // half a UTF-16 unit waits for its other half
      const seen = unit === 2 ? filled & ~1 : filled;
      long!.length += seen;
      drop(seen);
      fresh = filled;
      return;
    }
    taker.longLine(long!.head, long!.offset, long!.length + found);
    long = undefined;
    drop(found + unit);
    fresh = filled;
    if (fresh >= step) process(false);
  };

  return {
    push(chunk) {
      for (let at = 0; at < chunk.length; at += step) append(chunk.subarray(at, at + step));
    },
    end() {
      if (long) {
        taker.longLine(long.head, long.offset, long.length + filled);
        long = undefined;
        drop(filled);
        return;
      }
      process(true);
    },
  };
}

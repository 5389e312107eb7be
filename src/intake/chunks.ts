/** Bytes that come in pieces: looking ahead, taking exact lengths, gathering. A piece is lent until the next is asked for. */
import type { Chunks } from './containers/container';

export const empty = new Uint8Array(0);

export async function* noChunks(): AsyncGenerator<Uint8Array> {}

/** The first `length` bytes (fewer where there are no more), and all bytes again from the start, once. */
export async function peek(
  chunks: Chunks,
  length: number,
): Promise<{ head: Uint8Array; all: () => AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let held: Uint8Array = empty;
  let ended = false;
  while (held.length < length && !ended) {
    const next = await iterator.next();
    if (next.done) ended = true;
    else if (held.length === 0 && next.value.length >= length) held = next.value;
    else held = join(held, next.value);
  }
  const first = held;
  return {
    head: first.slice(0, length),
    async *all() {
      try {
        if (first.length > 0) yield first;
        while (!ended) {
          const next = await iterator.next();
          if (next.done) return;
          yield next.value;
        }
      } finally {
        ended = true;
        await iterator.return?.();
      }
    },
  };
}

/** The same without the first `skip` bytes. */
export async function* after(skip: number, chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    if (skip < chunk.length) yield chunk.subarray(skip);
    skip = Math.max(0, skip - chunk.length);
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Takes exact lengths out of chunks. What it gives is valid until the next call. */
export interface Cursor {
  /** Bytes taken so far. */
  readonly offset: number;
  /** `length` bytes, or fewer at the end. */
  take(length: number): Promise<Uint8Array>;
  /** The next piece as it comes, empty at the end. */
  some(): Promise<Uint8Array>;
  /** Puts back the last `length` bytes of the piece that `some` gave. */
  giveBack(length: number): void;
  /** Up to `length` bytes piece by piece, without joining them. */
  pieces(length: number): AsyncGenerator<Uint8Array>;
  /** Passes over `length` bytes; gives how many there were. */
  skip(length: number): Promise<number>;
  close(): Promise<void>;
}

export function cursor(chunks: Chunks): Cursor {
  const iterator = chunks[Symbol.asyncIterator]();
  let piece: Uint8Array = empty;
  let last: Uint8Array = empty;
  let offset = 0;
  /** Some bytes in `piece`, or false at the end. */
  const more = async (): Promise<boolean> => {
    while (piece.length === 0) {
      const next = await iterator.next();
      if (next.done) return false;
      piece = next.value;
    }
    return true;
  };
  const cut = (length: number): Uint8Array => {
    const part = piece.length <= length ? piece : piece.subarray(0, length);
    piece = piece.length <= length ? empty : piece.subarray(length);
    offset += part.length;
    return part;
  };
  return {
    get offset() {
      return offset;
    },
    async take(length) {
      if (piece.length >= length) return cut(length);
      const result = new Uint8Array(length);
      let filled = 0;
      while (filled < length && (await more())) {
        const part = cut(length - filled);
        result.set(part, filled);
        filled += part.length;
      }
      return result.subarray(0, filled);
    },
    async some() {
      last = (await more()) ? cut(piece.length) : empty;
      return last;
    },
    giveBack(length) {
      if (length === 0) return;
      piece = last.subarray(last.length - length);
      offset -= length;
    },
    async *pieces(length) {
      for (let left = length; left > 0 && (await more());) {
        const part = cut(left);
        left -= part.length;
        yield part;
      }
    },
    async skip(length) {
      let left = length;
      while (left > 0 && (await more())) left -= cut(left).length;
      return length - left;
    },
    async close() {
      await iterator.return?.();
    },
  };
}

const pieceSize = 4 * 2 ** 20;

/** Gathers lent chunks into one Blob, in pieces that the browser may move out of memory. */
export interface Collector {
  add(chunk: Uint8Array): void;
  blob(): Blob;
}

export function collector(): Collector {
  const pieces: Blob[] = [];
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (parts.length > 0) pieces.push(new Blob(parts as BlobPart[]));
    parts = [];
    bytes = 0;
  };
  return {
    add(chunk) {
      parts.push(chunk.slice());
      bytes += chunk.length;
      if (bytes >= pieceSize) flush();
    },
    blob() {
      flush();
      return pieces.length === 1 ? pieces[0]! : new Blob(pieces);
    },
  };
}

export async function gather(chunks: Chunks): Promise<Blob> {
  const all = collector();
  for await (const chunk of chunks) all.add(chunk);
  return all.blob();
}

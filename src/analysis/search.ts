/**
 * Search in everything: the bytes of every text file that was opened, claimed by a reader or not, and the messages of
 * captures. A hit is a line, as with grep. The bytes pass through a window, unpacked straight into it where they are kept
 * packed; only the lines that are shown are decoded.
 */
import { decodeAs, detectEncoding, headForEncoding, repaired, textOfHead, type Encoding } from '../decode/encoding';
import { blockSize, openScanner, type Scanner } from '../intake/codec';
import type { PackedPart } from '../intake/packed';
import { maskSecrets } from '../session/mask';
import { visible } from './preview';
import { finder, lookup, type Match, type Wanted } from './search-lookup';

export type { Wanted };

/** A file to search. `spans` says where text lies in a capture, sorted; elsewhere all of it is text. */
export interface Searchable {
  readonly artifact: number;
  readonly bytes: number;
  readonly spans?: { readonly offset: Float64Array; readonly size: Uint32Array };
}
export interface SearchFile extends Searchable {
  /** The first blocks of it where it is kept packed; `More` gives the others. */
  readonly content: Blob | PackedPart;
}
/** Blocks of a file from `block` on. */
export type More = (artifact: number, block: number) => Promise<PackedPart | undefined>;

/** One line; `at` and `length` are where the match stands in `line`, in characters. */
export interface Hit {
  readonly artifact: number;
  /** Of the match, in bytes of the artifact. */
  readonly offset: number;
  readonly line: string;
  readonly at: number;
  readonly length: number;
}
export interface Searched {
  readonly artifact: number;
  /** Lines with a match, those beyond the hits that are kept included. */
  readonly count: number;
  readonly hits: readonly Hit[];
  /** It holds no text and was not searched. */
  readonly binary: boolean;
}

const piece = 4 * 2 ** 20;
const headSize = 16_384;
/** Progress is told after so many bytes or ms. */
const tellBytes = 4 * 2 ** 20;
const tellEvery = 200;
/** A line without end is searched in pieces that share so much. */
const overlap = 4096;
const before = 120;
const shown = 600;
export const hitsKept = 500;

/** What stands in the way of a search; undefined where nothing does. */
export function faultOf({ text, regex }: Wanted): string | undefined {
  if (!regex) return undefined;
  try {
    new RegExp(text, 'gim');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

let scanner: Promise<Scanner> | undefined;
let last: Promise<unknown> = Promise.resolve();

/** Searches one file, one after the other. `progress` is told the bytes looked at since the last time. */
export function searchFile(
  file: SearchFile,
  wanted: Wanted,
  progress: (bytes: number) => void,
  more: More = async () => undefined,
): Promise<Searched> {
  const found = last.then(async () => search(await (scanner ??= openScanner()), file, wanted, progress, more));
  last = found.catch(() => undefined);
  return found;
}

async function search(
  scan: Scanner,
  file: SearchFile,
  wanted: Wanted,
  progress: (bytes: number) => void,
  more: More,
): Promise<Searched> {
  const { artifact, content, spans, bytes } = file;
  const { window } = scan;
  const inLine = finder(wanted);
  let passed = 0;
  let told = performance.now();
  const pass = (length: number): void => {
    passed += length;
    const now = performance.now();
    if (passed < tellBytes && now - told < tellEvery) return;
    progress(passed);
    passed = 0;
    told = now;
  };
  const hits: Hit[] = [];
  let count = 0;

  const take = (encoding: Encoding, base: number, { at, start, end }: Match): void => {
    count++;
    if (hits.length >= hitsKept) return;
    const unit = encoding === 'utf-8' ? 1 : 2;
    let from = Math.max(start, at - before * unit);
    let to = Math.min(end, at + shown * unit);
    // a character of several bytes is not cut
    if (unit === 1) {
      while (from < at && (window[from]! & 0xc0) === 0x80) from++;
      while (to < end && to > at && (window[to]! & 0xc0) === 0x80) to--;
    }
    const row = window.subarray(from, to);
    const raw = repaired(decodeAs(row, encoding), row, encoding).replace(/^\ufeff|[\r\n]+$/g, '');
    // what stands on the screen is copied from it: a match inside a secret is told by its line alone
    const line = visible(maskSecrets(raw));
    const found = inLine.find(inLine.fold(line), 0) ?? { at: 0, length: 0 };
    hits.push({ artifact, offset: base + at, line, at: found.at, length: found.length });
  };

  /** Looks at all that `fill` puts into the window, whose first byte is the file's at `base`. */
  const look = async (fill: Fill, first: number, encoding: Encoding): Promise<void> => {
    const unit = encoding === 'utf-8' ? 1 : 2;
    const { begin, next, rest } = lookup(scan, wanted, encoding);
    let base = 0;
    let held = first;
    let ended = false;
    /** The line that the window ended in has its hit already. */
    let counted = false;
    while (!ended) {
      while (!ended && window.length - held >= blockSize) {
        const filled = await fill(held);
        ended = filled === 0;
        held += filled;
      }
      const whole = ended ? held : lineEnd(window, held, unit);
      const open = whole === 0 && !ended;
      const end = open ? held : whole;
      begin(end);
      for (let from = 0; from < end;) {
        if (rest && !open && hits.length >= hitsKept && (from > 0 || !counted)) {
          count += rest(from);
          break;
        }
        const match = next(from);
        if (!match) break;
        if (!(counted && match.start === 0)) take(encoding, base, match);
        if (open && match.end >= end) counted = true;
        from = match.end + unit;
      }
      if (!open) counted = false;
      const kept = open ? overlap : held - end;
      window.copyWithin(0, held - kept, held);
      pass(held - kept);
      base += held - kept;
      held = kept;
    }
  };

  if (spans && content instanceof Blob) {
    const { offset, size } = spans;
    for (let span = 0; span < offset.length;) {
      // messages that lie close together are read at once
      const from = offset[span]!;
      let next = span + 1;
      while (next < offset.length && offset[next]! + size[next]! - from <= piece) next++;
      const end = Math.max(...[span, next - 1].map((one) => offset[one]! + size[one]!));
      const read = new Uint8Array(await content.slice(from, end).arrayBuffer());
      for (; span < next; span++) {
        const at = offset[span]! - from;
        const hit = hits.length;
        await look(ofBytes(window, read.subarray(at, at + size[span]!)), 0, 'utf-8');
        for (let n = hit; n < hits.length; n++) hits[n] = { ...hits[n]!, offset: hits[n]!.offset + offset[span]! };
      }
    }
    progress(passed);
    return { artifact, count, hits, binary: false };
  }
  const fill = content instanceof Blob ? ofBlob(window, content) : ofParts(scan, file, content, more);
  const first = bytes > 0 ? await fill(0) : 0;
  const head = window.slice(0, Math.min(first, headSize));
  if (head.length > 0 && textOfHead(head) === undefined) {
    progress(bytes);
    return { artifact, count: 0, hits: [], binary: true };
  }
  await look(fill, first, detectEncoding(head.subarray(0, headForEncoding)).encoding);
  progress(passed);
  return { artifact, count, hits, binary: false };
}

/** Puts the next bytes of a file at a place of the window, where there is room for a block; gives how many, 0 = no more. */
type Fill = (at: number) => number | Promise<number>;

function ofBytes(window: Uint8Array, bytes: Uint8Array): Fill {
  let taken = 0;
  return (at) => {
    const part = bytes.subarray(taken, taken + window.length - at);
    window.set(part, at);
    taken += part.length;
    return part.length;
  };
}

function ofBlob(window: Uint8Array, blob: Blob): Fill {
  let slice: Fill = () => 0;
  let read = 0;
  return async (at) => {
    const filled = await slice(at);
    if (filled > 0 || read >= blob.size) return filled;
    const bytes = new Uint8Array(await blob.slice(read, read + piece).arrayBuffer());
    read += bytes.length;
    slice = ofBytes(window, bytes);
    return slice(at);
  };
}

/** The part behind the present one is asked for before that one is looked at. */
function ofParts({ unpack }: Scanner, { artifact, bytes }: Searchable, begin: PackedPart, more: More): Fill {
  let part: PackedPart | undefined = begin;
  let ahead: Promise<PackedPart | undefined> | undefined;
  let block = 0;
  let inPart = 0;
  let at = 0;
  const blocks = Math.ceil(bytes / blockSize);
  const unpackNext = (to: number): number => {
    const length = part!.lengths[inPart++]!;
    const size = Math.min(blockSize, bytes - block++ * blockSize);
    unpack(part!.data.subarray(at, at + length), size, to);
    at += length;
    return size;
  };
  return async (to) => {
    if (!part || block >= blocks) return 0;
    if (inPart === part.lengths.length) {
      part = await ahead;
      ahead = undefined;
      [inPart, at] = [0, 0];
      if (!part || part.lengths.length === 0) return 0;
    }
    const behind = block - inPart + part.lengths.length;
    if (behind < blocks) ahead ??= more(artifact, behind);
    return unpackNext(to);
  };
}

/** Bytes up to the end of the last whole line; 0 where there is none. */
function lineEnd(bytes: Uint8Array, held: number, unit: number): number {
  for (let at = held; at > 0 && (at = bytes.lastIndexOf(10, at - 1)) >= 0;) {
    if (unit === 1) return at + 1;
    // 0A 00 little-endian, 00 0A big-endian: either way the pair begins at an even offset
    const pair = at & ~1;
    if (pair + 2 <= held && (bytes[pair]! | bytes[pair + 1]!) === 10) return pair + 2;
  }
  return 0;
}

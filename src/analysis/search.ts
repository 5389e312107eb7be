/**
 * Search in everything: the bytes of every text file that was opened, claimed by a reader or not, and the messages of
 * captures. A hit is a line, as with grep. The bytes are looked at as they lie, one character a byte (UTF-16: a unit),
 * which is what browsers search fastest; only the lines that are shown are decoded.
 */
import { decodeAs, detectEncoding, headForEncoding, repaired, textOfHead, type Encoding } from '../decode/encoding';
import { maskSecrets } from '../session/mask';
import { visible } from './preview';

/** A file to search. `spans` says where text lies in a capture, sorted; elsewhere all of it is text. */
export interface Searchable {
  readonly artifact: number;
  readonly bytes: number;
  readonly spans?: { readonly offset: Float64Array; readonly size: Uint32Array };
}
export interface SearchFile extends Searchable {
  readonly blob: Blob;
}

/** What a person looks for; letters are alike in either case. */
export interface Wanted {
  readonly text: string;
  readonly regex: boolean;
}

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
/** A line without end is searched in pieces that share so much. */
const overlap = 4096;
const before = 120;
const shown = 600;
export const hitsKept = 500;

const windows1252 = new TextDecoder('windows-1252', { ignoreBOM: true });
const encoder = new TextEncoder();
/** The bytes of a text as the one-character-a-byte form has them. */
const asBytes = (text: string): string => windows1252.decode(encoder.encode(text));

interface Match {
  readonly at: number;
  readonly length: number;
}
type Find = (text: string, from: number) => Match | undefined;

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

function finder({ text, regex }: Wanted, bytes: boolean): { fold(text: string): string; find: Find } {
  if (regex) {
    const compiled = new RegExp(bytes ? byteRegex(text) : text, 'gim');
    return {
      fold: (haystack) => haystack,
      find(haystack, from) {
        compiled.lastIndex = from;
        const match = compiled.exec(haystack);
        return match ? { at: match.index, length: match[0].length } : undefined;
      },
    };
  }
  // in UTF-8 the two cases of a letter beyond ASCII are other bytes; in Windows-1252 it is one
  const forms = bytes ? [asBytes(text.toLowerCase()), asBytes(text.toUpperCase()), text] : [text];
  const needles = [...new Set(forms.map((form) => form.toLowerCase()))];
  return {
    fold: (haystack) => haystack.toLowerCase(),
    find(haystack, from) {
      let found: Match | undefined;
      for (const needle of needles) {
        const at = haystack.indexOf(needle, from);
        if (at >= 0 && (!found || at < found.at)) found = { at, length: needle.length };
      }
      return found;
    },
  };
}

/** Characters beyond ASCII become the bytes that they are in UTF-8: a group, and inside a class each byte. */
function byteRegex(source: string): string {
  let inClass = false;
  let escaped = false;
  let written = '';
  for (const char of source) {
    if (char > '\x7f') written += inClass ? asBytes(char) : `(?:${asBytes(char)})`;
    else {
      written += char;
      if (!escaped && char === '[') inClass = true;
      else if (!escaped && char === ']') inClass = false;
    }
    escaped = !escaped && char === '\\';
  }
  return written;
}

/** Searches one file. `progress` is told the bytes looked at since the last time; `live` false ends it. */
export async function searchFile(
  file: SearchFile,
  wanted: Wanted,
  progress: (bytes: number) => void,
  live: () => boolean = () => true,
): Promise<Searched> {
  const { artifact, blob, spans } = file;
  const head = new Uint8Array(await blob.slice(0, 16_384).arrayBuffer());
  if (!spans && head.length > 0 && textOfHead(head) === undefined) {
    progress(blob.size);
    return { artifact, count: 0, hits: [], binary: true };
  }
  const encoding: Encoding = spans ? 'utf-8' : detectEncoding(head.subarray(0, headForEncoding)).encoding;
  const unit = encoding === 'utf-8' ? 1 : 2;
  const { fold, find } = finder(wanted, unit === 1);
  const inLine = finder(wanted, false);
  const hits: Hit[] = [];
  let count = 0;
  /** The line that a piece ended in has its hit already. */
  let counted = false;

  const take = (bytes: Uint8Array, base: number, start: number, end: number, match: Match): void => {
    count++;
    if (hits.length >= hitsKept) return;
    let from = Math.max(start, match.at - before) * unit;
    let to = Math.min(end, match.at + shown) * unit;
    // a character of several bytes is not cut
    if (unit === 1) {
      while (from < match.at && (bytes[from]! & 0xc0) === 0x80) from++;
      while (to < end && to > match.at && (bytes[to]! & 0xc0) === 0x80) to--;
    }
    const row = bytes.subarray(from, to);
    const raw = repaired(decodeAs(row, encoding), row, encoding).replace(/^\ufeff|[\r\n]+$/g, '');
    // what stands on the screen is copied from it: a match inside a secret is told by its line alone
    const line = visible(maskSecrets(raw));
    const found = inLine.find(inLine.fold(line), 0) ?? { at: 0, length: 0 };
    hits.push({ artifact, offset: base + match.at * unit, line, at: found.at, length: found.length });
  };

  /** Looks at whole lines, or at a piece of one that goes on. */
  const look = (bytes: Uint8Array, base: number, open: boolean): void => {
    const text = fold(unit === 1 ? windows1252.decode(bytes) : decodeAs(bytes, encoding));
    for (let from = 0; from < text.length;) {
      const match = find(text, from);
      if (!match) break;
      const start = match.at === 0 ? 0 : text.lastIndexOf('\n', match.at - 1) + 1;
      const next = text.indexOf('\n', match.at);
      const end = next < 0 ? text.length : next;
      if (!(counted && start === 0)) take(bytes, base, start, end, match);
      if (open && next < 0) counted = true;
      from = end + 1;
    }
    if (!open) counted = false;
  };

  if (spans) {
    const { offset, size } = spans;
    for (let span = 0; span < offset.length && live();) {
      // messages that lie close together are read at once
      const from = offset[span]!;
      let next = span + 1;
      while (next < offset.length && offset[next]! + size[next]! - from <= piece) next++;
      const end = Math.max(...[span, next - 1].map((one) => offset[one]! + size[one]!));
      const read = new Uint8Array(await blob.slice(from, end).arrayBuffer());
      progress(read.length);
      for (; span < next; span++) {
        const at = offset[span]! - from;
        look(read.subarray(at, at + size[span]!), offset[span]!, false);
      }
    }
    return { artifact, count, hits, binary: false };
  }
  let carried: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < blob.size && live();) {
    const read = new Uint8Array(await blob.slice(at, at + piece).arrayBuffer());
    if (read.length === 0) break;
    const base = at - carried.length;
    at += read.length;
    progress(read.length);
    const bytes = carried.length > 0 ? joined(carried, read) : read;
    const cut = at >= blob.size ? bytes.length : lineEnd(bytes, unit);
    if (cut > 0) {
      look(bytes.subarray(0, cut), base, false);
      carried = bytes.slice(cut);
    } else if (bytes.length >= piece) {
      look(bytes, base, true);
      carried = bytes.slice(-overlap);
    } else carried = bytes;
  }
  return { artifact, count, hits, binary: false };
}

/** Bytes up to the end of the last whole line; 0 where there is none. */
function lineEnd(bytes: Uint8Array, unit: number): number {
  if (unit === 1) return bytes.lastIndexOf(10) + 1;
  for (let at = bytes.lastIndexOf(10); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(10, at - 1)) {
    // 0A 00 little-endian, 00 0A big-endian: either way the pair begins at an even offset
    const pair = at & ~1;
    if ((bytes[pair]! | bytes[pair + 1]!) === 10) return pair + 2;
  }
  return 0;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

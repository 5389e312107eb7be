/**
 * Where a text or an expression stands in the bytes of a window. A text is looked for among the bytes. An expression of
 * which some literal must occur is tried on the lines that hold one; any other on all text, one character a byte, which is
 * what browsers do fastest. A match lies in one line.
 */
import { decodeAs, type Encoding } from '../decode/encoding';
import { requiredSets } from '../decode/literals';
import type { Scanner } from '../intake/codec';
import { needleOf, type Needle } from '../intake/needle';

/** What a person looks for; letters are alike in either case. */
export interface Wanted {
  readonly text: string;
  readonly regex: boolean;
}

/** In bytes of the window; the line without its end. */
export interface Match {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}
export interface Lookup {
  /** The bytes up to `end` are what is looked at now. */
  begin(end: number): void;
  /** The first match of the first line from `from` on that has one. */
  next(from: number): Match | undefined;
  /** How many lines from `from` on have one, where that is faster than asking for each. */
  rest?(from: number): number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('windows-1252', { ignoreBOM: true });
const windows1252 = (bytes: Uint8Array): string => decoder.decode(bytes);
/** The bytes of a text as the one-character-a-byte form has them. */
const asBytes = (text: string): string => windows1252(encoder.encode(text));
/** More than so many literals are as slow as looking at all text. */
const mostLiterals = 4;

export function lookup(scanner: Scanner, wanted: Wanted, encoding: Encoding): Lookup {
  if (encoding !== 'utf-8') return inText(scanner.window, 2, (bytes) => decodeAs(bytes, encoding), finder(wanted));
  if (!wanted.regex) return inBytes(scanner, formsOf(wanted.text).map(needleOf));
  const source = byteRegex(wanted.text);
  const literals = literalsOf(source);
  return literals
    ? inLines(
        scanner,
        literals.map((literal) => needleOf(encoder.encode(literal))),
        new RegExp(source, 'im'),
      )
    : inText(scanner.window, 1, windows1252, finder({ text: source, regex: true }));
}

function inBytes({ window, seek, count }: Scanner, needles: readonly Needle[]): Lookup {
  let to = 0;
  return {
    begin: (end) => void (to = end),
    next(from) {
      const at = first(seek, needles, from, to);
      return at < 0 ? undefined : lineAround(window, at, to);
    },
    ...(needles.length === 1 ? { rest: (from: number) => count(needles[0]!, from, to) } : {}),
  };
}

function inLines({ window, seek }: Scanner, needles: readonly Needle[], regex: RegExp): Lookup {
  let to = 0;
  return {
    begin: (end) => void (to = end),
    next(from) {
      for (let at = from; at < to;) {
        const candidate = first(seek, needles, at, to);
        if (candidate < 0) return undefined;
        const { start, end } = lineAround(window, candidate, to);
        const match = regex.exec(windows1252(window.subarray(start, end)));
        if (match) return { at: start + match.index, start, end };
        at = end + 1;
      }
      return undefined;
    },
  };
}

function inText(window: Uint8Array, unit: number, decode: (bytes: Uint8Array) => string, found: Finder): Lookup {
  let text = '';
  return {
    begin: (end) => void (text = found.fold(decode(window.subarray(0, end)))),
    next(from) {
      const match = found.find(text, from / unit);
      if (!match) return undefined;
      const start = match.at === 0 ? 0 : text.lastIndexOf('\n', match.at - 1) + 1;
      const feed = text.indexOf('\n', match.at);
      return { at: match.at * unit, start: start * unit, end: (feed < 0 ? text.length : feed) * unit };
    },
  };
}

function first(seek: Scanner['seek'], needles: readonly Needle[], from: number, to: number): number {
  let found = -1;
  for (const needle of needles) {
    const at = seek(needle, from, found < 0 ? to : Math.min(to, found + needle.bytes.length));
    if (at >= 0 && (found < 0 || at < found)) found = at;
  }
  return found;
}

function lineAround(window: Uint8Array, at: number, to: number): Match {
  const start = at === 0 ? 0 : window.lastIndexOf(10, at - 1) + 1;
  const feed = window.indexOf(10, at);
  return { at, start, end: feed < 0 || feed > to ? to : feed };
}

/** In UTF-8 the two cases of a letter beyond ASCII are other bytes; in Windows-1252 each letter is one. */
function formsOf(text: string): Uint8Array[] {
  const cases = [text.toLowerCase(), text.toUpperCase(), text];
  const forms = [...cases.map((form) => encoder.encode(form)), ...cases.flatMap(inWindows1252)];
  return [...new Map(forms.map((form) => [needleOf(form).bytes.join(), form])).values()];
}

let codes: ReadonlyMap<string, number> | undefined;
function inWindows1252(text: string): Uint8Array[] {
  codes ??= new Map([...windows1252(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map((char, n) => [char, n]));
  const bytes = [...text].map((char) => codes!.get(char) ?? -1);
  return bytes.includes(-1) ? [] : [Uint8Array.from(bytes)];
}

/** A literal of each alternative: one of them stands in every match. */
function literalsOf(source: string): readonly string[] | undefined {
  const literals = requiredSets(source)?.flatMap((sets) => {
    const shortest = (set: readonly string[]): number => Math.min(...set.map(({ length }) => length));
    return sets.reduce((best, set) =>
      set.length < best.length || (set.length === best.length && shortest(set) > shortest(best)) ? set : best,
    );
  });
  return literals && literals.length <= mostLiterals ? literals : undefined;
}

interface Finder {
  fold(text: string): string;
  /** In characters. */
  find(text: string, from: number): { readonly at: number; readonly length: number } | undefined;
}

export function finder({ text: wanted, regex }: Wanted): Finder {
  if (!regex) {
    const needle = wanted.toLowerCase();
    return {
      fold: (text) => text.toLowerCase(),
      find(text, from) {
        const at = text.indexOf(needle, from);
        return at < 0 ? undefined : { at, length: needle.length };
      },
    };
  }
  const everywhere = new RegExp(wanted, 'gim');
  const inLine = new RegExp(wanted, 'im');
  return {
    fold: (text) => text,
    find(text, from) {
      everywhere.lastIndex = from;
      for (let match = everywhere.exec(text); match; match = everywhere.exec(text)) {
        const [{ length }, at] = [match[0], match.index];
        const feed = text.indexOf('\n', at);
        if (feed < 0 || feed >= at + length) return { at, length };
        // it goes on in the next line: whether this one alone has a match is another question
        const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
        const own = inLine.exec(text.slice(Math.max(start, from), feed));
        if (own) return { at: Math.max(start, from) + own.index, length: own[0].length };
        everywhere.lastIndex = feed + 1;
      }
      return undefined;
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

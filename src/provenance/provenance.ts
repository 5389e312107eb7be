/** Which `art.*` of the guides each file answers: by its place, its name, its first bytes, its bundle's tree, its kind. */
import type { Confidence } from '../evidence/evidence';
import { provenances, type Clue, type Form } from './table';

/** What is known of one file; a `Listed` of the intake fits. */
export interface Subject {
  readonly parent: number;
  readonly path: string;
  readonly kind: string;
  /** `art.*` of the kind itself: certain. */
  readonly provides: readonly string[];
  readonly content: ContentClues;
  readonly reading: { readonly capture?: unknown };
}

/** What the first bytes say; kept in place of them. */
export interface ContentClues {
  readonly form: Extract<Form, 'text' | 'image' | 'binary'>;
  readonly found: readonly Provided[];
}

export interface Provided {
  readonly id: string;
  readonly certainty: Confidence;
}

/** Clues are looked for at the start: enough for a header or a command's output, cheap for 50 000 members. */
const clueBytes = 8192;
const decoder = new TextDecoder('latin1');
const rank: Readonly<Record<Confidence, number>> = { hint: 0, likely: 1, certain: 2 };
const notFiles = new Set(['folder', 'link', 'other']);
const containers = new Set(['xz', 'gzip', 'tar', 'zip', 'bzip2', 'zstd', '7z', 'rar', 'lzip', 'lzma', 'compress']);

export const noContent: ContentClues = { form: 'binary', found: [] };

export function contentClues(head: Uint8Array): ContentClues {
  if (isImage(head)) return { form: 'image', found: [] };
  const start = head.subarray(0, clueBytes);
  if (start.length === 0 || !isText(start)) return noContent;
  const words = decoder.decode(start);
  const found = provenances.flatMap(({ id, forms, clues }) =>
    forms.includes('text')
      ? clues.flatMap(({ in: where, regex, certainty }) =>
          where === 'content' && regex.test(words) ? [{ id, certainty }] : [],
        )
      : [],
  );
  return { form: 'text', found };
}

/** `members` = paths below it, where it is a container. */
export function provenanceOf(subject: Subject, members: readonly string[]): Provided[] {
  const found = new Map<string, Confidence>();
  const add = (id: string, certainty: Confidence): void => {
    const known = found.get(id);
    if (known === undefined || rank[certainty] > rank[known]) found.set(id, certainty);
  };
  if (notFiles.has(subject.kind)) return [];
  for (const id of subject.provides) add(id, 'certain');
  const form = formOf(subject);
  const path = subject.path.replace(/\\/g, '/');
  // the name of the dropped file speaks for itself only, not for everything in it
  const own = path.includes('!/') ? path.slice(path.indexOf('!/') + 2) : path;
  if (form === 'text') for (const { id, certainty } of subject.content.found) add(id, certainty);
  for (const { id, forms, clues } of provenances) {
    if (!forms.includes(form)) continue;
    for (const clue of clues) if (speaks(clue, own, members)) add(id, clue.certainty);
  }
  return [...found].map(([id, certainty]) => ({ id, certainty })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface Answered {
  /** Certain or likely. */
  readonly provides: readonly string[];
  /** Hints, where nothing surer is known: a person is asked. */
  readonly maybe: readonly string[];
}

/** The ids that each file answers; a hint alone answers nothing. */
export function provenance(subjects: readonly Subject[]): Answered[] {
  const below = new Map<number, string[]>();
  subjects.forEach((subject) => {
    // a member stands in the tree of its archive and of the stream that holds the archive
    for (let at = subject.parent; at >= 0; at = subjects[at]!.parent) {
      let list = below.get(at);
      if (!list) below.set(at, (list = []));
      if (list.length < 50_000) list.push(subject.path);
    }
  });
  return subjects.map((subject, index): Answered => {
    const found = provenanceOf(subject, below.get(index) ?? []);
    const ids = (hint: boolean): string[] =>
      found.filter(({ certainty }) => (certainty === 'hint') === hint).map(({ id }) => id);
    const provides = ids(false);
    // a capture is `art.pcap.any` whatever else it is: that leaves the question open
    const open = provides.every((id) => id === 'art.pcap.any');
    return { provides, maybe: open ? ids(true) : [] };
  });
}

function speaks(clue: Clue, path: string, members: readonly string[]): boolean {
  switch (clue.in) {
    case 'path':
      return clue.regex.test(path);
    case 'content':
      return false;
    case 'tree':
      return (
        members.some((member) => clue.regex.test(member)) &&
        !(clue.not && members.some((member) => clue.not!.test(member)))
      );
  }
}

function formOf({ kind, content, reading }: Subject): Form {
  if (containers.has(kind)) return 'archive';
  return reading.capture === undefined ? content.form : 'capture';
}

function isImage(head: Uint8Array): boolean {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, n) => head[n] === byte);
  return (
    starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38) || starts(0x42, 0x4d)
  );
}

/** Few control characters; UTF-16 has NULs and a mark in front. */
function isText(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  let odd = 0;
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) odd++;
  return odd * 50 <= bytes.length;
}

/**
 * An artifact kind says what bytes are, by their content, and reads them into evidence tables.
 * One file a kind in this folder (`<id>.ts`, default export); `index.ts` finds it. `examples` is a second named export,
 * used by the walk test: each example must be claimed by its own kind and by no other with the same or more confidence.
 */
import type { Pool } from '../base/strings';
import type { CaptureCounts, Wants } from '../evidence/evidence';
import type { Builders } from '../evidence/merge';
import type { ProblemCode } from '../evidence/problem-codes';
import type { Text, Values } from '../text/text';

/** 0 not this, 1 by name only, 2 by content, 3 by magic bytes. The name alone never wins over content. */
export type Certainty = 0 | 1 | 2 | 3;
export interface Sniffed {
  readonly certainty: Certainty;
  readonly reason: Text;
  readonly values?: Values;
}
export const notThis: Sniffed = { certainty: 0, reason: { en: '', fr: '' } };

/** Where a reader puts what it reads. One sink an artifact; tables and strings are shared by a whole source. */
export interface Sink {
  readonly tables: Builders;
  readonly strings: Pool;
  /** Value for every `artifact` column. */
  readonly artifact: number;
  readonly path: string;
  readonly wants: Wants;
  /** Headings that a person matched to columns of this kind, as written; an empty column = none of them. */
  readonly mapping?: ReadonlyMap<string, string>;
  /** Which part of a shared artifact is to be read, see `ArtifactKind.shared`; absent = all of it. */
  readonly share?: Share;
  problem(code: ProblemCode, offset: number, detail?: string): void;
  fact(key: string, value: string, offset: number, length: number): void;
}
export type Share = 'leading' | 'helping';

/** What a reader knows about its artifact at the end. */
export interface Reading {
  readonly records: number;
  readonly first: number;
  readonly last: number;
  readonly clock: 'zoned' | 'local' | 'none';
  readonly host?: string;
  readonly capture?: CaptureCounts;
  readonly note?: Text;
}
export const nothingRead: Reading = { records: 0, first: NaN, last: NaN, clock: 'none' };

/**
 * A push reader: chunks of any size in order, then `end`. It must give the same rows for every way of chunking, keep
 * what it read when the bytes stop early, and copy whatever it carries over: a chunk is only lent until `push` returns.
 */
export interface Reader {
  push(chunk: Uint8Array): void;
  /** `other`: what the helping share said at its end; its rows are in the tables by then. */
  end(other?: Told): Reading;
}
/** The end of a share. */
export interface Told {
  readonly reading: Reading;
  readonly problems: readonly { readonly code: ProblemCode; readonly offset: number; readonly detail: string }[];
}

export interface ArtifactKind {
  readonly id: string;
  readonly name: Text;
  /** The `art.*` rows that a file of this kind answers wherever it comes from. */
  readonly provides: readonly string[];
  /** `head` holds the first bytes, at most 64 KiB. */
  sniff(head: Uint8Array, path: string): Sniffed;
  /**
   * Two readers may share the work: each is pushed all bytes and reads its part, without a word between them. Both
   * parts together are what one reader of all gives.
   */
  readonly shared?: true;
  open(sink: Sink): Reader;
}

export interface KindExample {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

export const artifactKind = (kind: ArtifactKind): ArtifactKind => kind;

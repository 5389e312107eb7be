/**
 * A container holds members: an archive, or a compressed stream (which has one). One file a container in this folder,
 * default export `container({...})`; `index.ts` finds it. Nesting is the loop in `intake/walk.ts`.
 */
import type { Sniffed } from '../../artifacts/kind';
import type { Text } from '../../text/text';
import type { ProblemCode } from '../../evidence/problem-codes';
import type { Lend } from '../xz-blocks';

/** Bytes in order. A chunk is lent until the next one is asked for. */
export type Chunks = AsyncIterable<Uint8Array>;

export interface ContainerInput {
  readonly path: string;
  /** The first bytes, at most 64 KiB. */
  readonly head: Uint8Array;
  /** All bytes, once. */
  chunks(): Chunks;
  /** All bytes with random access; gathers them first where they come from a stream. */
  blob(): Promise<Blob>;
  /** The same bytes where they lie at rest already: they may be read again. */
  readonly atRest?: Blob;
  /** Another worker that helps, where one has time. */
  readonly lend?: Lend;
}

export interface Member {
  /** As stored: a label, never a path that anything is opened by. */
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** Declared size, where known. */
  readonly bytes?: number;
  /** Where a link points, shown only. */
  readonly target?: string;
  /** Why it cannot be read, told at the member. */
  readonly fault?: { readonly code: ProblemCode; readonly detail: string };
  /** Where the very bytes of the member lie in the container. */
  readonly lies?: { readonly offset: number; readonly length: number };
  /** Compressed bytes taken for it so far; absent where the container does not compress. */
  packed?(): number;
  /** To be read, or left, before the next member is asked for. */
  chunks(): Chunks;
}

export interface ContainerReport {
  problem(code: ProblemCode, offset: number, detail?: string): void;
}

export interface Container {
  readonly id: string;
  readonly name: Text;
  /** A compressed stream: one member, named after the container itself. */
  readonly stream?: true;
  sniff(head: Uint8Array, path: string): Sniffed;
  /** Of a stream: it has several workers unpack it side by side by itself, where they have time. */
  splits?(blob: Blob): Promise<boolean>;
  /** Never throws for bad bytes: it reports a problem and ends. */
  members(input: ContainerInput, report: ContainerReport): AsyncIterable<Member>;
}

export const container = (definition: Container): Container => definition;

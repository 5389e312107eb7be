/**
 * A container holds members: an archive, or a compressed stream (which has one). One file a container in this folder,
 * default export `container({...})`; `index.ts` finds it. Nesting is the loop in `intake/run.ts`.
 */
import type { Sniffed } from '../../artifacts/kind';
import type { Text } from '../../text/text';
import type { ProblemCode } from '../../evidence/problem-codes';

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
}

export interface Member {
  /** As stored: a label, never a path that anything is opened by. */
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'other';
  /** Declared size, where known. */
  readonly bytes?: number;
  /** To be read, or left, before the next member is asked for. */
  chunks(): Chunks;
}

export interface ContainerReport {
  problem(code: ProblemCode, offset: number, detail?: string): void;
}

export interface Container {
  readonly id: string;
  readonly name: Text;
  sniff(head: Uint8Array, path: string): Sniffed;
  /** Never throws for bad bytes: it reports a problem and ends. */
  members(input: ContainerInput, report: ContainerReport): AsyncIterable<Member>;
}

export const container = (definition: Container): Container => definition;

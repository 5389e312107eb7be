/**
 * The other side of `stream-elsewhere.ts`: another worker reads, hashes and unpacks a compressed stream for the one that
 * reads its content, so both work at once.
 */
import { rested } from '../base/rest';
import type { ProblemCode } from '../evidence/problem-codes';
import { peek } from './chunks';
import { containers } from './containers';
import { openSource } from './source';

export interface StreamOrder {
  readonly blob: Blob;
  readonly path: string;
  /** Its container's id. */
  readonly container: string;
}

export interface StreamSink {
  /** `packed`: how far the file has been used. */
  content(bytes: Uint8Array, packed: number): Promise<void>;
  problem(code: ProblemCode, offset: number, detail?: string): void;
  readonly stopped: boolean;
}

/** Gives the SHA-256 of the file. */
export async function unpackStream({ blob, path, container: id }: StreamOrder, to: StreamSink): Promise<string> {
  const source = await openSource(blob, { fault: (offset, detail) => to.problem('read-failed', offset, detail) });
  const container = containers.find((one) => one.id === id)!;
  const { head, all } = await peek(source.chunks(), 65_536);
  const input = { path, head, chunks: all, blob: () => Promise.resolve(blob), atRest: blob };
  for await (const member of container.members(input, to)) {
    for await (const chunk of member.chunks()) {
      await to.content(chunk, member.packed?.() ?? 0);
      await rested();
      if (to.stopped) return '';
    }
  }
  return source.finish();
}

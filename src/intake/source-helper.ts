/**
 * The other side of `source.ts`: another worker reads a large file and hashes it for the one that takes it apart, and
 * reads its share of an artifact that two may read (`ArtifactKind.shared`).
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { rested } from '../base/rest';
import { openDigest } from './digest';
import { openShare, type ShareOrder, type ShareResult } from './share';
import { readSlice } from './source';

export interface SourceOrder {
  readonly blob: Blob;
  /** What stands before it is hashed, not sent. */
  readonly from: number;
  readonly step: number;
  /** Slices that may be on their way. */
  readonly stock: number;
  readonly share?: ShareOrder;
}

export type FromSourceHelper =
  | { readonly slice: ArrayBuffer }
  /** SHA-256 of the whole file; behind the last slice. */
  | { readonly digest: string; readonly share?: ShareResult }
  | { readonly failed: true };

export interface SourceHelper {
  start(order: SourceOrder): void;
  /** A slice was taken: one more may come. */
  more(): void;
  stop(): void;
}

export function createSourceHelper(
  say: (message: FromSourceHelper, moved?: readonly Transferable[]) => void,
): SourceHelper {
  let room = 0;
  let stopped = false;
  let wake: () => void = () => undefined;

  async function send({ blob, from, step, share: wanted }: SourceOrder): Promise<void> {
    const share = wanted && openShare(wanted);
    const hash = await openDigest();
    const read = (at: number): Promise<Uint8Array<ArrayBuffer>> | undefined =>
      at < blob.size ? readSlice(blob, at, at < from ? Math.min(step, from - at) : step) : undefined;
    let next = read(0);
    for (let at = 0; next && !stopped;) {
      const bytes = await next;
      if (bytes.length === 0) throw new Error('no bytes');
      const isWanted = at >= from;
      at += bytes.length;
      // on its way while this one is hashed
      next = read(at);
      next?.catch(() => undefined);
      hash.update(bytes);
      share?.push(bytes);
      await rested();
      if (!isWanted) continue;
      while (room === 0 && !stopped) await new Promise<void>((resolve) => (wake = resolve));
      room--;
      if (!stopped) say({ slice: bytes.buffer }, [bytes.buffer]);
    }
    if (stopped) return;
    const digest = bytesToHex(hash.digest());
    if (!share) return say({ digest });
    const { result, moved } = share.end();
    say({ digest, share: result }, moved);
  }

  return {
    start(order) {
      room = order.stock;
      send(order).catch(() => say({ failed: true }));
    },
    more() {
      room++;
      wake();
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}

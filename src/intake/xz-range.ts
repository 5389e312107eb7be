/** Any part of an .xz file's content: only the blocks that hold it are decoded. */
import { covering, readBlockMap } from '../xz/block-map';
import { readSlice } from './source';
import { openBlock } from './xz-block';

export interface XzContent {
  /** Bytes of content. */
  readonly size: number;
  /** How many blocks: with one, everything before a part has to be decoded for it. */
  readonly blocks: number;
  /** Content from `from` up to `to`, in pieces that are lent until the next is asked for. It ends early at a fault. */
  range(from: number, to: number): AsyncGenerator<Uint8Array>;
}

/** Undefined where the file has no index that holds. Rejects where the blob cannot be read. */
export async function openXzContent(blob: Blob): Promise<XzContent | undefined> {
  const blocks = await readBlockMap(blob.size, (offset, length) => readSlice(blob, offset, length));
  if (!blocks) return undefined;
  return {
    size: blocks.reduce((sum, { content }) => sum + content, 0),
    blocks: blocks.length,
    async *range(from, to) {
      for (const block of covering(blocks, from, to)) {
        const reader = await openBlock(blob, block);
        try {
          const end = Math.min(to, block.start + block.content);
          for (let at = block.start; at < end;) {
            const piece = await reader.next();
            if (!piece) return;
            const part = piece.subarray(Math.max(0, from - at), Math.max(0, end - at));
            at += piece.length;
            if (part.length > 0) yield part;
          }
        } finally {
          reader.close();
        }
      }
    },
  };
}

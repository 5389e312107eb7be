/** One block of an .xz file that lies at rest, decoded alone. */
import { padded, type XzBlock } from '../xz/block-map';
import { openXzBlock, type XzFault } from '../xz/decoder';
import { readSlice } from './source';

/** Small enough that a worker hears what it is told meanwhile. */
const step = 2 ** 19;

export interface BlockReader {
  /** The next piece of content, lent until the next call; undefined at its end and at a fault. Rejects where the read fails. */
  next(): Promise<Uint8Array | undefined>;
  readonly fault: XzFault | undefined;
  /** How far the file has been used. */
  readonly taken: number;
  close(): void;
}

export async function openBlock(blob: Blob, block: XzBlock): Promise<BlockReader> {
  const decoder = await openXzBlock(block);
  const end = Math.min(blob.size, block.offset + padded(block.unpadded));
  let at = block.offset;
  return {
    async next() {
      for (;;) {
        const piece = decoder.pull();
        if (piece || decoder.done) return piece;
        const part = at < end ? await readSlice(blob, at, Math.min(step, end - at)) : undefined;
        at += part?.length ?? 0;
        if (part && part.length > 0) decoder.push(part);
        else decoder.end();
      }
    },
    get fault() {
      return decoder.fault;
    },
    get taken() {
      return decoder.taken;
    },
    close: () => decoder.close(),
  };
}

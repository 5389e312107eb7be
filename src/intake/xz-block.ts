/** One block of an .xz file that lies at rest, decoded alone. */
import { padded, type XzBlock } from '../xz/block-map';
import { openXzBlock, type XzFault } from '../xz/decoder';
import { release } from './pieces';
import { readSlice } from './source';

/** Small enough that a worker hears what it is told meanwhile; the next one is read while one is decoded. */
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
  let part: Uint8Array<ArrayBuffer> | undefined;
  let coming: Promise<Uint8Array<ArrayBuffer>> | undefined;
  const readOn = (): void => {
    coming = at < end ? readSlice(blob, at, Math.min(step, end - at)) : undefined;
    // told when it is waited for, which may never be
    coming?.catch(() => undefined);
  };
  readOn();
  return {
    async next() {
      for (;;) {
        const piece = decoder.pull();
        if (piece || decoder.done) return piece;
        const used = part;
        part = await coming;
        if (part && part.length > 0) {
          decoder.push(part);
          at += part.length;
          readOn();
          release(used?.buffer);
        } else decoder.end();
      }
    },
    get fault() {
      return decoder.fault;
    },
    get taken() {
      return decoder.taken;
    },
    close() {
      decoder.close();
      release(part?.buffer);
    },
  };
}

/**
 * The other side of `xz-blocks.ts`: another worker decodes blocks for the one that reads the file. Who reads a file that
 * is large as it is has it read and hashed here instead (`source-helper.ts`).
 */
import type { XzBlock } from '../xz/block-map';
import type { XzFault } from '../xz/decoder';
import { createSourceHelper, type SourceOrder } from './source-helper';
import { openBlock, release } from './xz-block';

/** Of the buffers that go to and fro. */
export const pieceBytes = 2 ** 20;

export type ToHelper =
  /** `stock`: how many buffers may be on their way. */
  | { readonly run: { readonly blob: Blob; readonly block: XzBlock; readonly stock: number } }
  | { readonly back: ArrayBuffer }
  | { readonly source: SourceOrder }
  | { readonly more: true }
  | { readonly stop: true };

export type FromHelper =
  | { readonly ready: true }
  /** `taken`: how far the file has been used. */
  | { readonly buffer: ArrayBuffer; readonly length: number; readonly taken: number }
  | { readonly end: true; readonly fault: XzFault | undefined; readonly taken: number }
  /** It could not be done here. */
  | { readonly failed: true };

/** Serves whoever is at the other end of `port`; resolves when that one needs no more. */
export function helpWithXz(port: MessagePort): Promise<void> {
  const free: ArrayBuffer[] = [];
  let made = 0;
  let stopped = false;
  let wake: () => void = () => undefined;
  const say = (message: FromHelper, moved: Transferable[] = []): void => port.postMessage(message, moved);

  async function buffer(stock: number): Promise<ArrayBuffer> {
    while (free.length === 0 && made >= stock && !stopped) await new Promise<void>((resolve) => (wake = resolve));
    const spare = free.pop();
    if (!spare) made++;
    return spare ?? new ArrayBuffer(pieceBytes);
  }

  async function run(blob: Blob, block: XzBlock, stock: number): Promise<void> {
    const reader = await openBlock(blob, block);
    try {
      let out = await buffer(stock);
      let filled = 0;
      const send = (): void => {
        say({ buffer: out, length: filled, taken: reader.taken }, [out]);
        filled = 0;
      };
      for (let piece = await reader.next(); piece && !stopped; piece = await reader.next()) {
        for (let at = 0; at < piece.length;) {
          if (filled === pieceBytes) {
            send();
            out = await buffer(stock);
            if (stopped) return;
          }
          const part = piece.subarray(at, at + pieceBytes - filled);
          new Uint8Array(out, filled).set(part);
          filled += part.length;
          at += part.length;
        }
      }
      if (stopped) return;
      send();
      say({ end: true, fault: reader.fault, taken: reader.taken });
    } finally {
      reader.close();
    }
  }

  const source = createSourceHelper((message, moved = []) => port.postMessage(message, [...moved]));
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<ToHelper>) => {
      if ('back' in data) free.push(data.back);
      else if ('source' in data) source.start(data.source);
      else if ('more' in data) source.more();
      else if ('stop' in data) {
        stopped = true;
        source.stop();
        for (const spare of free.splice(0)) release(spare);
        port.close();
        resolve();
      } else run(data.run.blob, data.run.block, data.run.stock).catch(() => say({ failed: true }));
      wake();
    };
    say({ ready: true });
  });
}

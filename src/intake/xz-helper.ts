/**
 * The other side of `xz-blocks.ts`: another worker decodes blocks for the one that reads the file. Who reads a file that
 * is large as it is has it read and hashed here instead (`source-helper.ts`), who reads a compressed stream has it
 * unpacked as well (`stream-helper.ts`).
 */
import { rested } from '../base/rest';
import type { XzBlock } from '../xz/block-map';
import type { XzFault } from '../xz/decoder';
import { createOutbox } from './outbox';
import { createSourceHelper, type SourceOrder } from './source-helper';
import { unpackStream, type StreamOrder, type StreamSink } from './stream-helper';
import { openBlock } from './xz-block';

export type ToHelper =
  | { readonly run: { readonly blob: Blob; readonly block: XzBlock } }
  | { readonly stream: StreamOrder }
  /** Empty buffers, to be filled. */
  | { readonly room: readonly ArrayBuffer[] }
  | { readonly source: SourceOrder }
  | { readonly more: true }
  | { readonly stop: true };

export type FromHelper =
  | { readonly ready: true }
  /** `taken`: how far the file has been used. */
  | { readonly buffer: ArrayBuffer; readonly length: number; readonly taken: number }
  | { readonly end: true; readonly fault: XzFault | undefined; readonly taken: number }
  | { readonly problem: Parameters<StreamSink['problem']> }
  /** Of a stream: SHA-256 of the file, at its end. */
  | { readonly digest: string }
  /** It could not be done here. */
  | { readonly failed: true };

/** Serves whoever is at the other end of `port`; resolves when that one needs no more. */
export function helpWithXz(port: MessagePort): Promise<void> {
  let stopped = false;
  let taken = 0;
  const say = (message: FromHelper, moved: Transferable[] = []): void => port.postMessage(message, moved);
  const out = createOutbox((buffer, length) => say({ buffer, length, taken }, [buffer]));

  async function run(blob: Blob, block: XzBlock): Promise<void> {
    const reader = await openBlock(blob, block);
    try {
      for (let piece = await reader.next(); piece && !stopped; piece = await reader.next()) {
        taken = reader.taken;
        await out.put(piece);
        await rested();
      }
      if (stopped) return;
      taken = reader.taken;
      out.flush();
      say({ end: true, fault: reader.fault, taken });
    } finally {
      reader.close();
    }
  }

  const stream: StreamSink = {
    content(bytes, packed) {
      taken = packed;
      return out.put(bytes);
    },
    problem(...problem) {
      // it stands behind the content that came before it
      out.flush();
      say({ problem });
    },
    get stopped() {
      return stopped;
    },
  };
  const failed = (): void => say({ failed: true });
  const source = createSourceHelper((message, moved = []) => port.postMessage(message, [...moved]));
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<ToHelper>) => {
      if ('room' in data) out.take(data.room);
      else if ('source' in data) source.start(data.source);
      else if ('more' in data) source.more();
      else if ('stop' in data) {
        stopped = true;
        source.stop();
        out.stop();
        port.close();
        resolve();
      } else if ('stream' in data) {
        unpackStream(data.stream, stream).then((digest) => {
          out.flush();
          say({ digest });
        }, failed);
      } else run(data.run.blob, data.run.block).catch(failed);
    };
    say({ ready: true });
  });
}

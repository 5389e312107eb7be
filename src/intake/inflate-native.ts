/**
 * The browser's gzip reader (RFC 1952), the fastest there is: it inflates and compares CRC-32 and size. It refuses several
 * members, and on a fault drops what it had, so it only goes first: `otherwise` reads again what it refuses.
 */
import { after } from './chunks';
import type { Chunks } from './containers/container';

/** What is written at once comes out at once, up to 1032 times as long. */
const step = 32_768;
/** Below this the other one is through before a stream is made. */
export const worthwhile = 16_384;

/** gzip bytes unpacked. `taken` tells how many of them were read; `full`: whether the size given out is the whole. */
export async function* inflateFirst(
  chunks: Chunks,
  taken: (bytes: number) => void,
  full: (size: number) => boolean | Promise<boolean>,
  otherwise: () => AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  if (typeof DecompressionStream !== 'undefined') {
    const native = new DecompressionStream('gzip');
    const pump = feed(native.writable.getWriter(), chunks, taken);
    const reader = native.readable.getReader();
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        size += read.value.length;
        yield read.value;
      }
      if (await full(size)) return;
    } catch {
      // several members, bytes behind the end, damage: the other one tells which
    } finally {
      await reader.cancel().catch(() => undefined);
      await pump;
    }
  }
  yield* after(size, otherwise());
}

/** Never rejects: a fault shows at the reading side. */
async function feed(
  writer: WritableStreamDefaultWriter<BufferSource>,
  chunks: Chunks,
  taken: (bytes: number) => void,
): Promise<void> {
  let total = 0;
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += step) {
        const part = chunk.subarray(at, at + step);
        await writer.write(part as BufferSource);
        taken((total += part.length));
      }
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
  }
}

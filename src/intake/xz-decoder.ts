/**
 * xz-decompress behind an adapter. Its stream class shares one instance and one lock in a realm: a second stream waits
 * for ever while the first is not drained, loses the last bytes before a fault and says nothing but a number. So only
 * its WebAssembly instance is used, one a stream, driven by hand.
 *
 * The context that the module hands out begins with six 32-bit words:
 *   buffer size, input address, input position, input length, output address, output position
 */
import * as library from 'xz-decompress';

interface XzExports {
  readonly memory: WebAssembly.Memory;
  create_context(): number;
  destroy_context(context: number): void;
  supply_input(context: number, length: number): void;
  get_next_output(context: number): number;
}
interface XzLibrary {
  _getModuleInstance(): Promise<void>;
  _moduleInstance?: { readonly exports: XzExports };
}

// Node hands out a CommonJS module whole, as `default`
const { XzReadableStream } = ((library as { default?: unknown }).default ?? library) as {
  XzReadableStream: unknown;
};

/** Instances whose stream has ended; a nested archive needs one more at the same time. */
const idle: XzExports[] = [];

async function instance(): Promise<XzExports> {
  const waiting = idle.pop();
  if (waiting) return waiting;
  const xz = XzReadableStream as XzLibrary;
  await xz._getModuleInstance();
  const made = xz._moduleInstance!.exports;
  delete xz._moduleInstance;
  return made;
}

/** Codes of xz-embedded (`enum xz_ret`) that end a stream. */
export type XzEnd = 'ok' | 'memory' | 'dictionary' | 'format' | 'options' | 'data' | 'short';
const ends: Readonly<Record<number, XzEnd>> = {
  1: 'ok',
  2: 'options',
  3: 'memory',
  4: 'dictionary',
  5: 'format',
  6: 'options',
  7: 'data',
  8: 'short',
};

export interface XzDecoder {
  /** Input bytes at most that `push` takes at once. */
  readonly room: number;
  /** Takes some bytes, or none at the end of the input; to be followed by `pull` until it gives `more`. */
  push(bytes: Uint8Array): void;
  /** Output, lent until the next call; `more` = it wants input; an end otherwise. `taken` input bytes were used. */
  pull(): { readonly bytes: Uint8Array; readonly end: XzEnd | 'more' | 'again' };
  /** Input bytes used so far: at a fault, its place. */
  readonly taken: number;
  close(): void;
}

export async function createXzDecoder(): Promise<XzDecoder> {
  const exports = await instance();
  const context = exports.create_context();
  let bytes = new Uint8Array(exports.memory.buffer);
  let words = new Uint32Array(exports.memory.buffer, context, 6);
  const refresh = (): void => {
    // the memory may have grown, which takes the old views away
    if (bytes.buffer === exports.memory.buffer) return;
    bytes = new Uint8Array(exports.memory.buffer);
    words = new Uint32Array(exports.memory.buffer, context, 6);
  };
  let pushed = 0;
  let open = true;
  return {
    room: words[0]!,
    push(chunk) {
      refresh();
      bytes.set(chunk, words[1]!);
      exports.supply_input(context, chunk.length);
      refresh();
      pushed += chunk.length;
    },
    pull() {
      words[5] = 0;
      const code = exports.get_next_output(context);
      refresh();
      const output = bytes.subarray(words[4]!, words[4]! + words[5]!);
      if (code !== 0) return { bytes: output, end: ends[code] ?? 'data' };
      return { bytes: output, end: words[2] === words[3] ? 'more' : 'again' };
    },
    get taken() {
      return open ? pushed - (words[3]! - words[2]!) : pushed;
    },
    close() {
      if (!open) return;
      open = false;
      exports.destroy_context(context);
      // a large dictionary leaves a large memory behind, which never shrinks
      if (exports.memory.buffer.byteLength <= 24 * 2 ** 20 && idle.length < 4) idle.push(exports);
    },
  };
}

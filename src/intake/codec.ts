/** Instances of the codec that packs unpacked bytes for keeping, see `tools/pack/codec-source.mjs`. */
import { layout, wasm } from 'virtual:pack-codec';
import { seekIn, type Needle } from './needle';

/** Bytes that are packed at once. */
export const blockSize = layout.block;

export interface Codec {
  /** Where the bytes of a block are put that is to be packed. */
  readonly block: Uint8Array;
  /** Packs the first bytes of `block`. What it gives is valid until the next call; it is as long as the block where packing is no gain. */
  pack(size: number): Uint8Array;
  /** Gives a block of `size` bytes back; valid until the next call. */
  unpack(packed: Uint8Array, size: number): Uint8Array;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  pack(size: number): number;
  unpack(size: number, to: number): void;
  seek(at: number, end: number, size: number, pair: number): number;
  count(at: number, end: number, size: number, pair: number): number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

async function instance(): Promise<Exports> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)));
  const { exports } = await WebAssembly.instantiate(await compiled);
  return exports as unknown as Exports;
}

/** Undefined where the browser has no WebAssembly. */
export async function openCodec(): Promise<Codec | undefined> {
  try {
    const { memory, pack, unpack } = await instance();
    const bytes = new Uint8Array(memory.buffer);
    const block = bytes.subarray(layout.input, layout.input + layout.block);
    return {
      block,
      pack(size) {
        const packed = pack(size);
        return packed < size ? bytes.subarray(layout.output, layout.output + packed) : block.subarray(0, size);
      },
      unpack(packed, size) {
        if (packed.length === size) return packed;
        bytes.set(packed, layout.input);
        unpack(size, layout.output);
        return bytes.subarray(layout.output, layout.output + size);
      },
    };
  } catch {
    return undefined;
  }
}

/** Looks for texts in a window of unpacked bytes, letters of ASCII alike in either case. */
export interface Scanner {
  readonly window: Uint8Array;
  /** Gives a block of `size` bytes back at a place of the window; what stands behind it is lost. */
  unpack(packed: Uint8Array, size: number, at: number): void;
  /** The first place of the needle in a part of the window, −1 = none. */
  seek(needle: Needle, from: number, to: number): number;
  /** Lines that hold the needle. */
  count(needle: Needle, from: number, to: number): number;
}

export async function openScanner(): Promise<Scanner> {
  const { windowSize, needleMost, window: base } = layout;
  let exports: Exports;
  try {
    exports = await instance();
  } catch {
    return plainScanner(new Uint8Array(windowSize));
  }
  const { memory, unpack, seek, count } = exports;
  const bytes = new Uint8Array(memory.buffer);
  const window = bytes.subarray(base, base + windowSize);
  const plain = plainScanner(window);
  let aimed: Needle | undefined;
  const aim = (needle: Needle): void => {
    if (aimed === needle) return;
    bytes.set(needle.bytes, layout.needle);
    bytes.set(needle.folds, layout.folds);
    // what follows a single byte may be anything
    bytes[layout.needle + needle.bytes.length] = bytes[layout.folds + needle.bytes.length] = 0xff;
    aimed = needle;
  };
  return {
    window,
    unpack(packed, size, at) {
      if (packed.length === size) return bytes.set(packed, base + at);
      bytes.set(packed, layout.input);
      unpack(size, base + at);
    },
    seek(needle, from, to) {
      if (needle.bytes.length > needleMost) return plain.seek(needle, from, to);
      aim(needle);
      const at = seek(base + from, base + to, needle.bytes.length, needle.pair);
      return at === base + to ? -1 : at - base;
    },
    count(needle, from, to) {
      if (needle.bytes.length > needleMost) return plain.count(needle, from, to);
      aim(needle);
      return count(base + from, base + to, needle.bytes.length, needle.pair);
    },
  };
}

/** Where the browser has no WebAssembly; nothing is packed there. */
function plainScanner(window: Uint8Array): Scanner {
  return {
    window,
    unpack: (packed, _, at) => window.set(packed, at),
    seek: (needle, from, to) => seekIn(window, needle, from, to),
    count(needle, from, to) {
      let lines = 0;
      for (let at = seekIn(window, needle, from, to); at >= 0; lines++) {
        const next = window.indexOf(10, at);
        at = next < 0 ? -1 : seekIn(window, needle, next + 1, to);
      }
      return lines;
    },
  };
}

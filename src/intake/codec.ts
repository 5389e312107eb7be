/** Instances of the codec that packs unpacked bytes for keeping, see `tools/pack/codec-source.mjs`. */
import { layout, wasm } from 'virtual:pack-codec';

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

/** SHA-256 of bytes as they pass. */
export interface Digest {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  pack(size: number): number;
  unpack(size: number): void;
  hashStart(): void;
  /** Over whole blocks of 64 bytes between two addresses. */
  hash256(from: number, to: number): void;
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
        unpack(size);
        return bytes.subarray(layout.output, layout.output + size);
      },
    };
  } catch {
    return undefined;
  }
}

/** Undefined where the browser has no WebAssembly. More than twice as fast as JavaScript. */
export async function openDigest(): Promise<Digest | undefined> {
  try {
    const { memory, hashStart, hash256 } = await instance();
    hashStart();
    const room = new Uint8Array(memory.buffer, layout.input, layout.block);
    let filled = 0;
    let total = 0;
    const take = (bytes: Uint8Array): void => {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + room.length - filled);
        room.set(part, filled);
        at += part.length;
        filled += part.length;
        if (filled < room.length) return;
        hash256(layout.input, layout.input + filled);
        filled = 0;
      }
    };
    return {
      update(bytes) {
        total += bytes.length;
        take(bytes);
      },
      digest() {
        // one bit, zeros, and the length in bits (FIPS 180-4 §5.1.1)
        const end = new Uint8Array(9 + ((119 - (total % 64)) % 64));
        end[0] = 0x80;
        const view = new DataView(end.buffer);
        view.setUint32(end.length - 8, Math.floor(total / 2 ** 29));
        view.setUint32(end.length - 4, (total * 8) % 2 ** 32);
        take(end);
        hash256(layout.input, layout.input + filled);
        const words = new DataView(memory.buffer, layout.hash, 32);
        const result = new Uint8Array(32);
        for (let n = 0; n < 32; n += 4) new DataView(result.buffer).setUint32(n, words.getUint32(n, true));
        return result;
      },
    };
  } catch {
    return undefined;
  }
}

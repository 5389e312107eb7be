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

interface Exports {
  readonly memory: WebAssembly.Memory;
  pack(size: number): number;
  unpack(size: number): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Undefined where the browser has no WebAssembly. */
export async function openCodec(): Promise<Codec | undefined> {
  try {
    compiled ??= WebAssembly.compile(Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0)));
    const { exports } = await WebAssembly.instantiate(await compiled);
    const { memory, pack, unpack } = exports as unknown as Exports;
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

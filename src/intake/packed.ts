/**
 * Unpacked files, kept: packed anew, in blocks that are unpacked one by one. Logs take about a quarter of their size so,
 * any row of them is read in a fraction of a millisecond, and nothing is written to a disk.
 */
import { blockSize, openCodec, type Codec } from './codec';

/** Files of one source by artifact. Plain data, moved between workers by transfer. */
export interface Packed {
  readonly pages: readonly Uint8Array[];
  /** Of each block: where it begins (page × `pageSize` + place in the page), and how long it is there. */
  readonly starts: Float64Array;
  readonly lengths: Uint32Array;
  /** Of each artifact: its first block, −1 = not here; and its bytes. */
  readonly first: Int32Array;
  readonly bytes: Float64Array;
}

const pageSize = 2 ** 20;
/** Bytes at the end of a page. */
const worthCutting = pageSize / 32;

export interface Packer {
  /** A file to be kept; one at a time. */
  begin(): void;
  add(chunk: Uint8Array): void;
  end(artifact: number): void;
  finish(artifacts: number): Packed;
}

export async function createPacker(): Promise<Packer | undefined> {
  const codec = await openCodec();
  return codec && packerOf(codec);
}

function packerOf(codec: Codec): Packer {
  const pages: Uint8Array[] = [];
  const starts: number[] = [];
  const lengths: number[] = [];
  const files: { readonly artifact: number; readonly first: number; readonly bytes: number }[] = [];
  let page: Uint8Array = new Uint8Array(0);
  let used = 0;
  let filled = 0;
  let first = 0;
  let bytes = 0;
  const flush = (): void => {
    const packed = codec.pack(filled);
    if (used + packed.length > page.length) {
      cut();
      pages.push((page = new Uint8Array(pageSize)));
      used = 0;
    }
    page.set(packed, used);
    starts.push((pages.length - 1) * pageSize + used);
    lengths.push(packed.length);
    used += packed.length;
    filled = 0;
  };
  const cut = (): void => {
    // a copy for the sake of a few bytes is memory that lies about until it is collected
    if (page.length - used > worthCutting) pages[pages.length - 1] = page.slice(0, used);
  };
  return {
    begin() {
      // one that was broken off leaves its blocks, unlisted
      first = starts.length;
      filled = bytes = 0;
    },
    add(chunk) {
      for (let at = 0; at < chunk.length;) {
        const part = chunk.subarray(at, at + blockSize - filled);
        codec.block.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === blockSize) flush();
      }
      bytes += chunk.length;
    },
    end(artifact) {
      if (filled > 0) flush();
      files.push({ artifact, first, bytes });
    },
    finish(artifacts) {
      cut();
      const packed = {
        pages,
        starts: Float64Array.from(starts),
        lengths: Uint32Array.from(lengths),
        first: new Int32Array(artifacts).fill(-1),
        bytes: new Float64Array(artifacts),
      };
      for (const file of files) {
        packed.first[file.artifact] = file.first;
        packed.bytes[file.artifact] = file.bytes;
      }
      return packed;
    },
  };
}

export const packedTransferables = ({ pages, starts, lengths, first, bytes }: Packed): ArrayBuffer[] =>
  [...pages, starts, lengths, first, bytes].map(({ buffer }) => buffer as ArrayBuffer);

/** Some blocks of a file as they are kept, one after the other; all but the last of a file hold `blockSize` bytes. */
export interface PackedPart {
  readonly data: Uint8Array<ArrayBuffer>;
  /** Of each block in `data`. */
  readonly lengths: Uint32Array<ArrayBuffer>;
}
const partBlocks = 128;
/** For what may hold one, beside other things. */
export const partTransferables = (content: Blob | PackedPart | undefined): ArrayBuffer[] =>
  content === undefined || content instanceof Blob ? [] : [content.data.buffer, content.lengths.buffer];

/** Bytes of files that intake kept, by artifact; undefined where it kept none. */
export interface Content {
  has(artifact: number): boolean;
  /** A copy of some blocks from a file's block `from` on. */
  part(artifact: number, from: number): PackedPart | undefined;
  bytes(artifact: number, offset: number, length: number): Promise<Uint8Array | undefined>;
  /** The whole file. Large ones take memory for as long as somebody holds it. */
  blob(artifact: number): Promise<Blob | undefined>;
}

function packedBlock({ pages, starts, lengths }: Packed, block: number): Uint8Array {
  const start = starts[block]!;
  const at = start % pageSize;
  return pages[Math.floor(start / pageSize)]!.subarray(at, at + lengths[block]!);
}

/** Blocks that are kept unpacked: rows on the screen stand side by side. */
const keptBlocks = 16;

export function contentOf(blobs: readonly (Blob | undefined)[], packed?: Packed): Content {
  let codec: Promise<Codec | undefined> | undefined;
  const recent = new Map<number, Uint8Array>();
  const inPack = (artifact: number): boolean => packed !== undefined && (packed.first[artifact] ?? -1) >= 0;

  const read = async (from: Packed, artifact: number, offset: number, length: number): Promise<Uint8Array> => {
    const open = await (codec ??= openCodec());
    if (!open) throw new Error('no WebAssembly');
    const size = from.bytes[artifact]!;
    const end = Math.min(size, offset + length);
    const result = new Uint8Array(Math.max(0, end - offset));
    for (let at = Math.floor(offset / blockSize) * blockSize; at < end; at += blockSize) {
      const number = from.first[artifact]! + at / blockSize;
      let block = recent.get(number);
      if (!block) {
        block = open.unpack(packedBlock(from, number), Math.min(blockSize, size - at));
        // a search passes over everything once: it would only push out what is on the screen
        if (length <= blockSize) {
          recent.set(number, (block = block.slice()));
          if (recent.size > keptBlocks) recent.delete(recent.keys().next().value!);
        }
      }
      const part = block.subarray(Math.max(0, offset - at), end - at);
      result.set(part, Math.max(0, at - offset));
    }
    return result;
  };
  return {
    has: (artifact) => blobs[artifact] !== undefined || inPack(artifact),
    part(artifact, from) {
      if (!packed || blobs[artifact] || !inPack(artifact)) return undefined;
      const first = packed.first[artifact]! + from;
      const end = packed.first[artifact]! + Math.ceil(packed.bytes[artifact]! / blockSize);
      const lengths = packed.lengths.slice(first, Math.min(end, first + partBlocks));
      const data = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
      let filled = 0;
      lengths.forEach((length, n) => {
        data.set(packedBlock(packed, first + n), filled);
        filled += length;
      });
      return { data, lengths };
    },
    async bytes(artifact, offset, length) {
      const blob = blobs[artifact];
      if (blob) return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      return packed && inPack(artifact) ? read(packed, artifact, offset, length) : undefined;
    },
    async blob(artifact) {
      const blob = blobs[artifact];
      if (blob || !packed || !inPack(artifact)) return blob;
      const parts: Blob[] = [];
      for (let at = 0; at < packed.bytes[artifact]!; at += 4 * pageSize) {
        parts.push(new Blob([(await read(packed, artifact, at, 4 * pageSize)) as BlobPart]));
      }
      return new Blob(parts);
    },
  };
}

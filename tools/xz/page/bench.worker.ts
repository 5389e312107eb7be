/**
 * Unpacks a file and discards it. `order`: our xz decoder from end to end; `javascript`: the same without WebAssembly,
 * from then on; `blocks`: the same with the workers at the
 * other ends of `ports`; `intake`: as the product reads it; the others: what libraries and the
 * browser have.
 */
import { BlobReader, configure, ZipReader } from '@zip.js/zip.js';
import { Gunzip, Unzip, UnzipInflate } from 'fflate';
import { XzReadableStream } from 'xz-decompress';
import { unpack } from '../../../src/intake/run';
import { readSlice } from '../../../src/intake/source';
import { decodeBlocks } from '../../../src/intake/xz-blocks';
import { helpWithXz } from '../../../src/intake/xz-helper';
import { readBlockMap } from '../../../src/xz/block-map';
import { openXz } from '../../../src/xz/decoder';

export type Mode =
  'order' | 'javascript' | 'blocks' | 'intake' | 'xz-decompress' | 'DecompressionStream' | 'fflate' | 'zip.js';
export type Order =
  { readonly help: MessagePort } | { readonly file: File; readonly mode: Mode; readonly ports: readonly MessagePort[] };

const step = 2 ** 23;
async function* slices(file: File): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += step) yield await readSlice(file, at, step);
}

async function inOrder(file: File): Promise<number> {
  const decoder = await openXz();
  let bytes = 0;
  for await (const slice of slices(file)) {
    decoder.push(slice);
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) bytes += piece.length;
  }
  decoder.end();
  decoder.pull();
  decoder.close();
  if (decoder.fault) throw new Error(JSON.stringify(decoder.fault));
  return bytes;
}

async function inBlocks(file: File, ports: readonly MessagePort[]): Promise<number> {
  const blocks = await readBlockMap(file.size, (offset, length) => readSlice(file, offset, length));
  if (!blocks) throw new Error('no index');
  const left = [...ports];
  let bytes = 0;
  const fault = (): never => {
    throw new Error('a block is damaged');
  };
  const lend = () => Promise.resolve(left.shift());
  for await (const piece of decodeBlocks(file, blocks, lend, { fault, taken: () => undefined })) bytes += piece.length;
  return bytes;
}

async function count(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
  return bytes;
}

async function byZipJs(file: File): Promise<number> {
  configure({ useWebWorkers: false });
  let bytes = 0;
  const zip = new ZipReader(new BlobReader(file));
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    await entry.getData(new WritableStream<Uint8Array>({ write: (chunk) => void (bytes += chunk.length) }));
  }
  await zip.close();
  return bytes;
}

async function byFflate(file: File): Promise<number> {
  let bytes = 0;
  const add = (chunk: Uint8Array): void => void (bytes += chunk.length);
  const unzip = new Unzip((entry) => {
    entry.ondata = (error, chunk) => {
      if (error) throw error;
      add(chunk);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  const sink = file.name.endsWith('.gz') ? new Gunzip(add) : unzip;
  for await (const slice of slices(file)) sink.push(slice);
  sink.push(new Uint8Array(0), true);
  return bytes;
}

const modes: Readonly<Record<Mode, (file: File, ports: readonly MessagePort[]) => Promise<number>>> = {
  order: inOrder,
  javascript: (file) => {
    Object.defineProperty(globalThis, 'WebAssembly', { value: undefined });
    return inOrder(file);
  },
  blocks: inBlocks,
  intake: async (file) => (await unpack({ path: file.name, blob: file, keepBytes: false })).bytes,
  'xz-decompress': (file) => count(new XzReadableStream(file.stream())),
  DecompressionStream: (file) => count(file.stream().pipeThrough(new DecompressionStream('gzip'))),
  fflate: byFflate,
  'zip.js': byZipJs,
};

onmessage = async ({ data }: MessageEvent<Order>) => {
  if ('help' in data) return helpWithXz(data.help);
  const start = performance.now();
  const bytes = await modes[data.mode](data.file, data.ports);
  postMessage({ ms: performance.now() - start, bytes });
};

/** Unpacks a file and discards it: in order, or block by block with the workers at the other ends of `ports`. */
import { readSlice } from '../../../src/intake/source';
import { decodeBlocks } from '../../../src/intake/xz-blocks';
import { helpWithXz } from '../../../src/intake/xz-helper';
import { readBlockMap } from '../../../src/xz/block-map';
import { openXz } from '../../../src/xz/decoder';

export type Order = { readonly help: MessagePort } | { readonly file: File; readonly ports: readonly MessagePort[] };

async function inOrder(file: File): Promise<number> {
  const decoder = await openXz();
  let bytes = 0;
  for (let at = 0; at < file.size; at += 2 ** 23) {
    decoder.push(new Uint8Array(await file.slice(at, at + 2 ** 23).arrayBuffer()));
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

onmessage = async ({ data }: MessageEvent<Order>) => {
  if ('help' in data) return helpWithXz(data.help);
  const start = performance.now();
  const bytes = await (data.ports.length > 0 ? inBlocks(data.file, data.ports) : inOrder(data.file));
  postMessage({ ms: performance.now() - start, bytes });
};

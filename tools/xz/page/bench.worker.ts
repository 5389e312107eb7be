import { openXz } from '../../../src/xz/decoder';

onmessage = async ({ data: file }: MessageEvent<File>) => {
  const start = performance.now();
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
  postMessage({ ms: performance.now() - start, bytes });
};

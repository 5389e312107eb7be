/** The page of `bench-browser.mjs`: runs the decoder in a worker on the chosen file, again and again in the same worker. */
const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });

declare global {
  interface Window {
    unpack: typeof unpack;
  }
}
function unpack(): Promise<{ ms: number; bytes: number }> {
  const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(file);
  });
}
window.unpack = unpack;

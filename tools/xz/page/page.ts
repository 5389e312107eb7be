/** The page of the measurements here: unpacks the chosen file in a worker, again and again in the same ones. */
import type { Mode, Order } from './bench.worker';

const open = (): Worker => new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
const tell = (worker: Worker, order: Order, moved: Transferable[]): void => worker.postMessage(order, moved);
const leader = open();
const helpers: Worker[] = [];

declare global {
  interface Window {
    unpack: typeof unpack;
  }
}
function unpack(mode: Mode, others = mode === 'blocks' ? 1 : 0): Promise<{ ms: number; bytes: number }> {
  const file = document.querySelector<HTMLInputElement>('#file')!.files![0]!;
  const ports = Array.from({ length: others }, (_, n) => {
    const { port1, port2 } = new MessageChannel();
    tell((helpers[n] ??= open()), { help: port1 }, [port1]);
    return port2;
  });
  return new Promise((resolve, reject) => {
    leader.onmessage = ({ data }) => resolve(data);
    leader.onerror = ({ message }) => reject(new Error(message));
    tell(leader, { file, mode, ports }, ports);
  });
}
window.unpack = unpack;

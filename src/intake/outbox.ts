/**
 * Content on its way to another worker, in buffers that the other one owns: it hands them over empty, they come to it
 * full. So what may be on its way is its to say, and nothing is thrown away.
 */
import { pieceBytes, release } from './pieces';

export interface Outbox {
  /** Resolves when all of it is in buffers; at once where it was stopped. */
  put(bytes: Uint8Array): Promise<void>;
  /** Sends what was put so far. */
  flush(): void;
  take(buffers: readonly ArrayBuffer[]): void;
  stop(): void;
}

export function createOutbox(send: (buffer: ArrayBuffer, length: number) => void): Outbox {
  const free: ArrayBuffer[] = [];
  let filling: ArrayBuffer | undefined;
  let filled = 0;
  let stopped = false;
  let wake: () => void = () => undefined;
  const flush = (): void => {
    if (filling && filled > 0 && !stopped) send(filling, filled);
    else if (filling) free.push(filling);
    filling = undefined;
    filled = 0;
  };
  return {
    async put(bytes) {
      for (let at = 0; at < bytes.length && !stopped;) {
        while (!filling && !(filling = free.pop())) {
          await new Promise<void>((resolve) => (wake = resolve));
          if (stopped) return;
        }
        const part = bytes.subarray(at, at + pieceBytes - filled);
        new Uint8Array(filling, filled).set(part);
        filled += part.length;
        at += part.length;
        if (filled === pieceBytes) flush();
      }
    },
    flush,
    take(buffers) {
      free.push(...buffers);
      wake();
    },
    stop() {
      stopped = true;
      flush();
      for (const buffer of free.splice(0)) release(buffer);
      wake();
    },
  };
}

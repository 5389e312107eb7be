/** Slices of a large file as another worker reads and hashes them (`source-helper.ts`). */
import { release } from './pieces';
import type { ShareResult } from './share';
import type { FromSourceHelper, SourceOrder } from './source-helper';
import type { ToHelper } from './xz-helper';

/** Longer than a read of the other one may take. */
const patience = 25_000;

export interface Followed {
  /** The next slice, valid until the one after it is asked for; undefined at the end. Rejects where the other one is of no use. */
  next(): Promise<Uint8Array | undefined>;
  /** SHA-256 of the whole file, at the end. */
  digest(): string;
  /** What its share of the artifact gave, at the end. */
  share(): ShareResult | undefined;
  close(): void;
}

export function follow(port: MessagePort, order: SourceOrder): Followed {
  const arrived: ArrayBuffer[] = [];
  let digest: string | undefined;
  let share: ShareResult | undefined;
  let failed = false;
  let lent: ArrayBuffer | undefined;
  let wake: () => void = () => undefined;
  const say = (message: ToHelper): void => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<FromSourceHelper | { readonly ready: true }>) => {
    if ('slice' in data) arrived.push(data.slice);
    else if ('digest' in data) ({ digest, share } = data);
    else if ('failed' in data) failed = true;
    wake();
  };
  const heard = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no word from the helper')), patience);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const letGo = (): void => {
    release(lent);
    lent = undefined;
  };
  say({ source: order });
  return {
    async next() {
      letGo();
      while (arrived.length === 0 && digest === undefined && !failed) await heard();
      lent = arrived.shift();
      if (!lent) {
        if (failed) throw new Error('the helper could not read on');
        return undefined;
      }
      say({ more: true });
      return new Uint8Array(lent);
    },
    digest: () => digest ?? '',
    share: () => share,
    close() {
      letGo();
      say({ stop: true });
      port.close();
    },
  };
}

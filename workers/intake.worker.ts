import './lockdown';
import * as Comlink from 'comlink';
import { holdLife } from '../src/base/life';
import { restWhenUsed } from '../src/base/rest';
import type { Wants } from '../src/evidence/evidence';
import { deliver, type Told } from '../src/intake/delivery';
import type { IntakeOrder, IntakeProgress } from '../src/intake/intake';
import { intake, unpack } from '../src/intake/run';
import type { Lend } from '../src/intake/xz-blocks';
import { helpWithXz } from '../src/intake/xz-helper';

/** Each holds a channel until this worker collects its garbage, which a folder of small files may never cause. */
function forget(...calls: readonly unknown[]): void {
  for (const call of calls as readonly (Partial<Comlink.ProxyMethods> | undefined)[]) call?.[Comlink.releaseProxy]?.();
}

const worker = {
  /** One dropped file; what was read goes to `port`. Progress comes about ten times a second. */
  async intake(
    order: IntakeOrder,
    wants: Wants,
    port: MessagePort,
    onProgress?: (progress: IntakeProgress) => void,
    lend?: Lend,
  ): Promise<Told> {
    try {
      return deliver(await intake(order, wants, onProgress, lend), port);
    } finally {
      forget(onProgress, lend);
    }
  },
  /** Small files one after the other; `onTold` hears of each when it went to its port. */
  async intakeSeveral(
    orders: readonly IntakeOrder[],
    wants: Wants,
    ports: readonly MessagePort[],
    onProgress: (n: number, progress: IntakeProgress) => void,
    onTold: (n: number, told: Told) => void,
  ): Promise<void> {
    try {
      for (const [n, order] of orders.entries()) {
        const result = await intake(order, wants, (progress) => onProgress(n, progress));
        onTold(n, deliver(result, ports[n]!));
      }
    } finally {
      forget(onProgress, onTold);
    }
  },
  /** Decodes blocks for another of these workers until that one needs no more. */
  help: helpWithXz,
  unpack,
};
export type IntakeWorker = typeof worker;

Comlink.expose(worker);
restWhenUsed(self);
holdLife(self.name, (word) => self.postMessage(word));

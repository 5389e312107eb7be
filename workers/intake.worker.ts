import './lockdown';
import * as Comlink from 'comlink';
import { holdLife } from '../src/base/life';
import { harvestTransferables } from '../src/evidence/merge';
import type { Wants } from '../src/evidence/evidence';
import type { IntakeOrder, IntakeProgress, IntakeResult } from '../src/intake/intake';
import { packedTransferables } from '../src/intake/packed';
import { intake, unpack } from '../src/intake/run';
import type { Lend } from '../src/intake/xz-blocks';
import { helpWithXz } from '../src/intake/xz-helper';

const worker = {
  /** One dropped file; its tables are moved out, not copied. Progress comes about ten times a second. */
  async intake(
    order: IntakeOrder,
    wants: Wants,
    onProgress?: (progress: IntakeProgress) => void,
    lend?: Lend,
  ): Promise<IntakeResult> {
    const result = await intake(order, wants, onProgress, lend);
    const { harvest, packed } = result;
    return Comlink.transfer(result, [...harvestTransferables(harvest), ...(packed ? packedTransferables(packed) : [])]);
  },
  /** Decodes blocks for another of these workers until that one needs no more. */
  help: helpWithXz,
  unpack,
};
export type IntakeWorker = typeof worker;

Comlink.expose(worker);
holdLife(self.name, (word) => self.postMessage(word));

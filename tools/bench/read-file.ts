/** A file through the product's own intake worker, to where the benchmark can look at what was read. */
import { transfer, type Remote } from 'comlink';
import type { Harvest } from '../../src/evidence/evidence';
import { received } from '../../src/intake/delivery';
import type { IntakeOrder, IntakeProgress } from '../../src/intake/intake';
import type { Lend } from '../../src/intake/xz-blocks';
import { ruleWants } from '../../src/rules';
import type { IntakeWorker } from '../../workers/intake.worker';

export async function readFile(
  remote: Remote<IntakeWorker>,
  order: IntakeOrder,
  progress?: (at: IntakeProgress) => void,
  lend?: Lend,
): Promise<Harvest> {
  const { port1, port2 } = new MessageChannel();
  const read = remote.intake(order, ruleWants, transfer(port1, [port1]), progress, lend);
  const [{ harvest }] = await Promise.all([received(port2), read]);
  return harvest;
}

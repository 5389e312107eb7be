/**
 * The first look: the beginning of a large file is read before the whole, so that its first calls and lines are on the
 * screen while the rest is on its way.
 */
import type { IntakeOrder } from '../intake/intake';

/** Smaller files are read as a whole before anyone could look. */
const largeFile = 16 * 2 ** 20;
/** What the look costs is this share of the whole. */
const share = 1 / 48;
const leastBytes = 2 ** 20;
const mostBytes = 16 * 2 ** 20;

/** The order for the beginning of the file; undefined where the whole is there as soon. */
export function firstLookOf(order: IntakeOrder): IntakeOrder | undefined {
  const { blob } = order;
  if (blob.size < largeFile) return undefined;
  return {
    ...order,
    firstLook: true,
    blob: blob.slice(0, Math.min(mostBytes, Math.max(leastBytes, blob.size * share))),
  };
}

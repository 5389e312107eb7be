/** How rules read version numbers: from a form or an inventory, never from a SIP User-Agent. */
import type { Facts, FactValues } from '../facts/facts';
import { said } from './declared';
import type { CannotTell, Hit } from './rule';

export type Versioned = keyof FactValues['versions'];

/** The first dotted number of a text, `6.6.0 (12345)` → 6, 6, 0; undefined where there is none. */
export function versionOf(typed: string): readonly number[] | undefined {
  const found = /(?<![\d.])\d{1,9}(?:\.\d{1,9}){1,7}/.exec(typed);
  return found ? found[0].split('.').map(Number) : undefined;
}

/** Number by number; a missing one counts as 0. */
export function isBelow(version: readonly number[], minimum: string): boolean {
  const least = minimum.split('.').map(Number);
  for (let n = 0; n < Math.max(version.length, least.length); n++) {
    const difference = (version[n] ?? 0) - (least[n] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** A version below its minimum as one finding; not evaluated where it was not said or holds no number. */
export function below(
  facts: Facts,
  part: Versioned,
  minimum: string,
  more: Pick<Hit, 'severity'> = {},
): readonly (Hit | CannotTell)[] {
  const typed = said(facts, 'versions', part);
  const version = typed === undefined ? undefined : versionOf(typed);
  if (typed === undefined || version === undefined) return [{ subject: '', missing: ['versions'] }];
  if (!isBelow(version, minimum)) return [];
  return [{ subject: part, at: [], values: { version: typed.slice(0, 60), minimum }, ...more }];
}

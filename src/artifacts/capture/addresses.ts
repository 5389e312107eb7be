import { formatAddress } from '../../decode/address';
import { createKeys, putAddress } from '../../decode/keys';
import type { Pool } from '../../base/strings';

/** Gives the pool id of an address: four words at a place. */
export type Addresses = (words: Uint32Array, at?: number) => number;

export function createAddresses(strings: Pool): Addresses {
  const addresses = createKeys(4);
  const ids: number[] = [];
  /** The two asked for last: a packet and its message name the same ones, and a flow its two ends. */
  const last = new Uint32Array(8);
  const lastIds = [0, 0];
  let turn = 0;
  const isLast = (of: Uint32Array, at: number, n: number): boolean =>
    of[at + 3] === last[n + 3] && of[at + 2] === last[n + 2] && of[at + 1] === last[n + 1] && of[at] === last[n];
  return (of, at = 0) => {
    if (lastIds[0] !== 0 && isLast(of, at, 0)) return lastIds[0]!;
    if (lastIds[1] !== 0 && isLast(of, at, 4)) return lastIds[1]!;
    putAddress(addresses.key, 0, of, at);
    const index = addresses.add();
    const id =
      index < 0 ? strings.id(formatAddress(addresses.key)) : (ids[index] ??= strings.id(formatAddress(addresses.key)));
    putAddress(last, turn * 4, of, at);
    lastIds[turn] = id;
    turn = 1 - turn;
    return id;
  };
}

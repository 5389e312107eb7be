/**
 * Small files of a folder are read some at a time: a job for each would have the reader wait for the page between them,
 * longer than it reads.
 */
import type { IntakeOrder } from '../intake/intake';

export interface Queued {
  readonly order: IntakeOrder;
  readonly id: number;
}
export type Group = readonly [Queued, ...Queued[]];

const smallFile = 2 ** 18;
const mostFiles = 50;
const mostBytes = 2 ** 21;

/** In the order of their coming; a file that is not small stands alone. */
export function grouped(files: readonly Queued[]): readonly Group[] {
  const groups: [Queued, ...Queued[]][] = [];
  let room = 0;
  for (const file of files) {
    const { size } = file.order.blob;
    const isSmall = size <= smallFile;
    const last = groups.at(-1);
    if (last && isSmall && size <= room && last.length < mostFiles) {
      last.push(file);
      room -= size;
    } else {
      groups.push([file]);
      room = isSmall ? mostBytes - size : -1;
    }
  }
  return groups;
}

/** Writes IP datagrams whose fragments never came together into `gaps`. */
import type { Unfinished } from '../../decode/fragments';
import { gapKinds } from '../../evidence/schema';
import type { Sink } from '../kind';

/** A flood of first fragments is one fault. */
const maxGaps = 4096;

export function recordFragments(sink: Sink, address: (words: Uint32Array) => number): (one: Unfinished) => void {
  let count = 0;
  return ({ time, number, offset, captured, source, target, missing }) => {
    if (++count > maxGaps) return;
    sink.tables.gaps.add({
      artifact: sink.artifact,
      time,
      packet: number,
      offset,
      size: captured,
      source: address(source),
      target: address(target),
      sourcePort: 0,
      targetPort: 0,
      kind: gapKinds.indexOf('fragments'),
      bytes: missing,
      fate: 0,
    });
  };
}

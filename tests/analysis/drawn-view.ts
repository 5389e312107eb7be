/** A view, and the bytes behind it, out of drawn evidence. */
import type { Read } from '../../src/analysis/scan';
import type { View } from '../../src/analysis/view';
import type { Declared } from '../../src/facts/facts';
import type { Finding } from '../../src/rules/evaluate';
import type { GroundsSpec } from '../../src/rules/example';
import { noNotes } from '../../src/session/no-notes';
import { drawnFiles, groundsOf, readFiles, type Files } from '../build/grounds';

export interface DrawnView {
  readonly view: View;
  readonly read: Read;
  /** How often bytes were asked for. */
  reads(): number;
}

export const drawnView = (spec: GroundsSpec, findings: readonly Finding[] = []): DrawnView =>
  viewOf(drawnFiles(spec), spec.facts, findings);

export function viewOf(files: Files, declared: Declared = {}, findings: readonly Finding[] = []): DrawnView {
  const grounds = groundsOf(readFiles(files), declared);
  let reads = 0;
  return {
    view: { ...grounds, findings, notes: noNotes },
    reads: () => reads,
    read: async (artifact, offset, length) => {
      reads++;
      const content = files[grounds.evidence.artifacts[artifact]!.path]!;
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      return bytes.slice(offset, offset + length);
    },
  };
}

/** What a search in everything looks at: every file that is no container; of captures, the messages. */
import type { Searchable } from './search';
import { messageSpans } from './scan';
import type { View } from './view';

export function searchables({ evidence, notes }: View): Searchable[] {
  const { artifacts } = evidence;
  const containers = new Set(artifacts.map(({ parent }) => parent));
  const excluded = (path: string): boolean =>
    notes.excluded.some((left) => path === left || path.startsWith(`${left}!/`));
  const spans = spansByArtifact(evidence);
  return artifacts.flatMap(({ kind, path, bytes }, artifact): Searchable[] => {
    if (containers.has(artifact) || bytes === 0 || ['folder', 'link', 'other'].includes(kind) || excluded(path))
      return [];
    if (kind !== 'packet-capture') return [{ artifact, bytes }];
    const own = spans.get(artifact);
    return own ? [{ artifact, bytes: own.size.reduce((sum, size) => sum + size, 0), spans: own }] : [];
  });
}

/** Pieces of messages by file, in the order of their bytes. */
function spansByArtifact(evidence: View['evidence']): Map<number, NonNullable<Searchable['spans']>> {
  const all = messageSpans(evidence);
  const rows = new Map<number, number[]>();
  for (let span = 0; span < all.length; span++) {
    const artifact = all.artifact(span);
    const own = rows.get(artifact);
    if (own) own.push(span);
    else rows.set(artifact, [span]);
  }
  return new Map(
    [...rows].map(([artifact, own]) => {
      own.sort((a, b) => all.offset[a]! - all.offset[b]!);
      const offset = Float64Array.from(own, (span) => all.offset[span]!);
      return [artifact, { offset, size: Uint32Array.from(own, (span) => all.size[span]!) }] as const;
    }),
  );
}

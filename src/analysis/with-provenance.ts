import type { Evidence } from '../evidence/evidence';

/** What files answer as a person says, by path, over what their clues say. Of an archive it is said of the archive alone. */
export function withProvenance(evidence: Evidence, byHand: Readonly<Record<string, string>>): Evidence {
  const said = new Map(Object.entries(byHand));
  if (said.size === 0) return evidence;
  return {
    ...evidence,
    artifacts: evidence.artifacts.map((artifact) => {
      const id = said.get(artifact.path);
      return id === undefined ? artifact : { ...artifact, provides: id === '' ? [] : [id] };
    }),
  };
}

/** From harvests to everything that the result prints. */
import { createClock } from '../../src/evidence/clock';
import type { Harvest } from '../../src/evidence/evidence';
import { link } from '../../src/evidence/link';
import { merge } from '../../src/evidence/merge';
import { zoneOffset, type Declared, type Facts } from '../../src/facts/facts';
import type { View } from '../../src/analysis/view';

export interface Derived extends Pick<View, 'evidence' | 'clock' | 'links' | 'facts' | 'findings'> {
  readonly timing: { readonly linkMs: number; readonly rulesMs: number };
}

export function derive(harvests: readonly Harvest[], declared: Declared): Derived {
  const start = performance.now();
  const evidence = merge(harvests);
  const facts = Object.fromEntries(
    Object.entries(declared).map(([id, value]) => [id, { value, origin: 'declared' }]),
  ) as Facts;
  const clock = createClock(
    evidence,
    {
      zones: declared.zones ?? {},
      offsets: declared.clockOffsets ?? {},
      ...(declared.incident ? { incidentZone: declared.incident.zone } : {}),
      computerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    zoneOffset,
  );
  const links = link(evidence, clock);
  return { evidence, clock, links, facts, findings: [], timing: { linkMs: performance.now() - start, rulesMs: 0 } };
}

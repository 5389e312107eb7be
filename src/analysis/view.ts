import type { Clock } from '../evidence/clock';
import type { Evidence } from '../evidence/evidence';
import type { Links } from '../evidence/links';
import type { Facts } from '../facts/facts';
import type { Finding } from '../rules/evaluate';
import type { Notes } from '../session/notes';

/** Everything that a question of a view may look at; one object per revision, so it can key caches. */
export interface View {
  readonly evidence: Evidence;
  readonly clock: Clock;
  readonly links: Links;
  readonly facts: Facts;
  readonly findings: readonly Finding[];
  readonly notes: Notes;
}

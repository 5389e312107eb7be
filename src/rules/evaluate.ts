/** Runs rules over evidence: outcomes, folding of consequences under their root, and the order of the report. */
import type { At, Confidence } from '../evidence/evidence';
import type { FactId } from '../facts/facts';
import type { Values } from '../text/text';
import { forgetDerived } from './derived';
import {
  cannotTell,
  severities,
  type Basis,
  type CannotTell,
  type Grounds,
  type Guard,
  type Hit,
  type Need,
  type Rule,
  type Severity,
  type When,
} from './rule';

export type Outcome = 'found' | 'clear' | 'not-evaluated' | 'not-applicable';

/** Ids and values only: rendered in any language, stored in no language. */
export interface Finding {
  /** `rule|subject`: answers, notes and marks hang on it. */
  readonly key: string;
  readonly rule: string;
  readonly rows: readonly string[];
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly subject: string;
  readonly also: readonly string[];
  readonly hosts: readonly string[];
  readonly from?: number;
  readonly to?: number;
  /** Index of the root that explains it, in the same list. */
  readonly under?: number;
  readonly at: readonly At[];
  readonly count: number;
  readonly values: Values;
  /** `art.*` or fact ids that would let the rule run. */
  readonly missing: readonly string[];
  readonly guards: readonly Guard[];
  readonly clockAssumed: boolean;
}

export interface Context {
  /** `art.*` ids that some loaded artifact answers. */
  readonly provided: ReadonlySet<string>;
  /** Needs that loaded evidence meets. */
  readonly met: ReadonlySet<Need>;
  /** The `art.*` ids to collect for an unmet need. */
  missingFor(need: Need): readonly string[];
}

/** Root first: the layer nearer to the ground explains the one above it. Folder names of `rules/`. */
export const layers = [
  'time',
  'daemon',
  'status',
  'report',
  'transport',
  'registration',
  'push',
  'sip',
  'media',
  'csta',
  'cross',
  'capture',
  'events',
  'process',
] as const;

export interface Registered {
  readonly layer: string;
  readonly rule: Rule;
}

export function evaluate(rules: readonly Registered[], grounds: Grounds, context: Context): Finding[] {
  const found: Draft[] = [];
  const rest: Draft[] = [];
  for (const entry of rules) {
    const { rule } = entry;
    const outside = excluded(rule, grounds);
    if (outside) {
      rest.push(draft(entry, 'not-applicable', {}));
      continue;
    }
    const missing = unmet(rule, grounds, context);
    if (missing.length > 0) {
      rest.push(draft(entry, 'not-evaluated', { missing }));
      continue;
    }
    const verdicts = rule.find(grounds);
    const hits = verdicts.filter((verdict): verdict is Hit => !cannotTell(verdict));
    const open = verdicts.filter((verdict): verdict is CannotTell => cannotTell(verdict));
    for (const hit of hits) found.push(draft(entry, 'found', { hit }));
    if (open.length > 0) {
      rest.push(
        draft(entry, 'not-evaluated', {
          missing: [...new Set(open.flatMap((verdict) => verdict.missing ?? []))],
          guards: [...new Set(open.flatMap((verdict) => verdict.guards ?? []))],
          also: open.map((verdict) => verdict.subject),
        }),
      );
    }
    if (verdicts.length === 0) rest.push(draft(entry, 'clear', {}));
  }
  forgetDerived();
  return arrange(found, rest);
}

interface Draft extends Omit<Finding, 'under'> {
  readonly entry: Registered;
}

function draft(
  entry: Registered,
  outcome: Outcome,
  more: { hit?: Hit; missing?: readonly string[]; guards?: readonly Guard[]; also?: readonly string[] },
): Draft {
  const { rule } = entry;
  const { hit } = more;
  const severity = hit?.severity ?? rule.severity;
  const assumed = hit?.clockAssumed ?? false;
  return {
    entry,
    key: `${rule.id}|${hit?.subject ?? ''}`,
    rule: rule.id,
    rows: rule.rows,
    outcome,
    severity: assumed ? (severities[Math.min(severities.indexOf(severity) + 1, 3)] ?? severity) : severity,
    basis: rule.basis,
    confidence: hit?.confidence ?? rule.confidence,
    subject: hit?.subject ?? '',
    also: hit?.also ?? more.also ?? [],
    hosts: hit?.hosts ?? [],
    ...(hit?.from === undefined ? {} : { from: hit.from }),
    ...(hit?.to === undefined ? {} : { to: hit.to }),
    at: hit?.at ?? [],
    count: hit?.count ?? hit?.at.length ?? 0,
    values: hit?.values ?? {},
    missing: more.missing ?? [],
    guards: more.guards ?? [],
    clockAssumed: assumed,
  };
}

/** Only a known system or trouble can exclude a rule. */
function excluded(rule: Rule, { facts }: Grounds): boolean {
  const pbx = facts.pbx?.value;
  const trouble = facts.trouble?.value;
  return (
    (pbx !== undefined && rule.pbx !== undefined && !rule.pbx.includes(pbx)) ||
    (trouble !== undefined && rule.trouble !== undefined && !rule.trouble.includes(trouble))
  );
}

function unmet(rule: Rule, { facts }: Grounds, context: Context): string[] {
  const missing: string[] = [];
  for (const need of rule.needs) {
    const anyOf: readonly Need[] = typeof need === 'string' ? [need] : need;
    if (!anyOf.some((one) => context.met.has(one))) missing.push(...anyOf.flatMap((one) => context.missingFor(one)));
  }
  for (const id of rule.facts ?? []) if (facts[id as FactId] === undefined) missing.push(id);
  return [...new Set(missing)];
}

const rank = (finding: Draft): number => severities.indexOf(finding.severity);
const layer = (finding: Draft): number => {
  const index = (layers as readonly string[]).indexOf(finding.entry.layer);
  return index < 0 ? layers.length : index;
};
const order = (a: Draft, b: Draft): number =>
  rank(a) - rank(b) ||
  layer(a) - layer(b) ||
  (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
  (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0);

/** Roots by severity and layer, each followed by what it explains; then not evaluated, clear, not applicable. */
function arrange(found: Draft[], rest: Draft[]): Finding[] {
  const sorted = [...found].sort(order);
  const root = new Map<Draft, Draft>();
  const causes = sorted.filter(({ entry }) => (entry.rule.explains?.length ?? 0) > 0);
  for (const finding of sorted) {
    const cause = causes.find((candidate) => candidate !== finding && explains(candidate, finding));
    if (cause) root.set(finding, cause);
  }
  // a chain a ← b ← c folds c under a as well; a ring of explanations keeps its first as root
  const top = (finding: Draft): Draft | undefined => {
    const seen = new Set([finding]);
    let at = root.get(finding);
    let last: Draft | undefined;
    while (at && !seen.has(at)) {
      seen.add(at);
      last = at;
      at = root.get(at);
    }
    if (at === finding && sorted.indexOf(finding) === Math.min(...[...seen].map((one) => sorted.indexOf(one))))
      return undefined;
    return last;
  };
  const under = new Map<Draft, Draft[]>();
  const roots = new Set<Draft>();
  for (const finding of sorted) {
    const its = top(finding);
    if (!its) roots.add(finding);
    else under.set(its, [...(under.get(its) ?? []), finding]);
  }
  const list: { draft: Draft; root?: Draft }[] = [];
  const listed = new Set<Draft>();
  const put = (draft: Draft, root?: Draft): void => {
    list.push(root ? { draft, root } : { draft });
    listed.add(draft);
  };
  for (const finding of roots) {
    put(finding);
    for (const other of under.get(finding) ?? []) put(other, finding);
  }
  // whatever a ring left over stands by itself: nothing found is ever dropped
  for (const finding of sorted) if (!listed.has(finding)) put(finding);
  const outcomes: readonly Outcome[] = ['not-evaluated', 'clear', 'not-applicable'];
  const others = [...rest].sort((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) || order(a, b));
  const index = new Map(list.map(({ draft }, position) => [draft, position]));
  return [...list, ...others.map((draft): { draft: Draft; root?: Draft } => ({ draft }))].map(({ draft, root }) => {
    const { entry: _, ...finding } = draft;
    return root === undefined ? finding : { ...finding, under: index.get(root)! };
  });
}

/** Its subject and its other names; one finding may stand for a thousand subjects. */
function namesOf(cause: Draft): ReadonlySet<string> {
  let names = namesOfCause.get(cause);
  if (!names) namesOfCause.set(cause, (names = new Set([cause.subject, ...cause.also])));
  return names;
}
const namesOfCause = new WeakMap<Draft, ReadonlySet<string>>();

function explains(cause: Draft, finding: Draft): boolean {
  // of two rules of one row the surer folds the other, never itself
  if (cause.rule === finding.rule) return false;
  return (cause.entry.rule.explains ?? []).some(
    ({ row, when }) => finding.rows.includes(row) && holds(when, cause, finding),
  );
}

function holds(when: When, cause: Draft, finding: Draft): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'same-subject': {
      const names = namesOf(cause);
      return [finding.subject, ...finding.also].some((name) => name !== '' && names.has(name));
    }
    case 'same-hosts':
      return finding.hosts.length > 0 && finding.hosts.every((host) => cause.hosts.includes(host));
    case 'overlapping-time':
      return (
        cause.from !== undefined &&
        cause.to !== undefined &&
        finding.from !== undefined &&
        finding.to !== undefined &&
        cause.from <= finding.to &&
        finding.from <= cause.to
      );
  }
}

/** The findings as the view arranges them. */
import type { CaseState } from '../../analysis/desk';
import { rules } from '../../rules';
import { layers, type Finding } from '../../rules/evaluate';
import { severities, type Rule } from '../../rules/rule';
import { t } from '../../state/preferences.svelte';
import type { Text, Values } from '../../text/text';

export interface Root {
  readonly finding: Finding;
  readonly rule: Rule;
  readonly layer: string;
  readonly consequences: readonly { readonly finding: Finding; readonly rule: Rule }[];
}
export type Order = 'root' | 'system' | 'time';
export interface Arranged {
  readonly roots: readonly Root[];
  readonly groups: Readonly<Record<'not-evaluated' | 'clear' | 'not-applicable', readonly Finding[]>>;
}

const byId = new Map(rules.map((entry) => [entry.rule.id, entry]));
export const ruleOf = (finding: Finding): Rule | undefined => byId.get(finding.rule)?.rule;

export function arrange({ findings, notes }: Pick<CaseState, 'findings' | 'notes'>, order: Order): Arranged {
  const roots = new Map<number, Root & { consequences: { finding: Finding; rule: Rule }[] }>();
  const groups = { 'not-evaluated': [] as Finding[], clear: [] as Finding[], 'not-applicable': [] as Finding[] };
  findings.forEach((finding, index) => {
    const entry = byId.get(finding.rule);
    if (!entry) return;
    if (finding.outcome !== 'found') groups[finding.outcome].push(finding);
    else if (finding.under !== undefined && roots.has(finding.under)) {
      roots.get(finding.under)!.consequences.push({ finding, rule: entry.rule });
    } else roots.set(index, { finding, rule: entry.rule, layer: entry.layer, consequences: [] });
  });
  const marked = ({ finding }: Root): number => (notes.findings[finding.key]?.state ? 1 : 0);
  const list = [...roots.values()];
  const compare: Readonly<Record<Order, (a: Root, b: Root) => number>> = {
    root: () => 0,
    system: (a, b) => layerIndex(a.layer) - layerIndex(b.layer),
    time: (a, b) => (a.finding.from ?? Infinity) - (b.finding.from ?? Infinity) || 0,
  };
  // what is handled goes below what is not, else the order of the report holds
  return { roots: list.sort((a, b) => marked(a) - marked(b) || compare[order](a, b)), groups };
}

const layerIndex = (layer: string): number => (layers as readonly string[]).indexOf(layer);

/** The worst root that nobody has marked. */
export function worst({ roots }: Arranged, notes: CaseState['notes']): Root | undefined {
  return [...roots]
    .filter(({ finding }) => !notes.findings[finding.key]?.state)
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity))[0];
}

/** A title without its values, for rules that found nothing: slots become an ellipsis. */
export function bareTitle(title: Text, speak: (template: Text, values?: Values) => string = t): string {
  const names = [...title.en.matchAll(/\{([^{}|]+)/g)].map(([, name]) => [name!, '…'] as const);
  return speak(title, Object.fromEntries(names));
}

/** The `art.*` and facts that would let rules run, most wanted first, with the number of rules that wait. */
export function wanted(findings: readonly Finding[]): { readonly id: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { outcome, missing } of findings) {
    if (outcome === 'not-evaluated') for (const id of missing) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}

import { patternId, type Rule } from './rule';
import type { Registered } from './evaluate';
import type { Wants } from '../evidence/evidence';

/** Every rule, by folder: `rules/<layer>/<id>.ts`. */
export const rules: readonly Registered[] = Object.entries(
  import.meta.glob<Rule | undefined>('./*/*.ts', { eager: true, import: 'default' }),
).flatMap(([path, rule]) => (rule ? [{ layer: path.split('/')[1]!, rule }] : []));

/** What the readers must keep so that every rule can run. */
export const ruleWants: Wants = {
  headers: [...new Set(rules.flatMap(({ rule }) => rule.headers ?? []))],
  patterns: rules.flatMap(({ rule }) =>
    Object.entries(rule.patterns ?? {}).map(([name, regex]) => ({ id: patternId(rule.id, name), regex })),
  ),
};

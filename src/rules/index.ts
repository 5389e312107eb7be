import { patternId, type Rule } from './rule';
import type { Registered } from './evaluate';
import type { Wants } from '../evidence/evidence';
import { linkHeaders } from '../evidence/join-headers';

/** Every rule, by folder: `rules/<layer>/<id>.ts`. */
export const rules: readonly Registered[] = Object.entries(
  import.meta.glob<Rule | undefined>('./*/*.ts', { eager: true, import: 'default' }),
).flatMap(([path, rule]) => (rule ? [{ layer: path.split('/')[1]!, rule }] : []));

/** Headers that the ladder shows (Reason) and that name systems (domain.md 2.6). */
const commonHeaders = ['reason', 'x-siemens-oss'];

/** What the readers must keep so that legs can be joined and every rule can run. */
export const ruleWants: Wants = {
  headers: [...new Set([...commonHeaders, ...linkHeaders, ...rules.flatMap(({ rule }) => rule.headers ?? [])])],
  patterns: rules.flatMap(({ rule }) =>
    Object.entries(rule.patterns ?? {}).map(([name, regex]) => ({ id: patternId(rule.id, name), regex })),
  ),
};

/** What all rules say of drawn evidence, in short lines for tests. */
import { evaluate, type Finding } from '../../src/rules/evaluate';
import type { GroundsSpec } from '../../src/rules/example';
import { rules } from '../../src/rules/index';
import { contextOf, grounds } from './grounds';

export function findingsOf(spec: GroundsSpec): readonly Finding[] {
  const given = grounds(spec);
  return evaluate(rules, given, contextOf(given));
}

/** `severity rule subject` of what was found, consequences with `< rule` of their root; in report order. */
export function foundIn(spec: GroundsSpec, ...only: readonly string[]): readonly string[] {
  const all = findingsOf(spec);
  return all
    .filter(({ outcome, rule }) => outcome === 'found' && (only.length === 0 || only.includes(rule)))
    .map(({ severity, rule, subject, under }) => {
      const root = under === undefined ? '' : ` < ${all[under]!.rule}`;
      return `${severity} ${rule} ${subject}${root}`;
    });
}

/** The result for a person at a terminal, in English or French. */
import { outcomes } from '../../src/evidence/links';
import { problemCodes, type ProblemCode } from '../../src/evidence/problem-codes';
import { rules } from '../../src/rules';
import type { Severity } from '../../src/rules/rule';
import { say, text, type Text, type Values } from '../../src/text/text';
import type { Derived } from './derive';

const severityNames: Readonly<Record<Severity, Text>> = {
  blocker: text('blocker', 'bloquant'),
  error: text('error', 'erreur'),
  warning: text('warning', 'avertissement'),
  note: text('note', 'remarque'),
};
const texts = {
  files: text('Files', 'Fichiers'),
  file: text(
    '{path}  {kind}, {bytes}, {records} {records|record|records}',
    '{path}  {kind}, {bytes}, {records} {records|enregistrement|enregistrements}',
  ),
  same: text('the same bytes as {names}', 'les mêmes octets que {names}'),
  problems: text('Not read', 'Non lu'),
  calls: text('Calls', 'Appels'),
  call: text('{count} {count|call|calls}: {outcomes}', '{count} {count|appel|appels} : {outcomes}'),
  findings: text('Findings', 'Constats'),
  none: text('Nothing found by the rules that could run.', 'Rien trouvé par les contrôles qui ont pu tourner.'),
  open: text(
    '{count} {count|rule|rules} not evaluated; collect {missing}',
    '{count} {count|contrôle non évalué|contrôles non évalués} ; collecter {missing}',
  ),
};

export function summary(derived: Derived, lang: string): string {
  const { evidence, findings, clock } = derived;
  const lines: string[] = [];
  const put = (template: Text, values: Values = {}): number =>
    lines.push(say(template, lang, values, { zone: clock.display }));
  put(texts.files);
  evidence.artifacts.forEach(({ path, kind, bytes, records, parent }, index) => {
    if (kind === 'folder') return;
    lines.push(`  ${say(texts.file, lang, { path, kind, bytes: { bytes }, records })}`);
    const alias = parent < 0 ? evidence.sources[evidence.sourceOf[index]!]?.alias : undefined;
    if (alias) lines.push(`    ${say(texts.same, lang, { names: { list: alias } })}`);
  });
  if (evidence.problems.length > 0) {
    lines.push('');
    put(texts.problems);
    for (const { artifact, code, offset, detail } of evidence.problems) {
      const told = problemCodes[code as ProblemCode] as Text | undefined;
      lines.push(`  ${evidence.artifacts[artifact]?.path}: ${told ? say(told, lang, { offset, detail }) : code}`);
    }
  }
  const counts = new Map<string, number>();
  const { calls } = derived.links;
  for (let call = 0; call < calls.length; call++) {
    const outcome = outcomes[calls.outcome[call]!]!;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  if (calls.length > 0) {
    lines.push('');
    put(texts.calls);
    const list = [...counts].map(([outcome, count]) => `${outcome} ${count}`);
    lines.push(`  ${say(texts.call, lang, { count: calls.length, outcomes: list.join(', ') })}`);
  }
  lines.push('');
  put(texts.findings);
  const found = findings.filter(({ outcome }) => outcome === 'found');
  for (const { rule: id, severity, subject, values, under } of found) {
    const rule = rules.find(({ rule }) => rule.id === id)?.rule;
    const indent = under === undefined ? '  ' : '    ';
    const said = rule ? say(rule.seen, lang, values, { zone: clock.display }) : '';
    lines.push(`${indent}[${say(severityNames[severity], lang)}] ${subject ? `${subject}: ` : ''}${said || id}`);
  }
  if (found.length === 0) lines.push(`  ${say(texts.none, lang)}`);
  const open = findings.filter(({ outcome }) => outcome === 'not-evaluated');
  if (open.length > 0) {
    const missing = [...new Set(open.flatMap((finding) => finding.missing))];
    lines.push(`  ${say(texts.open, lang, { count: open.length, missing: { list: missing } })}`);
  }
  return `${lines.join('\n')}\n`;
}

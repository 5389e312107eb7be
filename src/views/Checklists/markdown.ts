/** A checklist with its answers as Markdown, in a language of choice. Secrets that were typed into notes are masked. */
import { filled, phases, type Checklist, type ChecklistStep, type Phase } from '../../checklists/checklist';
import type { Facts } from '../../facts/facts';
import { maskSecrets } from '../../session/mask';
import type { Text, Values } from '../../text/text';
import { timeText } from '../../widgets/time';
import { checklistText, stateWords } from './text';
import { citations, glossFor, menuPath } from './places';
import { partsOf, plainValues, slotValues } from './slots';
import { progressOf, sectionsOf, type Standings } from './standing';

export interface MarkdownInput {
  readonly list: Checklist;
  readonly standings: Standings;
  readonly slots: Readonly<Record<string, string>>;
  readonly facts: Facts;
  readonly title: string;
  readonly locale: string;
  readonly zone: string;
  t(template: Text, values?: Values): string;
}

export function checklistMarkdown(input: MarkdownInput): string {
  const { list, standings, t, title } = input;
  const progress = progressOf(standings);
  const lines = [
    `# ${t(checklistText.exported, { title: t(list.title) })}`,
    '',
    ...(title ? [t(checklistText.forCase, { title }), ''] : []),
    t(checklistText.progress, {
      answered: progress.passed + progress.failed,
      total: progress.total,
      byEvidence: progress.byEvidence,
    }),
  ];
  const order = Object.keys(phases) as Phase[];
  for (const { key, steps } of sectionsOf(list, order, () => true)) {
    const heading = list.form === 'phases' ? phases[key as Phase] : steps[0]?.section;
    if (heading) lines.push('', `## ${t(heading)}`, '');
    for (const step of steps) lines.push(...stepLines(step, input));
  }
  return maskSecrets(`${lines.join('\n')}\n`);
}

const code = (words: string): string => `\`${words.replaceAll('`', "'")}\``;

function stepLines(step: ChecklistStep, { standings, slots, facts, locale, zone, t }: MarkdownInput): string[] {
  const standing = standings.get(step.id);
  const state = standing?.state ?? 'open';
  const box = state === 'done' || state === 'pass' || state === 'not-relevant' ? 'x' : ' ';
  const answer = standing?.answer;
  const when = answer?.when === undefined ? '' : timeText(answer.when * 1000, 'date-time', locale, zone);
  const stamp = [answer?.who ?? '', when].filter(Boolean).join(', ');
  const lines = [
    state === 'info'
      ? `- ${t(step.ask)}`
      : `- [${box}] **${t(stateWords[state])}** – ${t(step.ask)}${stamp ? ` (${stamp})` : ''}`,
  ];
  const add = (label: Text, value: string): void => {
    lines.push(`  - ${t(checklistText.labelled, { label: t(label), value })}`);
  };
  if (standing?.disagree) lines.push(`  - ${t(checklistText.disagrees)}`);
  if (answer?.note) add(checklistText.note, answer.note.replace(/\s*\n\s*/g, ' / '));
  for (const where of [step.where, step.orWhere]) {
    if (!where) continue;
    const gloss = glossFor(where, locale);
    add(
      checklistText.where,
      `${menuPath(where.path)}${gloss ? ` (${t(checklistText.labelled, { label: t(checklistText.gloss), value: gloss })})` : ''}`,
    );
  }
  const values = slotValues(step.slots ?? [], slots, facts);
  for (const command of step.commands ?? []) {
    const run = filled(command, step.slots ?? [], plainValues(values));
    const shown =
      run ??
      partsOf(command)
        .map(({ slot, text }) => (slot ? `‹${text}›` : text))
        .join('');
    lines.push(
      `  - ${command.label ? `${t(checklistText.labelled, { label: t(command.label), value: code(shown) })}` : code(shown)}`,
    );
  }
  if (step.expected) add(checklistText.expected, t(step.expected));
  if (step.warning) add(checklistText.warning, t(step.warning));
  if (step.remark) add(checklistText.remark, t(step.remark));
  const sources = citations(step.source).map(
    ({ guide, section, title }) => `${guide} ${section}${title ? ` “${title}”` : ''}`,
  );
  if (sources.length > 0) add(checklistText.source, sources.join(', '));
  return lines;
}

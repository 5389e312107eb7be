/** A finding, or all of them, as text for a ticket. Secrets are always masked; the language is the reader's. */
import type { ArtifactView } from '../../analysis/desk';
import { maskSecrets } from '../../session/mask';
import { format, t } from '../../state/preferences.svelte';
import type { Text, Value, Values } from '../../text/text';
import { severityWords } from '../../text/ui/widgets';
import { overview } from '../../text/ui/overview';
import type { Root } from './model';
import { describe, whereOf } from './places';

const placesIn = 8;

/** The language of the text: the interface's, or another one for a report. */
export interface Voice {
  t(template: Text, values?: Values): string;
  format(value: Value): string;
}
const own: Voice = { t, format };

/** `markdown`: headings, lists and code; else plain lines. */
export async function ticketOf(
  roots: readonly Root[],
  artifacts: readonly ArtifactView[],
  markdown: boolean,
  voice: Voice = own,
): Promise<string> {
  const parts: string[] = [];
  for (const root of roots) parts.push(await one(root, artifacts, markdown, voice));
  return maskSecrets(parts.join('\n\n'));
}

async function one(
  { finding, rule, consequences }: Root,
  artifacts: readonly ArtifactView[],
  markdown: boolean,
  { t, format }: Voice,
): Promise<string> {
  const strong = (words: string): string => (markdown ? `**${words}**` : words);
  const code = (words: string): string => (markdown ? `\`${words.replaceAll('`', "'")}\`` : words);
  const title = `${t(severityWords[finding.severity])} – ${t(rule.title, finding.values)}`;
  const lines = [markdown ? `### ${title}` : `${title}\n${'='.repeat(title.length)}`, '', t(rule.seen, finding.values)];
  if (finding.at.length > 0) {
    lines.push('', strong(t(overview.places, { count: finding.count })));
    for (const at of finding.at.slice(0, placesIn)) {
      const { where, text } = await describe(at, artifacts).catch(() => ({
        where: whereOf(at, artifacts[at.artifact]),
        text: '',
      }));
      lines.push(`- ${where}${text ? `: ${code(text)}` : ''}`);
    }
    if (finding.at.length > placesIn)
      lines.push(`- ${t(overview.morePlaces, { count: finding.at.length - placesIn })}`);
  }
  lines.push(
    '',
    strong(t(rule.causeIs === 'cause' ? overview.cause : overview.symptomOf)),
    t(rule.cause, finding.values),
  );
  if (rule.steps.length > 0) {
    lines.push('', strong(t(overview.steps)));
    rule.steps.forEach((step, n) => {
      lines.push(`${n + 1}. ${t(step.do, finding.values)}${step.where ? ` (${step.where})` : ''}`);
      if (step.command) lines.push(`   ${code(step.command)}`);
    });
  }
  if (consequences.length > 0) {
    lines.push('', strong(t(overview.consequencesOf)));
    for (const { finding: under, rule: of } of consequences) {
      lines.push(`- ${t(severityWords[under.severity])}: ${t(of.title, under.values)} (${format(under.count)})`);
    }
  }
  lines.push(
    '',
    t(/^(EN|FR)\b/.test(rule.source) ? overview.source : overview.sourceRfc, { source: rule.source, rule: rule.id }),
  );
  return lines.join('\n');
}

/** A filled form in the three forms that ticket systems take: plain text, Markdown, HTML. Secrets are masked in all. */
import { renderCase, subjectLine, type CaseForm, type CaseValues } from '../../checklists/case-forms';
import { maskSecrets } from '../../session/mask';
import { say } from '../../text/text';
import { html } from '../Share/html';

interface Line {
  readonly label: string;
  readonly value: string;
}

const linesOf = (form: CaseForm, values: CaseValues, locale: string): Line[] =>
  form.fields.flatMap(({ id, label, need }) => {
    const value = maskSecrets(values[id]?.trim() ?? '');
    return value === '' && need === 'conditional' ? [] : [{ label: say(label, locale), value: value || '…' }];
  });

export const plainCase = (form: CaseForm, values: CaseValues, locale: string): string =>
  maskSecrets(renderCase(form, values, locale));

export function markdownCase(form: CaseForm, values: CaseValues, locale: string): string {
  const parts = linesOf(form, values, locale).map(({ label, value }) => `**${label}**\n\n${quoted(value)}`);
  return `## ${inline(maskSecrets(subjectLine(form, values)))}\n\n${parts.join('\n\n')}\n`;
}

/** Characters that Markdown would take for markup in a line of evidence. */
const inline = (line: string): string => line.replace(/[\\`*_<>[\]#|]/g, '\\$&');
const quoted = (value: string): string =>
  value.includes('\n')
    ? value
        .split('\n')
        .map((line) => `- ${inline(line)}`)
        .join('\n')
    : inline(value);

export function htmlCase(form: CaseForm, values: CaseValues, locale: string): string {
  const parts = linesOf(form, values, locale).map(({ label, value }) =>
    value.includes('\n')
      ? html`<p><strong>${label}</strong></p>
          <ul>
            ${value.split('\n').map((line) => html`<li>${line}</li>`)}
          </ul>`
      : html`<p><strong>${label}</strong><br />${value}</p>`,
  );
  return html`<h3>${maskSecrets(subjectLine(form, values))}</h3>
    ${parts}`.markup;
}

/**
 * The list of what to collect as a request to the customer: plain text, Markdown, or the body of an e-mail, in one
 * language or in English and French one after the other. It names no user, number or host of the case.
 */
import { filled } from '../../checklists/checklist';
import { say, type Text, type Values } from '../../text/text';
import { start } from '../../text/ui/start';
import { glossFor, menuPath } from '../Checklists/places';
import { partsOf } from '../Checklists/slots';
import type { CollectList, CollectRow, CollectStep } from './collect';

export type RequestForm = 'text' | 'markdown' | 'mail';
export interface Request {
  readonly list: CollectList;
  readonly pbx: Text;
  readonly trouble: Text;
  /** Leave out what is there. */
  readonly onlyMissing: boolean;
}

export function requestOf(request: Request, form: RequestForm, locales: readonly string[]): string {
  const parts = locales.map((locale) => inLanguage(request, form, locale));
  const subject =
    form === 'mail'
      ? `${locales.map((locale) => say(start.requestSubject, locale, namesOf(request))).join(' / ')}\n\n`
      : '';
  return `${subject}${parts.join(form === 'markdown' ? '\n\n---\n\n' : `\n\n${'-'.repeat(40)}\n\n`)}\n`;
}

const namesOf = ({ pbx, trouble }: Request): Values => ({ pbx, trouble });

function inLanguage(request: Request, form: RequestForm, locale: string): string {
  const t = (template: Text, values?: Values): string => say(template, locale, values);
  const markdown = form === 'markdown';
  const rows = request.list.rows.filter(({ there, times }) => !request.onlyMissing || there < times);
  const title = t(start.requestTitle, namesOf(request));
  const lines = [
    ...(form === 'mail'
      ? [t(start.hello), '', t(start.requestWhy, namesOf(request))]
      : [markdown ? `# ${title}` : title]),
    ...(request.list.silent ? ['', t(start.silent)] : []),
    '',
    ...(rows.length === 0
      ? [t(start.allThere)]
      : rows.flatMap((row, n) => rowLines(row, n + 1, request, markdown, locale))),
    ...(form === 'mail' ? ['', t(start.requestHow), t(start.regards)] : []),
  ];
  return lines.join('\n');
}

function rowLines(
  row: CollectRow,
  number: number,
  { onlyMissing }: Request,
  markdown: boolean,
  locale: string,
): string[] {
  const t = (template: Text, values?: Values): string => say(template, locale, values);
  const name = `${t(row.name)} (${t(row.system)})`;
  const more = [
    ...(row.note ? [t(row.note)] : []),
    ...(row.times > 1 && row.id !== 'psi.data' ? [t(start.times, { count: row.times })] : []),
    ...(row.there >= row.times
      ? [t(start.isThere)]
      : row.there > 0
        ? [t(start.partly, { there: row.there, times: row.times })]
        : []),
  ];
  const steps = row.steps.filter(({ there }) => !onlyMissing || row.id !== 'psi.data' || !there);
  return [
    `${number}. ${markdown ? `**${escaped(name)}**` : name}${more.length > 0 ? `${locale === 'fr' ? '\u00a0: ' : ': '}${more.join('; ')}` : ''}`,
    ...(row.how ? [`   - ${t(row.how).replaceAll('`', markdown ? '`' : '')}`] : []),
    ...steps.flatMap((step) => stepLines(step, markdown, locale)),
  ];
}

function stepLines({ step, asks }: CollectStep, markdown: boolean, locale: string): string[] {
  const t = (template: Text, values?: Values): string => say(template, locale, values);
  const code = (words: string): string => (markdown ? `\`${words.replaceAll('`', "'")}\`` : words);
  const places = [step.where, step.orWhere].flatMap((where) => {
    if (!where) return [];
    const gloss = glossFor(where, locale);
    const path = menuPath(where.path);
    return [`${code(path)}${gloss ? ` (${t(start.gloss, { gloss })})` : ''}`];
  });
  const ask = asks ? t(step.ask) : '';
  return [
    ...(ask || places.length > 0 ? [`   - ${[ask, places.join(` ${t(start.or)} `)].filter(Boolean).join(' ')}`] : []),
    ...(step.commands ?? []).map((command) => {
      // slots of this case stay out of it: the customer fills them in
      const shown =
        filled(command, [], {}) ??
        partsOf(command)
          .map(({ slot, text }) =>
            slot ? `‹${nameOf(step.slots?.find(({ name }) => name === text)?.label, locale)}›` : text,
          )
          .join('');
      const label = command.label ? `${t(command.label)}${locale === 'fr' ? '\u00a0: ' : ': '}` : '';
      return `     ${markdown ? '- ' : ''}${label}${code(shown)}`;
    }),
    ...(step.expected ? [`     ${markdown ? '- ' : ''}${t(start.expected, { expected: t(step.expected) })}`] : []),
    ...(step.warning ? [`     ${markdown ? '- ' : ''}${t(start.careful, { warning: t(step.warning) })}`] : []),
  ];
}

const nameOf = (label: Text | undefined, locale: string): string => (label ? say(label, locale) : '…');
const escaped = (words: string): string => words.replace(/[\\`*_<>[\]#|]/g, '\\$&');

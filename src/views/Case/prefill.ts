/** Field values that the open session already holds. Nothing is invented: what no evidence says stays empty. */
import type { CallRow, CaseState } from '../../analysis/desk';
import type { Prefill } from '../../checklists/case-forms';
import { incidentSpan } from '../../facts/facts';
import { rules } from '../../rules';
import { say, type Locale } from '../../text/text';
import { timeText } from '../../widgets/time';

/** Users beyond are counted: a case wants examples. */
const examples = 10;

export function prefilled(
  state: CaseState,
  worst: CallRow | undefined,
  locale: Locale,
): Partial<Record<Prefill, string>> {
  const roots = state.findings.filter(({ outcome, under }) => outcome === 'found' && under === undefined);
  const title = (id: string): string => {
    const finding = roots.find(({ rule }) => rule === id);
    const rule = rules.find((entry) => entry.rule.id === id)?.rule;
    return finding && rule ? say(rule.title, locale, finding.values, { zone: state.zone }) : '';
  };
  const titles = [...new Set(roots.filter(({ severity }) => severity !== 'note').map(({ rule }) => rule))].map(title);
  const named = state.facts.users?.value ?? [];
  const users = [
    ...new Set([
      ...named,
      ...roots.flatMap(({ subject, also }) => [subject, ...also]).filter((name) => name.includes('@')),
    ]),
  ];
  const span = incidentSpan(state.facts);
  const zone = state.facts.incident?.value.zone ?? state.zone;
  const at = span?.from ?? worst?.start;
  const shown = span ? zone : state.zone;
  const part = (what: 'date' | 'time' | 'date-time'): string =>
    at === undefined || Number.isNaN(at) ? '' : timeText(at, what, locale, shown);
  const withZone = (words: string): string => (words ? `${words} ${shown}` : '');
  const number = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? uri;
  const done = Object.entries(state.notes.answers)
    .filter(([, { state: answer }]) => answer !== 'open')
    .map(([step, { state: answer, note }]) => `${step}: ${answer}${note ? ` (${note})` : ''}`);
  return {
    users: users.slice(0, examples).join(', ') + (users.length > examples ? ` (+${users.length - examples})` : ''),
    incident: withZone(part('date-time')),
    incidentDate: part('date'),
    incidentTime: withZone(part('time')),
    calledNumber: worst ? number(worst.to) : '',
    callingNumber: worst ? number(worst.from) : '',
    errors: roots
      .filter(({ rule }) => rule === 'daemon-errors' || rule === 'media-refused' || rule === 'registration-refused')
      .map(({ rule, values }) => {
        const entry = rules.find((one) => one.rule.id === rule)?.rule;
        return entry ? say(entry.seen, locale, values, { zone: state.zone }) : '';
      })
      .slice(0, 5)
      .join('\n'),
    findings: titles.slice(0, 8).join('\n'),
    stepsDone: done.join('\n'),
    pieces: state.sources.map(({ name }) => name).join('\n'),
    accountNumber: state.facts.accountNumber?.value ?? '',
    userCount: users.length > 0 ? String(users.length) : '',
  };
}

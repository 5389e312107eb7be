/** Words about the open session that several parts of the frame share. */
import type { CaseState } from '../../analysis/desk';
import type { SessionSummary } from '../../session/store';
import { incidentSpan } from '../../facts/facts';
import { t } from '../../state/preferences.svelte';
import { frame } from '../../text/ui/frame';
import { offsetText, timeText } from '../../widgets/time';

/** The title, or what the session was made of. */
export const titleOf = ({ notes, sources }: CaseState, speak: typeof t = t): string =>
  nameOf({ title: notes.title, first: sources[0]?.name ?? '', sources: sources.length }, speak);

export function nameOf(
  { title, first, sources }: Pick<SessionSummary, 'title' | 'first' | 'sources'>,
  speak: typeof t = t,
): string {
  if (title) return title;
  if (!first) return speak(frame.untitled);
  return sources === 1 ? first : speak(frame.untitledOf, { name: first, count: sources - 1 });
}

/** `12 Nov 2026, 09:30–10:15` and `Europe/Paris (UTC+01:00)`; undefined where no incident is known. */
export function incidentText({ facts }: CaseState, locale: string): { window: string; zone: string } | undefined {
  const span = incidentSpan(facts);
  const zone = facts.incident?.value.zone ?? 'UTC';
  if (!span) return undefined;
  const part = (time: number, what: 'date' | 'minute'): string => timeText(time, what, locale, zone);
  const sameDay = part(span.from, 'date') === part(span.to, 'date');
  const end = span.to === span.from ? '' : `–${sameDay ? '' : `${part(span.to, 'date')}, `}${part(span.to, 'minute')}`;
  return {
    window: `${part(span.from, 'date')}, ${part(span.from, 'minute')}${end}`,
    zone: `${zone} (${offsetText(span.from, zone)})`,
  };
}

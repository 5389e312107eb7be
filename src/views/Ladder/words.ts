/** Names, times and labels of a ladder in the reader's language. */
import type { Ladder, LadderLane } from '../../analysis/desk';
import { rules } from '../../rules';
import type { Severity } from '../../rules/rule';
import { preferences, t } from '../../state/preferences.svelte';
import { workspace } from '../../state/workspace.svelte';
import { say, show } from '../../text/text';
import { timeText } from '../../widgets/time';
import type { MessageRow } from './rows';
import { ladderText, roleWords } from './text';

export type TimeForm = 'start' | 'clock';

export function laneName(lane: LadderLane): string {
  const role = roleWords[lane.role as keyof typeof roleWords];
  return lane.name || (role ? t(role) : lane.host);
}

/** Address with the ports seen, the fewest first. */
export function laneAddress({ host, ports }: LadderLane): string {
  const few = ports.filter((port) => port > 0).slice(0, 2);
  const more = ports.length > 2 ? '…' : '';
  const address = host.includes(':') ? `[${host}]` : host;
  return few.length === 0 ? address : `${address}:${few.join('|')}${more}`;
}

/** The first line of a message: `INVITE` or `486 Busy Here`. */
export const startText = ({ method, status, reason }: { method: string; status: number; reason: string }): string =>
  status > 0 ? `${status} ${reason}`.trim() : method;

export function timeOfRow(time: number, start: number, form: TimeForm, locale: string, zone: string): string {
  if (form === 'clock') return timeText(time, 'time', locale, zone);
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(
    (time - start) / 1e6,
  );
}

const legLetters = ['a', 'b', 'c', 'd'] as const;
/** Legs beyond the fourth share the first hues again; a registration has none. */
export const legColour = (leg: number, ladder: Ladder): string =>
  leg < 0 || !ladder.call ? '0' : legLetters[leg % legLetters.length]!;

export function arrowLabel(ladder: Ladder, row: MessageRow, start: number): string {
  const { message } = row;
  const name = (lane: number): string => {
    const found = ladder.lanes[lane];
    return found ? laneName(found) : '';
  };
  const words = t(ladderText.arrow, {
    what: startText(message),
    from: name(message.from),
    to: name(message.to),
    time: show({ duration: message.time - start }, preferences.locale),
  });
  return row.repeats.length > 0 ? `${words}${t(ladderText.arrowRepeated, { count: row.repeats.length })}` : words;
}

export function findingTitle(index: number): { readonly title: string; readonly severity: Severity } {
  const finding = workspace.state.findings[index];
  const rule = rules.find((entry) => entry.rule.id === finding?.rule)?.rule;
  return {
    title: finding && rule ? say(rule.title, preferences.locale, finding.values, { zone: preferences.zone }) : '',
    severity: finding?.severity ?? 'note',
  };
}

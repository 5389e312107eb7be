/** Names, times and labels of a ladder in the reader's language. */
import type { Ladder, LadderLane } from '../../analysis/desk';
import { rules } from '../../rules';
import type { Severity } from '../../rules/rule';
import { preferences, t } from '../../state/preferences.svelte';
import { workspace } from '../../state/workspace.svelte';
import { say, show, type Text } from '../../text/text';
import { borderNames, pbxNames } from '../../text/ui/facts';
import { timeText } from '../../widgets/time';
import type { MessageRow, NoteRow } from './rows';
import { ladderText, roleWords, sideWords } from './text';

export type TimeForm = 'start' | 'clock';

/** The name a person gave; else the system where it is known, with its side; else the role; else the address. */
export function laneName(lane: LadderLane): string {
  if (lane.name) return lane.name;
  const { facts } = workspace.state;
  const product =
    lane.role === 'border' && facts.border
      ? borderNames[facts.border.value]
      : lane.role === 'pbx' && facts.pbx
        ? pbxNames[facts.pbx.value]
        : undefined;
  const name = product ?? (lane.role && lane.role !== 'other' ? roleWords[lane.role] : undefined);
  if (!name) return lane.host;
  return lane.side ? `${t(name)}, ${t(sideWords[lane.side])}` : t(name);
}

/** Address with the ports seen, the lowest first. */
export function laneAddress(lane: LadderLane): string {
  const { host, also, ports } = lane;
  if (also) return [host, ...also].join(' | ');
  const few = ports.filter((port) => port > 0).slice(0, 2);
  const more = ports.length > 2 ? '…' : '';
  if (few.length > 0 && laneName(lane) === host) return `:${few.join('|')}${more}`;
  const address = host.includes(':') && few.length > 0 ? `[${host}]` : host;
  return few.length === 0 ? address : `${address}:${few.join('|')}${more}`;
}

/** The first line of a message: `INVITE` or `486 Busy Here`. */
export const startText = ({ method, status, reason }: { method: string; status: number; reason: string }): string =>
  status > 0 ? `${status} ${reason}`.trim() : method;

/** `4142` of `sip:4142@pbx.example`, which is what people know. */
export const shortUri = (uri: string): string => /^(?:sips?|tel):([^@;>]+)/i.exec(uri)?.[1] ?? uri;

export function timeOfRow(time: number, start: number, form: TimeForm): string {
  if (form === 'clock') return timeText(time, 'time-ms', preferences.locale, preferences.zone);
  return seconds(time - start);
}

/** µs as seconds with three digits. */
export const seconds = (value: number): string => {
  let format = formats.get(preferences.locale);
  if (!format) {
    format = new Intl.NumberFormat(preferences.locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
    formats.set(preferences.locale, format);
  }
  return Number.isNaN(value) ? '' : format.format(value / 1e6);
};
const formats = new Map<string, Intl.NumberFormat>();
export const signed = (value: number): string => (Number.isNaN(value) ? '' : `+${seconds(value)}`);

/** When the copies of a message came, after the first: `+0.5 +1.5 +3.5 s`. */
export function repeatOffsets(ladder: Ladder, row: MessageRow): string {
  const few = row.repeats.slice(0, 4).map((index) => {
    const after = (ladder.messages[index]!.time - row.message.time) / 1e6;
    return `+${show(Math.round(after * 1000) / 1000, preferences.locale)}`;
  });
  return `${few.join(' ')}${row.repeats.length > few.length ? ' …' : ''} s`;
}

/** What the arrow carries: the words of ours in it in the reader's language, those of the protocol as they are. */
export const summaryText = (summary: string): string =>
  summary
    .split(' · ')
    .map((part) => {
      const seconds = /^expires (\d+)$/.exec(part)?.[1];
      if (seconds !== undefined) return t(ladderText.expires, { seconds });
      const own = Object.hasOwn(carried, part) ? carried[part] : undefined;
      return own ? t(own) : part;
    })
    .join(' · ');
const carried: Readonly<Record<string, Text>> = {
  offer: ladderText.offer,
  answer: ladderText.answer,
  'with credentials': ladderText.withCredentials,
};

const legLetters = ['a', 'b', 'c', 'd'] as const;
/** Legs beyond the fourth share the first hues again; what stands outside the call has none. */
export const legColour = (leg: number): string => (leg < 0 ? '0' : legLetters[leg % legLetters.length]!);
export const legLetter = (ladder: Ladder, leg: number): string => ladder.legs[leg]?.letter ?? '–';

export function laneWord(ladder: Ladder, lane: number): string {
  const found = ladder.lanes[lane];
  return found ? laneName(found) : '';
}

export function arrowLabel(ladder: Ladder, row: MessageRow, start: number): string {
  const { message } = row;
  const words = t(ladderText.arrow, {
    what: startText(message),
    from: laneWord(ladder, message.from),
    to: laneWord(ladder, message.to),
    time: t(ladderText.secondsOf, { time: seconds(message.time - start) }),
  });
  return row.repeats.length > 0 ? `${words}${t(ladderText.arrowRepeated, { count: row.repeats.length })}` : words;
}

export function noteLabel({ note }: NoteRow, start: number): string {
  const { title } = note.finding === undefined ? { title: '' } : findingTitle(note.finding);
  return t(title ? ladderText.findingLabel : ladderText.noteLabel, {
    what: title || `${note.source} ${note.text}`,
    time: t(ladderText.secondsOf, { time: seconds(note.time - start) }),
  });
}

export type NoteLevel = Severity;
/** A finding has its severity; log levels from error up are errors. */
export const noteLevel = ({ note }: NoteRow): NoteLevel =>
  note.finding !== undefined
    ? findingTitle(note.finding).severity
    : note.level >= 5
      ? 'error'
      : note.level === 4
        ? 'warning'
        : 'note';

export function findingTitle(index: number): { readonly title: string; readonly severity: Severity } {
  const finding = workspace.state.findings[index];
  const rule = rules.find((entry) => entry.rule.id === finding?.rule)?.rule;
  return {
    title: finding && rule ? say(rule.title, preferences.locale, finding.values, { zone: preferences.zone }) : '',
    severity: finding?.severity ?? 'note',
  };
}

/** Names, times and labels of a ladder in the reader's language. */
import type { Ladder, LadderLane, LadderMark, LadderMessage } from '../../analysis/desk';
import { rules } from '../../rules';
import type { Severity } from '../../rules/rule';
import { preferences, t } from '../../state/preferences.svelte';
import { workspace } from '../../state/workspace.svelte';
import { say, show, type Text } from '../../text/text';
import { borderNames, pbxNames } from '../../text/ui/facts';
import { timeText } from '../../widgets/time';
import type { MessageRow, NoteRow, StreamRow } from './rows';
import { alertNames, ladderText, nameCodes, roleWords, sideWords } from './text';

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

export function timeOfRow(time: number, start: number, form: TimeForm, digits: Digits = 3): string {
  if (form !== 'clock') return seconds(time - start, digits);
  const text = timeText(time, 'time-ms', preferences.locale, preferences.zone);
  return digits === 6 && text ? text + String(Math.floor(time) % 1000).padStart(3, '0') : text;
}

export type Digits = 3 | 6;
/** µs as seconds with three digits, or six. */
export const seconds = (value: number, digits: Digits = 3): string => {
  const key = `${preferences.locale}${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(preferences.locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return Number.isNaN(value) ? '' : format.format(value / 1e6);
};
const formats = new Map<string, Intl.NumberFormat>();
export const signed = (value: number, digits: Digits = 3): string =>
  Number.isNaN(value) ? '' : `${value < 0 ? '' : '+'}${seconds(value, digits)}`;

/** When the copies of a message came, after the first: `+0.5 +1.5 +3.5 s`. */
export function repeatOffsets(ladder: Ladder, row: MessageRow): string {
  const few = row.repeats.slice(0, 4).map((index) => {
    const after = (ladder.messages[index]!.time - row.message.time) / 1e6;
    return `+${show(Math.round(after * 1000) / 1000, preferences.locale)}`;
  });
  return `${few.join(' ')}${row.repeats.length > few.length ? ' …' : ''} s`;
}

/** What the arrow carries: the words of ours in it in the reader's language, those of the protocol as they are. */
const summaryText = (summary: string): string =>
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
  hold: ladderText.hold,
  retrieve: ladderText.retrieve,
};

/** What stands beside the arrow in words: what it carries, and that its direction is not sure. */
export const carriedText = ({ summary, inferred }: Pick<LadderMessage, 'summary' | 'inferred'>): string =>
  [summaryText(summary), inferred ? t(ladderText.inferred) : ''].filter((part) => part !== '').join(' · ');
/** Behind the method or the code of an arrow whose direction is not sure. */
export const unsure = '?';

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
  const repeated = row.repeats.length > 0 ? t(ladderText.arrowRepeated, { count: row.repeats.length }) : '';
  return `${words}${repeated}${message.inferred ? `, ${t(ladderText.inferred)}` : ''}`;
}

/** What packets tell beside SIP. Keys that were pressed may be a code: `hidden` counts them. */
export function markText({ what, values }: LadderMark, hidden = false): string {
  switch (what) {
    case 'dtmf':
      return t(ladderText.dtmf, {
        digits: hidden ? `×${show(values['count']!, preferences.locale)}` : values['digits']!,
      });
    case 'tls':
      return t(ladderText.tls, values);
    case 'tls-silent':
      return t(ladderText.tlsSilent, values);
    case 'alert': {
      const code = Number(values['code']);
      return code === 255
        ? t(ladderText.alertHidden)
        : t(ladderText.alert, { code, name: Object.hasOwn(alertNames, code) ? alertNames[code]! : '' });
    }
    case 'refused':
      return t(ladderText.refusedTcp, values);
    case 'reset':
      return t(ladderText.resetTcp, values);
    case 'name-silent':
      return t(ladderText.nameSilent, values);
    case 'name-unknown':
      return t(ladderText.nameUnknown, { ...values, code: nameCodes[Number(values['code'])] ?? values['code']! });
    case 'fragments':
      return t(ladderText.fragments, values);
    case 'hole':
      return t(ladderText.hole, values);
    case 'comment':
      return t(ladderText.comment, values);
  }
}

/** What a side note says, without where it stands. */
export function noteText({ note }: NoteRow, hidden = false): string {
  if (note.finding !== undefined) return findingTitle(note.finding).title;
  return note.mark ? markText(note.mark, hidden) : `${note.source} ${note.text}`;
}

/** `SRTP`, `RTP`, `T.38`. */
export const streamKind = ({ media: { stream } }: StreamRow): string =>
  stream.kind === 't38' ? 'T.38' : stream.secure ? 'SRTP' : 'RTP';

/** `PCMA · 6.8 % lost · jitter 38 ms · MOS 3.9`. */
export function streamText({ media: { stream, alone } }: StreamRow): string {
  const { codec, packets, jitter, mos } = stream;
  const { locale } = preferences;
  return [
    codec.replace(/\/.*$/, ''),
    packets > 0 ? t(ladderText.lost, { share: { percent: lostShare(stream) * 100 } }) : '',
    Number.isNaN(jitter) ? '' : t(ladderText.jitter, { time: { duration: Math.round(jitter / 1000) * 1000 } }),
    mos ? t(ladderText.mos, { value: show(Math.round(mos.mos * 10) / 10, locale) }) : '',
    Number.isNaN(alone) ? '' : t(ladderText.oneWay, { time: { duration: alone } }),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
export const lostShare = ({ packets, lost }: { readonly packets: number; readonly lost: number }): number =>
  packets + lost === 0 ? 0 : lost / (packets + lost);

/** The limits loss above 1 and 3 %, jitter above 30 and 50 ms; nothing came back for seconds. */
export function streamLevel({ media: { stream, alone } }: StreamRow): 'error' | 'warning' | undefined {
  const lost = lostShare(stream);
  if (lost > 0.03 || stream.jitter > 50_000) return 'error';
  return lost > 0.01 || stream.jitter > 30_000 || !Number.isNaN(alone) ? 'warning' : undefined;
}

export function streamLabel(ladder: Ladder, row: StreamRow, start: number): string {
  const { stream, from, to } = row.media;
  return t(ladderText.streamLabel, {
    kind: streamKind(row),
    from: laneWord(ladder, from) || stream.source,
    to: laneWord(ladder, to) || stream.target,
    time: t(ladderText.secondsOf, { time: seconds(stream.start - start) }),
    what: streamText(row),
  });
}

export function noteLabel(row: NoteRow, start: number): string {
  const { note } = row;
  return t(note.finding !== undefined ? ladderText.findingLabel : ladderText.noteLabel, {
    what: noteText(row),
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

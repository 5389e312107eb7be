/** A ladder as text: for a ticket, a terminal, or Mermaid. Hosts and numbers as shown; no secret is in a start line. */
import type { Ladder, LadderMessage } from '../../analysis/desk';
import type { Row } from './rows';
import { laneName, legLetter, noteText, startText, streamKind, streamText, carriedText } from './words';

/**
 *            zoom          mbg           mivb
 *   0.000000 |             |<-INVITE-1a--|  PCMA PCMU · offer
 *   0.012000 |             |--100-1a---->|  Trying
 *
 *   zoom: 203.0.113.24:5060
 *
 * Labels are `METHOD-CSeq` or `status-CSeq` with the letter of the leg (`z` = outside the call), `status:METHOD-CSeq` where
 * the request was no INVITE; what stands behind the last lane is for people.
 */
export function textLadder(ladder: Ladder, rows: readonly Row[]): string {
  const names = laneWords(ladder);
  const start = ladder.messages[0]?.time ?? 0;
  const digits = rows.some((row) => row.kind === 'message' && Math.round(row.message.time - start) % 1000 !== 0)
    ? 6
    : 3;
  const labels = rows.map((row) => (row.kind === 'message' ? labelOf(ladder, row.message) : ''));
  const width = Math.max(14, ...labels.map(({ length }) => length + 6), ...names.map(({ length }) => length + 1));
  const first = digits + 8;
  const at = (lane: number): number => first + lane * width;
  const bars = (): string[] => {
    const line = [...''.padEnd(at(ladder.lanes.length - 1) + 1)];
    ladder.lanes.forEach((_, lane) => (line[at(lane)] = '|'));
    return line;
  };
  const lines = [names.reduce((line, name, lane) => line.padEnd(at(lane)) + name, '')];
  rows.forEach((row, n) => {
    if (row.kind === 'gap') return;
    const line = bars();
    let aside: string;
    let time: number;
    if (row.kind === 'message') {
      const { message } = row;
      ({ time } = message);
      const [left, right] = [Math.min(message.from, message.to), Math.max(message.from, message.to)];
      if (left !== right) {
        [...arrow(labels[n]!, at(right) - at(left) - 1, message.to > message.from)].forEach(
          (sign, index) => (line[at(left) + 1 + index] = sign),
        );
      }
      aside = [
        left === right ? `${labels[n]} (${names[left]})` : '',
        message.status > 0 ? message.reason : '',
        carriedText(message),
      ]
        .filter((part) => part !== '')
        .join(' · ');
    } else if (row.kind === 'note') {
      ({ time } = row.note);
      aside = `* ${names[row.note.lane] ?? ''}: ${noteText(row, true)}`;
    } else {
      const { stream, from, to } = row.media;
      time = stream.start;
      aside = `* ${streamKind(row)} ${names[from] ?? stream.source} -> ${names[to] ?? stream.target} ${streamText(row)}`;
    }
    const clock = (Math.max(0, time - start) / 1e6).toFixed(digits).padStart(first - 1);
    lines.push(`${clock} ${line.join('').slice(first)}  ${oneLine(aside)}`.trimEnd());
  });
  const legend = ladder.lanes.map((lane, n) => {
    const name = oneLine(laneName(lane));
    const ports = lane.ports.length > 0 ? `:${lane.ports.join('+')}` : '';
    const hosts = [lane.host, ...(lane.also ?? [])].map((host) => (host.includes(':') ? `[${host}]` : host) + ports);
    return `${names[n]}: ${name === lane.host ? '' : `${name} `}${oneLine(hosts.join(' '))}`;
  });
  const calls = ladder.legs.map(({ letter, callId }) => `${letter}: ${oneLine(callId)}`);
  return `${[...lines, '', ...legend, ...calls].join('\n')}\n`;
}

/** A name without blanks for each lane, no two alike. */
function laneWords({ lanes }: Ladder): string[] {
  const used = new Set<string>();
  return lanes.map((lane) => {
    const plain = oneLine(laneName(lane)).replace(/\s+/g, '_').slice(0, 24) || 'host';
    let name = plain;
    for (let n = 2; used.has(name); n++) name = `${plain}_${n}`;
    used.add(name);
    return name;
  });
}

function labelOf(ladder: Ladder, { method, status, cseq, leg }: LadderMessage): string {
  const plain = method.replace(/[^A-Z]/g, '') || 'UNKNOWN';
  const letter = leg < 0 ? 'z' : ladder.legs.length > 1 ? legLetter(ladder, leg).toLowerCase().slice(-1) : '';
  const isCall = ladder.call !== undefined;
  return `${status === 0 ? plain : plain === 'INVITE' ? status : `${status}:${plain}`}-${cseq}${isCall ? letter : ''}`;
}

function arrow(label: string, room: number, right: boolean): string {
  const before = Math.floor((room - label.length) / 2);
  const line = `${'-'.repeat(before)}${label}${'-'.repeat(room - label.length - before)}`;
  return right ? `${line.slice(0, -1)}>` : `<${line.slice(1)}`;
}

/** Nothing that would end the line or pass for a lane. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029|]+/g, ' ').trim();

/** Mermaid's sequence diagram; names and labels stripped of what its grammar would read. */
export function mermaidLadder(ladder: Ladder, rows: readonly Row[]): string {
  const plain = (text: string): string =>
    text
      .replace(/[\u0000-\u001f\u007f\u2028\u2029;#:<>{}"'`%\\+@()[\]]+/g, ' ')
      .replace(/-{2,}/g, '-')
      .trim()
      .slice(0, 200) || '-';
  const lines = ['sequenceDiagram'];
  ladder.lanes.forEach((lane, index) =>
    lines.push(`  participant L${index} as ${plain(`${laneName(lane)} ${lane.host.replaceAll(':', '.')}`)}`),
  );
  for (const row of rows) {
    if (row.kind === 'message') {
      const { message } = row;
      const words = [
        `${startText(message)}${row.repeats.length > 0 ? ` ×${row.repeats.length + 1}` : ''}`,
        message.leg >= 0 && ladder.legs.length > 1 ? legLetter(ladder, message.leg) : '',
        carriedText(message),
      ];
      const sign = message.status > 0 ? '-->>' : '->>';
      lines.push(`  L${message.from}${sign}L${message.to}: ${plain(words.filter((word) => word).join(' · '))}`);
    } else if (row.kind === 'note') lines.push(`  Note over L${row.note.lane}: ${plain(noteText(row, true))}`);
    else if (row.kind === 'stream') {
      const ends = [row.media.from, row.media.to].filter((lane) => lane >= 0).sort((a, b) => a - b);
      lines.push(
        `  Note over ${ends.map((lane) => `L${lane}`).join(',')}: ${plain(`${streamKind(row)} ${streamText(row)}`)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A ladder as text: for a ticket, a terminal, or Mermaid. Hosts and numbers as shown; no secret is in a start line. */
import type { Ladder } from '../../analysis/desk';
import { laneName, startText } from './words';

/**
 *          zoom          mbg           mivb
 *   0.000  |--INVITE---->|             |
 */
export function textLadder(ladder: Ladder): string {
  const names = ladder.lanes.map(laneName);
  const width = Math.max(22, ...ladder.messages.map((message) => startText(message).length + 8));
  const start = ladder.messages[0]?.time ?? 0;
  const at = (lane: number): number => 12 + lane * width;
  const lines = [
    names.reduce((line, name, lane) => line.padEnd(at(lane)) + name.slice(0, width - 2), ''),
    ladder.lanes.reduce((line, { host }, lane) => line.padEnd(at(lane)) + host.slice(0, width - 2), ''),
  ];
  for (const message of ladder.messages) {
    const line = [...''.padEnd(at(ladder.lanes.length - 1) + 1)];
    ladder.lanes.forEach((_, lane) => (line[at(lane)] = '|'));
    const [left, right] = [Math.min(message.from, message.to), Math.max(message.from, message.to)];
    const label = startText(message);
    if (left === right) {
      [...` (${label})`].forEach((sign, index) => (line[at(left) + 1 + index] = sign));
    }
    const room = at(right) - at(left) - 1;
    const body = label.slice(0, Math.max(0, room - 3));
    const before = Math.floor((room - body.length) / 2);
    const arrow = `${'-'.repeat(Math.max(0, before))}${body}${'-'.repeat(Math.max(0, room - before - body.length))}`;
    const drawn = message.to > message.from ? `${arrow.slice(0, -1)}>` : `<${arrow.slice(1)}`;
    if (left !== right) [...drawn].forEach((sign, index) => (line[at(left) + 1 + index] = sign));
    const time = ((message.time - start) / 1e6).toFixed(3).padStart(10);
    lines.push(`${time}${line.join('').slice(10)}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

/** Mermaid's sequence diagram; names and labels stripped of what its grammar would read. */
export function mermaidLadder(ladder: Ladder): string {
  const plain = (text: string): string => text.replace(/[;#:<>\n\r{}"]/g, ' ').trim();
  const lines = ['sequenceDiagram'];
  ladder.lanes.forEach((lane, index) =>
    lines.push(`  participant L${index} as ${plain(`${laneName(lane)} ${lane.host.replaceAll(':', '.')}`)}`),
  );
  for (const message of ladder.messages) {
    lines.push(`  L${message.from}${message.status > 0 ? '-->>' : '->>'}L${message.to}: ${plain(startText(message))}`);
  }
  return `${lines.join('\n')}\n`;
}

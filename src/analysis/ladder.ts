/** The rows of one ladder: messages with repeats and second sightings told apart, and what else happened meanwhile. */
import { SECOND } from '../base/time';
import { directions, level, transports } from '../evidence/schema';
import { describeCalls } from './calls';
import type { Ladder, LadderLane, LadderMessage, LadderNote, LadderOf } from './desk';
import { hostRoles, orderLanes } from './lanes';
import { describeRegistrations } from './registrations';
import type { View } from './view';

/** Side notes: so much before and after the messages, and at most so many. */
const margin = 5 * SECOND;
const maxNotes = 500;

export function ladderOf(view: View, of: LadderOf): Ladder {
  const { evidence, links } = view;
  const { messages, strings } = evidence;
  const call = of.kind === 'call' ? describeCalls(view, [of.row])[0] : undefined;
  const registration = of.kind === 'registration' ? describeRegistrations(view, [of.row])[0] : undefined;
  const rows =
    call !== undefined
      ? links.callMessages(call.row)
      : registration !== undefined
        ? links.registrationMessages(registration.row)
        : new Uint32Array(0);
  const lanes = lanesOf(view, rows);
  const laneOf = new Map(lanes.map(({ host }, index) => [host, index]));
  const legRows = [...new Set([...rows].map((row) => links.legOf[row]!))].filter((leg) => leg >= 0);
  const legOf = new Map(legRows.map((leg, index) => [leg, index]));
  const originals = new Map<number, number>();
  const list: LadderMessage[] = [];
  const sightings = new Map<number, number>();
  for (const row of rows) {
    const original = links.duplicateOf[row]!;
    if (original >= 0) {
      sightings.set(original, (sightings.get(original) ?? 1) + 1);
      continue;
    }
    originals.set(row, list.length);
    list.push({
      row,
      time: view.clock.messages[row]!,
      from: laneOf.get(strings.text(messages.source[row]!))!,
      to: laneOf.get(strings.text(messages.target[row]!))!,
      method: strings.text(messages.method[row]!),
      status: messages.status[row]!,
      reason: strings.text(messages.reason[row]!),
      cseq: messages.cseq[row]!,
      leg: legOf.get(links.legOf[row]!) ?? -1,
      transaction: links.transactionOf[row]!,
      dialog: links.dialogOf[row]!,
      summary: summary(view, row),
      transport: transports[messages.transport[row]!] ?? '',
      repeats: originals.get(links.repeatOf[row]!) ?? -1,
      sightings: 1,
    });
  }
  return {
    title: call ? { from: call.from, to: call.to } : { from: registration?.aor ?? '', to: registration?.host ?? '' },
    lanes,
    messages: list.map((message) => ({ ...message, sightings: sightings.get(message.row) ?? 1 })),
    notes: notesOf(view, list, lanes, call?.findings ?? registration?.findings ?? []),
    legs: legRows.map((leg, index) => ({
      callId: strings.text(links.legs.callId[leg]!),
      letter: String.fromCharCode(65 + Math.min(index, 25)),
    })),
    ...(call ? { call } : {}),
    ...(registration ? { registration } : {}),
  };
}

function lanesOf(view: View, rows: Uint32Array): LadderLane[] {
  const { messages, strings } = view.evidence;
  const ports = new Map<string, Set<number>>();
  for (const row of rows) {
    for (const [host, port] of [
      [messages.source[row]!, messages.sourcePort[row]!],
      [messages.target[row]!, messages.targetPort[row]!],
    ] as const) {
      const name = strings.text(host);
      let known = ports.get(name);
      if (!known) ports.set(name, (known = new Set()));
      if (known.size < 8) known.add(port);
    }
  }
  const roles = hostRoles(view);
  const named = new Map((view.facts.hosts?.value ?? []).map(({ address, name }) => [address, name]));
  return orderLanes(view, [...ports.keys()]).map((host) => {
    const role = roles.get(host);
    return {
      host,
      name: view.notes.lanes[host] ?? named.get(host) ?? '',
      ports: [...ports.get(host)!].sort((a, b) => a - b),
      ...(role === undefined ? {} : { role }),
    };
  });
}

/** What the arrow carries, in a few words: offered media, granted expiry, credentials. */
function summary(view: View, row: number): string {
  const { media, messages, strings } = view.evidence;
  const { start } = mediaIndex(view);
  const parts: string[] = [];
  for (let line = start.get(row) ?? media.length; line < media.length && media.message[line] === row; line++) {
    const codecs = strings
      .text(media.formats[line]!)
      .split(', ')
      .map((format) => format.replace(/^\d+ /, '').replace(/\/\d+.*$/, ''))
      .filter((codec) => codec !== 'telephone-event');
    const direction = directions[media.direction[line]!] ?? '';
    parts.push(
      [
        strings.text(media.kind[line]!) === 'audio' ? '' : strings.text(media.kind[line]!),
        strings
          .text(media.profile[line]!)
          .replace(/^RTP\//, '')
          .replace(/^AVP$/, ''),
        codecs.slice(0, 3).join(' '),
        direction === 'sendrecv' ? '' : direction,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }
  if (messages.expires[row]! >= 0 && strings.text(messages.method[row]!) === 'REGISTER') {
    parts.push(`expires ${messages.expires[row]}`);
  }
  return parts.join(' · ');
}

const indexes = new WeakMap<object, { readonly start: ReadonlyMap<number, number> }>();
function mediaIndex({ evidence: { media } }: View): { readonly start: ReadonlyMap<number, number> } {
  let index = indexes.get(media);
  if (!index) {
    const start = new Map<number, number>();
    for (let line = media.length - 1; line >= 0; line--) start.set(media.message[line]!, line);
    indexes.set(media, (index = { start }));
  }
  return index;
}

function notesOf(
  view: View,
  messages: readonly LadderMessage[],
  lanes: readonly LadderLane[],
  findings: readonly number[],
): LadderNote[] {
  const [first, last] = [messages[0], messages.at(-1)];
  if (!first || !last) return [];
  const { lines, artifacts, strings } = view.evidence;
  const [from, to] = [first.time - margin, last.time + margin];
  const border = Math.max(
    0,
    lanes.findIndex(({ role }) => role === 'border'),
  );
  const notes: LadderNote[] = [];
  for (let row = 0; row < lines.length && notes.length < maxNotes; row++) {
    const time = view.clock.lines[row]!;
    if (lines.level[row]! < level.warning || !(time >= from && time <= to)) continue;
    notes.push({
      time,
      lane: border,
      kind: 'line',
      level: lines.level[row]!,
      source: artifacts[lines.artifact[row]!]!.path.split('/').at(-1)!,
      text: strings.text(lines.shape[row]!),
      line: row,
    });
  }
  for (const index of findings) {
    const finding = view.findings[index]!;
    const place = finding.at.find(({ artifact, offset }) =>
      messages.some(
        ({ row }) => view.evidence.messages.artifact[row] === artifact && view.evidence.messages.offset[row] === offset,
      ),
    );
    const message = messages.find(
      ({ row }) =>
        place &&
        view.evidence.messages.artifact[row] === place.artifact &&
        view.evidence.messages.offset[row] === place.offset,
    );
    if (!message) continue;
    notes.push({
      time: message.time,
      lane: message.to,
      kind: 'finding',
      level: 0,
      source: finding.rule,
      text: '',
      finding: index,
    });
  }
  return notes.sort((a, b) => a.time - b.time);
}

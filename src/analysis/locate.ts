import type { At } from '../evidence/evidence';
import type { Location } from './desk';
import { roster } from './user-index';
import { timeline } from './timeline';
import type { View } from './view';

interface Places {
  readonly length: number;
  readonly artifact: ArrayLike<number>;
  readonly offset: ArrayLike<number>;
  readonly size: ArrayLike<number>;
}

/**
 * Where a place in the evidence is seen: a message in its call or registration, a report row among the users, a log line
 * or event in the timeline, anything else in the preview of its file.
 */
export function locate(view: View, at: At): Location | undefined {
  const { evidence, links } = view;
  const { users, lines, events } = evidence;
  if (at.artifact < 0 || at.artifact >= evidence.artifacts.length) return undefined;
  const line = timeline(view);
  const message = messageAt(view, at);
  if (message >= 0) {
    const call = links.callOf[message]!;
    if (call >= 0) return { view: 'calls', call, message };
    const registration = links.registrationOf[message]!;
    if (registration >= 0) return { view: 'registrations', registration, message };
    return { view: 'logs', row: line.messages + message };
  }
  const user = at.row === undefined ? rowAt(users, at) : rowNumbered(users, users.row, at.artifact, at.row);
  if (user >= 0) {
    return roster(evidence).place[user]! >= 0
      ? { view: 'users', row: user }
      : { view: 'evidence', artifact: at.artifact, offset: users.offset[user]! };
  }
  const log = at.line === undefined ? rowAt(lines, at) : rowNumbered(lines, lines.number, at.artifact, at.line);
  if (log >= 0) return { view: 'logs', row: log };
  const event = at.row === undefined ? rowAt(events, at) : rowNumbered(events, events.row, at.artifact, at.row);
  if (event >= 0) return { view: 'logs', row: line.events + event };
  return { view: 'evidence', artifact: at.artifact, offset: at.offset };
}

/** A frame number may hold several messages: the span decides, else the first message of the frame. */
function messageAt({ evidence: { messages } }: View, at: At): number {
  let first = -1;
  for (let row = 0; row < messages.length; row++) {
    if (messages.artifact[row] !== at.artifact) continue;
    const offset = messages.offset[row]!;
    if (at.offset >= offset && at.offset < offset + Math.max(1, messages.size[row]!)) return row;
    if (first < 0 && at.packet !== undefined && messages.packet[row] === at.packet) first = row;
  }
  return first;
}

function rowAt(table: Places, at: At): number {
  for (let row = 0; row < table.length; row++) {
    if (table.artifact[row] !== at.artifact) continue;
    const offset = table.offset[row]!;
    if (at.offset >= offset && at.offset < offset + Math.max(1, table.size[row]!)) return row;
  }
  return -1;
}

function rowNumbered(table: Places, numbers: ArrayLike<number>, artifact: number, number: number): number {
  for (let row = 0; row < table.length; row++) {
    if (table.artifact[row] === artifact && numbers[row] === number) return row;
  }
  return -1;
}

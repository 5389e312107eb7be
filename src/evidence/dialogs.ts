/** Dialogs, RFC 3261 §12: Call-ID and both tags, whoever sends. A forked INVITE makes several. */
import { linkSchemas } from './links';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { blankTable, type Table } from './table';

export interface Dialogs {
  readonly table: Table<(typeof linkSchemas)['dialogs']>;
  readonly dialogOf: Int32Array;
}

/** A 1xx or 2xx with a To tag to one of these makes a dialog (§12.1; RFC 6665 §4.1, RFC 3515 §2.4). */
const makers = ['INVITE', 'SUBSCRIBE', 'REFER'];
/** A request of these with a To tag stands in a dialog, though its start may not have been captured. */
const inside = ['INVITE', 'BYE', 'UPDATE', 'PRACK', 'INFO', 'REFER', 'NOTIFY', 'SUBSCRIBE'];

export function findDialogs(evidence: Evidence, order: Uint32Array): Dialogs {
  const { messages, strings } = evidence;
  const [creates, stands] = [makers, inside].map((methods) => {
    const flags = new Uint8Array(strings.size);
    for (const name of methods) if (strings.find(name) > 0) flags[strings.find(name)] = 1;
    return flags;
  }) as [Uint8Array, Uint8Array];
  const opening: number[] = [];
  const keys = createIntern(messages.length >> 3);
  // the first dialog of an initiator, for its messages that have no To tag yet
  const initiators = createIntern(messages.length >> 3);
  /** By Call-ID the message of which this was told last, counted from 1: the next one is mostly of the same dialog. */
  const newestOf = new Int32Array(strings.size);
  const isSame = (row: number, before: number): boolean =>
    before !== -1 &&
    ((messages.fromTag[row] === messages.fromTag[before] && messages.toTag[row] === messages.toTag[before]) ||
      (messages.toTag[row] !== 0 &&
        messages.fromTag[row] !== 0 &&
        messages.fromTag[row] === messages.toTag[before] &&
        messages.toTag[row] === messages.fromTag[before]));
  const firstOf: number[] = [];
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const callId = messages.callId[row]!;
    const from = messages.fromTag[row]!;
    const to = messages.toTag[row]!;
    if (to === 0 || callId === 0) continue;
    const status = messages.status[row]!;
    const method = messages.method[row]!;
    const makes = status === 0 ? stands[method] === 1 : status > 100 && status < 300 && creates[method] === 1;
    if (!makes || isSame(row, newestOf[callId]! - 1)) continue;
    newestOf[callId] = row + 1;
    if (keys.id(callId, Math.min(from, to), Math.max(from, to)) < opening.length) continue;
    const initiator = initiators.id(callId, from);
    if (initiator === firstOf.length) firstOf.push(opening.length);
    opening.push(row);
  }
  const table = blankTable(linkSchemas.dialogs, opening.length);
  opening.forEach((row, dialog) => {
    table.callId[dialog] = messages.callId[row]!;
    table.fromTag[dialog] = messages.fromTag[row]!;
    table.toTag[dialog] = messages.toTag[row]!;
  });
  const dialogOf = new Int32Array(messages.length).fill(-1);
  newestOf.fill(0);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const callId = messages.callId[row]!;
    const from = messages.fromTag[row]!;
    const to = messages.toTag[row]!;
    if (callId === 0) continue;
    const before = newestOf[callId]! - 1;
    newestOf[callId] = row + 1;
    let dialog = -1;
    if (isSame(row, before)) dialog = dialogOf[before]!;
    else if (to !== 0) dialog = keys.find(callId, Math.min(from, to), Math.max(from, to));
    else {
      const initiator = initiators.find(callId, from);
      if (initiator !== -1) dialog = firstOf[initiator]!;
    }
    dialogOf[row] = dialog;
    if (dialog !== -1 && table.messages[dialog]!++ === 0) table.first[dialog] = row;
  }
  return { table, dialogOf };
}

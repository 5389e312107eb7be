/** Dialogs, RFC 3261 §12: Call-ID and both tags, whoever sends. A forked INVITE makes several. */
import { linkSchemas } from './links';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { builder, type Table } from './table';

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
  const idsOf = (names: readonly string[]): Set<number> =>
    new Set(names.map((name) => strings.find(name)).filter((id) => id > 0));
  const makerIds = idsOf(makers);
  const insideIds = idsOf(inside);
  const rows = builder(linkSchemas.dialogs);
  const keys = createIntern();
  // the first dialog of an initiator, for its messages that have no To tag yet
  const initiators = createIntern();
  const firstOf: number[] = [];
  const key = (row: number, make: boolean): number => {
    const from = messages.fromTag[row]!;
    const to = messages.toTag[row]!;
    const number = make ? keys.id : keys.find;
    return from < to ? number(messages.callId[row]!, from, to) : number(messages.callId[row]!, to, from);
  };
  for (const row of order) {
    if (messages.toTag[row] === 0 || messages.callId[row] === 0) continue;
    const status = messages.status[row]!;
    const makes =
      status === 0
        ? insideIds.has(messages.method[row]!)
        : status > 100 && status < 300 && makerIds.has(messages.method[row]!);
    if (!makes) continue;
    const dialog = key(row, true);
    if (dialog < rows.length) continue;
    const callId = messages.callId[row]!;
    rows.add({ callId, fromTag: messages.fromTag[row]!, toTag: messages.toTag[row]!, first: row });
    const initiator = initiators.id(callId, messages.fromTag[row]!);
    if (initiator === firstOf.length) firstOf.push(dialog);
  }
  const dialogOf = new Int32Array(messages.length).fill(-1);
  const table = rows.seal();
  for (const row of order) {
    if (messages.callId[row] === 0) continue;
    let dialog = -1;
    if (messages.toTag[row] !== 0) dialog = key(row, false);
    else {
      const initiator = initiators.find(messages.callId[row]!, messages.fromTag[row]!);
      if (initiator !== -1) dialog = firstOf[initiator]!;
    }
    dialogOf[row] = dialog;
    if (dialog === -1) continue;
    if (table.messages[dialog]!++ === 0) table.first[dialog] = row;
  }
  return { table, dialogOf };
}

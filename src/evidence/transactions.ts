/**
 * Transactions, RFC 3261 §17.1.3 and §17.2.3: same top-Via branch, sent-by and method; ACK goes with its INVITE. Call-ID
 * and CSeq are part of the key, because some user agents write one branch into everything.
 */
import { linkSchemas } from './links';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import { builder, type Table } from './table';

export interface Transactions {
  readonly table: Table<(typeof linkSchemas)['transactions']>;
  readonly transactionOf: Int32Array;
  readonly repeatOf: Int32Array;
}

export function findTransactions(evidence: Evidence, order: Uint32Array, duplicateOf: Int32Array): Transactions {
  const { messages, strings } = evidence;
  const ACK = strings.find('ACK');
  const INVITE = strings.id('INVITE');
  const rows = builder(linkSchemas.transactions, Math.max(64, messages.length >> 2));
  const transactionOf = new Int32Array(messages.length).fill(-1);
  const repeatOf = new Int32Array(messages.length).fill(-1);
  const hops = createIntern(messages.length);
  const flows = createIntern();
  const copies = createIntern(messages.length);
  const original: number[] = [];
  // INVITE transactions of one CSeq, for the ACK to a 2xx, which has a branch of its own
  const invites = createIntern();
  const newestInvite: number[] = [];
  const olderInvite = new Map<number, number>();

  const open = (row: number, method: number): number => {
    const hop = hops.id(
      messages.branch[row]!,
      messages.sentBy[row]!,
      messages.callId[row]!,
      messages.cseq[row]!,
      method,
    );
    if (hop === rows.length) {
      rows.add({ method });
      if (method === INVITE) {
        const attempt = invites.id(messages.callId[row]!, messages.cseq[row]!, messages.fromTag[row]!);
        if (newestInvite[attempt] !== undefined) olderInvite.set(hop, newestInvite[attempt]);
        newestInvite[attempt] = hop;
      }
    }
    return hop;
  };
  const acknowledged = (row: number): number => {
    const exact = hops.find(
      messages.branch[row]!,
      messages.sentBy[row]!,
      messages.callId[row]!,
      messages.cseq[row]!,
      INVITE,
    );
    if (exact !== -1) return exact;
    const attempt = invites.find(messages.callId[row]!, messages.cseq[row]!, messages.fromTag[row]!);
    let best = -1;
    let bestFit = -1;
    for (let at = attempt === -1 ? undefined : newestInvite[attempt]; at !== undefined; at = olderInvite.get(at)) {
      const request = rows.columns.request[at]!;
      const status = rows.columns.status[at]!;
      const sameSource = request !== -1 && messages.source[request] === messages.source[row];
      const sameTarget = request !== -1 && messages.target[request] === messages.target[row];
      const fit = (sameSource ? 4 : 0) + (sameTarget ? 2 : 0) + (status >= 200 && status < 300 ? 1 : 0);
      if (fit >= bestFit) {
        best = at;
        bestFit = fit;
      }
    }
    return best === -1 ? open(row, INVITE) : best;
  };

  for (const row of order) {
    if (duplicateOf[row] !== -1) {
      transactionOf[row] = transactionOf[duplicateOf[row]!]!;
      continue;
    }
    const status = messages.status[row]!;
    const ack = messages.method[row] === ACK && ACK > 0;
    const transaction = ack ? acknowledged(row) : open(row, messages.method[row]!);
    transactionOf[row] = transaction;

    const flow = flows.id(
      messages.source[row]!,
      messages.target[row]!,
      messages.sourcePort[row]! * 65536 + messages.targetPort[row]!,
    );
    // 1 = ACK beside the requests (0) and the status codes; a provisional answer with other bytes is news, not a repeat
    const what = ack ? 1 : status;
    const copy = copies.id(
      transaction,
      what,
      flow,
      status > 0 && status < 200 ? messages.digest[row]! : messages.toTag[row]!,
    );
    const columns = rows.columns;
    if (original[copy] !== undefined) {
      repeatOf[row] = original[copy];
      if (what === 0) columns.repeats[transaction]!++;
      continue;
    }
    original[copy] = row;
    if (ack) {
      if (columns.ack[transaction] === -1) columns.ack[transaction] = row;
    } else if (status === 0) {
      if (columns.request[transaction] === -1) columns.request[transaction] = row;
    } else if (status >= 200) {
      if (columns.final[transaction] === -1) {
        columns.final[transaction] = row;
        columns.status[transaction] = status;
      }
    } else if (status > 100 && columns.ringing[transaction] === -1) columns.ringing[transaction] = row;
  }
  return { table: rows.seal(), transactionOf, repeatOf };
}

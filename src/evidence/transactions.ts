/**
 * Transactions, RFC 3261 §17.1.3 and §17.2.3: same top-Via branch, sent-by and method; ACK goes with its INVITE. Call-ID
 * and CSeq are part of the key, because some user agents write one branch into everything.
 */
import { SECOND } from '../base/time';
import type { linkSchemas } from './links';
import type { Evidence } from './evidence';
import { createIntern } from './intern';
import type { Table } from './table';

export interface Transactions {
  readonly table: Table<(typeof linkSchemas)['transactions']>;
  readonly transactionOf: Int32Array;
  readonly repeatOf: Int32Array;
}

/** 64·T1 twice over: no sender repeats a request so long after anything was heard of it. */
const over = 64 * SECOND;

export function findTransactions(
  evidence: Evidence,
  times: Float64Array,
  order: Uint32Array,
  duplicateOf: Int32Array,
): Transactions {
  const { messages, strings } = evidence;
  const ACK = strings.find('ACK');
  const INVITE = strings.id('INVITE');
  const absent = (): Int32Array => new Int32Array(messages.length).fill(-1);
  const method = new Uint32Array(messages.length);
  const [request, final, ringing, ack] = [absent(), absent(), absent(), absent()];
  const repeats = new Uint32Array(messages.length);
  const statuses = new Uint16Array(messages.length);
  let count = 0;
  const [transactionOf, repeatOf] = [absent(), absent()];
  const hops = createIntern(messages.length >> 1);
  const ofHop = absent();
  const lastTime = new Float64Array(messages.length);
  // the messages of a transaction that are no repeats, newest first
  const [newest, older] = [absent(), absent()];
  const kind = new Uint16Array(messages.length);
  // INVITE transactions of one CSeq, for the ACK to a 2xx, which has a branch of its own
  const invites = createIntern(messages.length >> 3);
  const [newestInvite, olderInvite] = [absent(), absent()];
  /** By Call-ID the newest message whose own key is that of its transaction, counted from 1. */
  const newestOf = new Int32Array(strings.size);

  /** The transaction of the message before with the same Call-ID, where it is of the same key: most are. */
  const same = (row: number, of: number): number => {
    const before = newestOf[messages.callId[row]!]! - 1;
    return before !== -1 &&
      messages.branch[before] === messages.branch[row] &&
      messages.sentBy[before] === messages.sentBy[row] &&
      messages.cseq[before] === messages.cseq[row] &&
      method[transactionOf[before]!] === of
      ? transactionOf[before]!
      : -1;
  };

  const isStale = (row: number, transaction: number): boolean =>
    messages.status[row] === 0 && times[row]! - lastTime[transaction]! > over;
  const open = (row: number, of: number): number => {
    const known = same(row, of);
    newestOf[messages.callId[row]!] = row + 1;
    if (known !== -1 && !isStale(row, known)) return known;
    const hop = hops.id(messages.branch[row]!, messages.sentBy[row]!, messages.callId[row]!, messages.cseq[row]!, of);
    let transaction = ofHop[hop]!;
    // a key that comes back after the last timer is a new transaction of a device that counts from 1 again
    if (transaction === -1 || isStale(row, transaction)) {
      transaction = ofHop[hop] = count++;
      method[transaction] = of;
      if (of === INVITE) {
        const attempt = invites.id(messages.callId[row]!, messages.cseq[row]!, messages.fromTag[row]!);
        olderInvite[transaction] = newestInvite[attempt]!;
        newestInvite[attempt] = transaction;
      }
    }
    return transaction;
  };
  const acknowledged = (row: number): number => {
    const known = same(row, INVITE);
    if (known !== -1) return known;
    const exact = hops.find(
      messages.branch[row]!,
      messages.sentBy[row]!,
      messages.callId[row]!,
      messages.cseq[row]!,
      INVITE,
    );
    if (exact !== -1) return ofHop[exact]!;
    const attempt = invites.find(messages.callId[row]!, messages.cseq[row]!, messages.fromTag[row]!);
    let best = -1;
    let bestFit = -1;
    let at = attempt === -1 ? -1 : newestInvite[attempt]!;
    for (let hop = 0; at !== -1 && hop < maxHops; hop++, at = olderInvite[at]!) {
      const asked = request[at]!;
      const status = statuses[at]!;
      const sameSource = asked !== -1 && messages.source[asked] === messages.source[row];
      const sameTarget = asked !== -1 && messages.target[asked] === messages.target[row];
      const fit = (sameSource ? 4 : 0) + (sameTarget ? 2 : 0) + (status >= 200 && status < 300 ? 1 : 0);
      if (fit >= bestFit) {
        best = at;
        bestFit = fit;
      }
    }
    return best === -1 ? open(row, INVITE) : best;
  };

  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (duplicateOf[row] !== -1) {
      transactionOf[row] = transactionOf[duplicateOf[row]!]!;
      continue;
    }
    const status = messages.status[row]!;
    const isAck = messages.method[row] === ACK && ACK > 0;
    const transaction = isAck ? acknowledged(row) : open(row, messages.method[row]!);
    transactionOf[row] = transaction;
    lastTime[transaction] = times[row]!;

    // 1 = ACK beside the requests (0) and the status codes
    const what = isAck ? 1 : status;
    let copy = newest[transaction]!;
    for (let step = 0; copy !== -1 && !isCopy(messages, row, copy, what, kind[copy]!); step++) {
      copy = step < maxKinds ? older[copy]! : -1;
    }
    if (copy !== -1) {
      repeatOf[row] = copy;
      if (what === 0) repeats[transaction]!++;
      continue;
    }
    kind[row] = what;
    older[row] = newest[transaction]!;
    newest[transaction] = row;
    if (isAck) {
      if (ack[transaction] === -1) ack[transaction] = row;
    } else if (status === 0) {
      if (request[transaction] === -1) request[transaction] = row;
    } else if (status >= 200) {
      if (final[transaction] === -1) {
        final[transaction] = row;
        statuses[transaction] = status;
      }
    } else if (status > 100 && ringing[transaction] === -1) ringing[transaction] = row;
  }
  const none = new Int32Array(count).fill(-1);
  const table = {
    length: count,
    method: method.slice(0, count),
    request: request.slice(0, count),
    final: final.slice(0, count),
    ringing: ringing.slice(0, count),
    ack: ack.slice(0, count),
    repeats: repeats.slice(0, count),
    status: statuses.slice(0, count),
    call: none,
    registration: none.slice(),
  };
  return { table, transactionOf, repeatOf };
}

/** Hops of one INVITE among which the owner of an ACK is looked for; Max-Forwards starts at 70 (§8.1.1.6). */
const maxHops = 70;
/** Messages of a transaction that are looked at for a repeat; a normal one has five. */
const maxKinds = 64;

/** Same kind, same way, and the same answer: a provisional one with other bytes is news, not a repeat. */
function isCopy(messages: Evidence['messages'], row: number, other: number, what: number, kind: number): boolean {
  return (
    what === kind &&
    messages.source[row] === messages.source[other] &&
    messages.target[row] === messages.target[other] &&
    messages.sourcePort[row] === messages.sourcePort[other] &&
    messages.targetPort[row] === messages.targetPort[other] &&
    (what > 1 && what < 200
      ? messages.digest[row] === messages.digest[other]
      : messages.toTag[row] === messages.toTag[other])
  );
}

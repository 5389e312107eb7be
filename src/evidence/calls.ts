/**
 * Legs (one Call-ID each) and calls. A leg belongs to a call where it holds a request of an INVITE dialog; which legs are
 * one call is told by `joins.ts`. What became of a call is what its first leg, the caller's side, was told.
 */
import { SECOND } from '../base/time';
import { linkSchemas, outcomes, type CallOutcome } from './links';
import type { Evidence } from './evidence';
import type { Transactions } from './transactions';
import { early } from './join-evidence';
import { joinLegs, type Joins } from './joins';
import type { LegsByHand } from './joins-by-hand';
import { blankTable, type Table } from './table';
import { groupRows } from './groups';

export interface Calls {
  readonly legs: Table<(typeof linkSchemas)['legs']>;
  readonly calls: Table<(typeof linkSchemas)['calls']>;
  readonly joins: Table<(typeof linkSchemas)['joins']>;
  readonly legOf: Int32Array;
  readonly callOf: Int32Array;
}

const callMethods = ['INVITE', 'ACK', 'BYE', 'CANCEL', 'PRACK', 'UPDATE'];
/** 64·T1, RFC 3261 §17.1.1.2: without any answer an INVITE is given up. */
export const timerB = 32 * SECOND;
/** Timer C, §16.6: while it rings, a proxy waits three minutes. */
export const timerC = 180 * SECOND;

export function findCalls(
  evidence: Evidence,
  times: Float64Array,
  order: Uint32Array,
  transactions: Transactions,
  dialogs: { readonly callId: Uint32Array; readonly length: number },
  coverage: Float64Array,
  sameHost: readonly (readonly string[])[] = [],
  hand?: LegsByHand,
  headers?: readonly string[],
): Calls {
  const { messages, strings } = evidence;
  const legOfCallId = new Int32Array(strings.size).fill(-1);
  const legOf = new Int32Array(messages.length).fill(-1);
  let legCount = 0;
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const callId = messages.callId[row]!;
    if (callId === 0) continue;
    if (legOfCallId[callId] === -1) legOfCallId[callId] = legCount++;
    legOf[row] = legOfCallId[callId]!;
  }
  const legs = blankTable(linkSchemas.legs, legCount);
  const isCall = new Uint8Array(strings.size);
  for (const name of callMethods) if (strings.find(name) > 0) isCall[strings.find(name)] = 1;
  const hasCall = new Uint8Array(legCount);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const leg = legOf[row]!;
    if (leg === -1) continue;
    if (legs.messages[leg]!++ === 0) {
      legs.first[leg] = row;
      legs.callId[leg] = messages.callId[row]!;
    }
    legs.last[leg] = row;
    if (isCall[messages.method[row]!] === 1) hasCall[leg] = 1;
  }
  for (let dialog = 0; dialog < dialogs.length; dialog++) legs.dialogs[legOfCallId[dialogs.callId[dialog]!]!]!++;

  const joins = joinLegs(evidence, times, order, { legOf, count: legCount, hasCall }, sameHost, hand, headers);
  let callCount = 0;
  for (let leg = 0; leg < legCount; leg++) {
    if (hasCall[leg] === 0) continue;
    const root = joins.rootOf[leg]!;
    legs.call[leg] = root === leg ? callCount++ : legs.call[root]!;
  }
  const calls = blankTable(linkSchemas.calls, callCount);
  const firstLeg = new Int32Array(callCount).fill(-1);
  for (let leg = 0; leg < legCount; leg++) {
    const call = legs.call[leg]!;
    if (call === -1) continue;
    if (calls.legs[call]!++ === 0) {
      calls.first[call] = legs.first[leg]!;
      firstLeg[call] = leg;
    } else if (leads(joins, times, legs.first, leg, firstLeg[call]!)) firstLeg[call] = leg;
    calls.messages[call]! += legs.messages[leg]!;
  }
  const callOf = new Int32Array(messages.length).fill(-1);
  for (let row = 0; row < messages.length; row++) if (legOf[row] !== -1) callOf[row] = legs.call[legOf[row]!]!;
  for (let at = 0; at < order.length; at++) if (callOf[order[at]!] !== -1) calls.last[callOf[order[at]!]!] = order[at]!;

  const { table, transactionOf } = transactions;
  const firstOf = new Int32Array(table.length).fill(-1);
  const lastOf = new Int32Array(table.length).fill(-1);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const transaction = transactionOf[row]!;
    if (firstOf[transaction] === -1) firstOf[transaction] = row;
    lastOf[transaction] = row;
  }
  const legOfTransaction = new Int32Array(table.length);
  for (let transaction = 0; transaction < table.length; transaction++) {
    table.call[transaction] = callOf[firstOf[transaction]!]!;
    legOfTransaction[transaction] = legOf[firstOf[transaction]!]!;
  }
  const ofLeg = groupRows(legOfTransaction, legCount);
  const [INVITE = -1, CANCEL = -1, BYE = -1] = ['INVITE', 'CANCEL', 'BYE'].map((name) => strings.find(name));
  const known: Known = { messages, times, table, firstOf, lastOf, coverage, INVITE, CANCEL, BYE };
  for (let call = 0; call < calls.length; call++) {
    const leg = firstLeg[call]!;
    tell(known, calls, call, legs.first[leg]!, ofLeg(leg));
  }
  return { legs, calls, joins: joins.table, legOf, callOf };
}

/** A leg that began a little later is the caller's side after all where the one before it carries it on. */
function leads(joins: Joins, times: Float64Array, first: Uint32Array, leg: number, known: number): boolean {
  const later = times[first[leg]!]! - times[first[known]!]!;
  return later <= early && joins.follows(leg, known) && !joins.follows(known, leg);
}

interface Known {
  readonly messages: Evidence['messages'];
  readonly times: Float64Array;
  readonly table: Transactions['table'];
  readonly firstOf: Int32Array;
  readonly lastOf: Int32Array;
  readonly coverage: Float64Array;
  readonly INVITE: number;
  readonly CANCEL: number;
  readonly BYE: number;
}
/** What became of a call, from the transactions of its first leg in the order in which they began. Writes the call's row. */
function tell(known: Known, calls: Calls['calls'], call: number, first: number, transactions: Uint32Array): void {
  const { messages, times, table, firstOf, INVITE, CANCEL, BYE } = known;
  let speaker = -1;
  let ring = NaN;
  let answer = NaN;
  let answered = 0;
  let end = NaN;
  let cseq = -1;
  let decided = -1;
  for (let n = 0; n < transactions.length; n++) {
    const transaction = transactions[n]!;
    const at = firstOf[transaction]!;
    const request = table.request[transaction]!;
    const method = table.method[transaction]!;
    if (method === BYE && Number.isNaN(end)) end = times[at]!;
    if (method !== INVITE) continue;
    // a re-INVITE has a To tag; a response or ACK alone opens a call only where nothing of it was seen before
    const initial = request === -1 ? messages.status[at]! > 0 && at === first : messages.toTag[request] === 0;
    if (!initial) continue;
    if (speaker === -1) speaker = request === -1 ? first : request;
    const rings = table.ringing[transaction]!;
    if (rings !== -1 && !(ring <= times[rings]!)) ring = times[rings]!;
    const status = table.status[transaction]!;
    const final = table.final[transaction]!;
    if (status >= 200 && status < 300 && !(answer <= times[final]!)) {
      answer = times[final]!;
      answered = status;
    }
    // the last attempt counts (after a challenge or a redirect); of its hops the first that was decided
    if (messages.cseq[at] !== cseq) decided = -1;
    cseq = messages.cseq[at]!;
    if (decided === -1 && final !== -1) decided = transaction;
  }
  const opening = speaker === -1 ? first : speaker;
  calls.from[call] = messages.fromUri[opening]!;
  calls.to[call] = messages.toUri[opening]!;
  calls.start[call] = times[opening]!;
  calls.ring[call] = ring;
  calls.answer[call] = answer;
  calls.end[call] = end;
  if (answered > 0) {
    calls.outcome[call] = code('answered');
    calls.finalStatus[call] = answered;
    return;
  }
  if (speaker === -1) {
    calls.outcome[call] = code('incomplete');
    return;
  }
  const status = decided === -1 ? 0 : table.status[decided]!;
  const cancelled = transactions.some((one) => table.method[one] === CANCEL && messages.cseq[firstOf[one]!] === cseq);
  calls.end[call] = decided === -1 ? NaN : times[table.final[decided]!]!;
  calls.finalStatus[call] = status;
  const outcome = judged(status, cancelled) ?? (waited(known, transactions, cseq) ? 'timeout' : 'in-progress');
  calls.outcome[call] = code(outcome);
}

const code = (outcome: CallOutcome): number => outcomes.indexOf(outcome);

function judged(status: number, cancelled: boolean): CallOutcome | undefined {
  if (status === 486 || status === 600) return 'busy';
  if (status === 487 || (cancelled && status === 0)) return 'cancelled';
  if (status === 408) return 'timeout';
  return status > 0 ? 'rejected' : undefined;
}

/** Did somebody listen long enough to say that no final response came? */
function waited(known: Known, transactions: Uint32Array, cseq: number): boolean {
  const { messages, times, table, firstOf, lastOf, coverage, INVITE } = known;
  const hops = transactions.filter((one) => table.method[one] === INVITE && messages.cseq[firstOf[one]!] === cseq);
  const rings = hops.some((one) => table.ringing[one] !== -1);
  return hops.some((one) => {
    const runsUntil = coverage[messages.artifact[lastOf[one]!]!]!;
    return rings ? runsUntil >= times[firstOf[one]!]! + timerC : runsUntil >= times[lastOf[one]!]! + timerB;
  });
}

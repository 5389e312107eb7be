/**
 * Legs (one Call-ID each) and calls. A leg belongs to a call where it holds a request of an INVITE dialog. Today every
 * such leg is a call of its own; joining the legs of a B2BUA by weighted signals (sip.md §4) numbers `callOfLeg` anew.
 */
import { SECOND } from '../base/time';
import { linkSchemas, outcomes, type CallOutcome } from './links';
import type { Evidence } from './evidence';
import type { Transactions } from './transactions';
import { builder, type Table } from './table';
import { groupRows } from './groups';

export interface Calls {
  readonly legs: Table<(typeof linkSchemas)['legs']>;
  readonly calls: Table<(typeof linkSchemas)['calls']>;
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
): Calls {
  const { messages, strings } = evidence;
  const methods = new Set(callMethods.map((name) => strings.find(name)).filter((id) => id > 0));
  const legs = builder(linkSchemas.legs);
  const legOfCallId = new Int32Array(strings.size).fill(-1);
  const legOf = new Int32Array(messages.length).fill(-1);
  const hasCall: boolean[] = [];
  for (const row of order) {
    const callId = messages.callId[row]!;
    if (callId === 0) continue;
    let leg = legOfCallId[callId]!;
    if (leg === -1) leg = legOfCallId[callId] = legs.add({ callId, first: row });
    legOf[row] = leg;
    legs.columns.last[leg] = row;
    legs.columns.messages[leg]!++;
    if (methods.has(messages.method[row]!)) hasCall[leg] = true;
  }
  for (let dialog = 0; dialog < dialogs.length; dialog++) {
    legs.columns.dialogs[legOfCallId[dialogs.callId[dialog]!]!]!++;
  }

  const calls = builder(linkSchemas.calls);
  const callOf = new Int32Array(messages.length).fill(-1);
  for (let leg = 0; leg < legs.length; leg++) {
    if (!hasCall[leg]) continue;
    const { first, last, messages: count } = legs.columns;
    legs.columns.call[leg] = calls.add({ first: first[leg]!, last: last[leg]!, legs: 1, messages: count[leg]! });
  }
  for (let row = 0; row < messages.length; row++) {
    if (legOf[row] !== -1) callOf[row] = legs.columns.call[legOf[row]!]!;
  }

  const { table, transactionOf } = transactions;
  const firstOf = new Int32Array(table.length).fill(-1);
  const lastOf = new Int32Array(table.length).fill(-1);
  for (const row of order) {
    const transaction = transactionOf[row]!;
    if (firstOf[transaction] === -1) firstOf[transaction] = row;
    lastOf[transaction] = row;
  }
  for (let transaction = 0; transaction < table.length; transaction++) {
    table.call[transaction] = callOf[firstOf[transaction]!]!;
  }
  const ofCall = groupRows(table.call, calls.length);
  const known = { evidence, times, table, firstOf, lastOf, coverage, strings };
  for (let call = 0; call < calls.length; call++) {
    const { columns } = calls;
    const story = tell(known, columns.first[call]!, ofCall(call));
    columns.from[call] = story.from;
    columns.to[call] = story.to;
    columns.start[call] = story.start;
    columns.ring[call] = story.ring;
    columns.answer[call] = story.answer;
    columns.end[call] = story.end;
    columns.outcome[call] = outcomes.indexOf(story.outcome);
    columns.finalStatus[call] = story.finalStatus;
  }
  return { legs: legs.seal(), calls: calls.seal(), legOf, callOf };
}

interface Known {
  readonly evidence: Evidence;
  readonly times: Float64Array;
  readonly table: Transactions['table'];
  readonly firstOf: Int32Array;
  readonly lastOf: Int32Array;
  readonly coverage: Float64Array;
  readonly strings: Evidence['strings'];
}
interface Story {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly ring: number;
  readonly answer: number;
  readonly end: number;
  readonly outcome: CallOutcome;
  readonly finalStatus: number;
}

/** What became of a call, from its transactions in the order in which they began. */
function tell(known: Known, first: number, transactions: Uint32Array): Story {
  const { evidence, times, table, firstOf, strings } = known;
  const { messages } = evidence;
  const INVITE = strings.find('INVITE');
  const CANCEL = strings.find('CANCEL');
  const BYE = strings.find('BYE');
  const invites: number[] = [];
  let bye = NaN;
  for (const transaction of transactions) {
    const at = firstOf[transaction]!;
    const request = table.request[transaction]!;
    if (table.method[transaction] === BYE && Number.isNaN(bye)) bye = times[at]!;
    if (table.method[transaction] !== INVITE) continue;
    // a re-INVITE has a To tag; a response or ACK alone opens a call only where nothing of it was seen before
    const initial = request === -1 ? messages.status[at]! > 0 && at === first : messages.toTag[request] === 0;
    if (initial) invites.push(transaction);
  }
  const opening = invites.length === 0 ? -1 : table.request[invites[0]!]!;
  const speaker = opening === -1 ? first : opening;
  const least = (rows: readonly number[]): number =>
    rows.reduce((best, row) => (row === -1 || times[row]! >= best ? best : times[row]!), Infinity);
  const finite = (time: number): number => (Number.isFinite(time) ? time : NaN);
  const answered = invites.filter((one) => table.status[one]! >= 200 && table.status[one]! < 300);
  const story = {
    from: messages.fromUri[speaker]!,
    to: messages.toUri[speaker]!,
    start: times[speaker]!,
    ring: finite(least(invites.map((one) => table.ringing[one]!))),
    answer: finite(least(answered.map((one) => table.final[one]!))),
  };
  if (answered.length > 0) {
    return { ...story, end: bye, outcome: 'answered', finalStatus: table.status[answered[0]!]! };
  }
  if (invites.length === 0) return { ...story, end: bye, outcome: 'incomplete', finalStatus: 0 };

  // the last attempt counts (after a challenge or a redirect); of its hops the caller's own, else whatever is known
  const cseq = messages.cseq[firstOf[invites[invites.length - 1]!]!];
  const hops = invites.filter((one) => messages.cseq[firstOf[one]!] === cseq);
  const decided = hops.find((one) => table.status[one]! > 0);
  const cancelled = transactions.some((one) => table.method[one] === CANCEL && messages.cseq[firstOf[one]!] === cseq);
  const finalStatus = decided === undefined ? 0 : table.status[decided]!;
  const end = decided === undefined ? NaN : times[table.final[decided]!]!;
  return { ...story, end, finalStatus, outcome: judged(known, hops, finalStatus, cancelled) };
}

function judged(known: Known, hops: readonly number[], status: number, cancelled: boolean): CallOutcome {
  const { evidence, times, table, lastOf, firstOf, coverage } = known;
  if (status === 486 || status === 600) return 'busy';
  if (status === 487 || (cancelled && status === 0)) return 'cancelled';
  if (status === 408) return 'timeout';
  if (status > 0) return 'rejected';
  const rings = hops.some((one) => table.ringing[one] !== -1);
  const waited = hops.some((one) => {
    const runsUntil = coverage[evidence.messages.artifact[lastOf[one]!]!]!;
    return rings ? runsUntil >= times[firstOf[one]!]! + timerC : runsUntil >= times[lastOf[one]!]! + timerB;
  });
  return waited ? 'timeout' : 'in-progress';
}

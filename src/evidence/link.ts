/**
 * From messages to calls: order → duplicates → transactions → dialogs → legs and calls, registrations. Linear in the
 * number of messages; the same evidence gives the same links whatever the order in which the files came.
 */
import type { Clock } from './clock';
import { coverageEnds } from './coverage';
import { findCalls } from './calls';
import { findDialogs } from './dialogs';
import type { Evidence } from './evidence';
import { sortRows, type Grouped } from './groups';
import type { Links } from './links';
import type { LegsByHand } from './joins-by-hand';
import { orderMessages, settledTimes } from './order';
import { bindStreams } from './streams';
import { findRegistrations } from './registrations';
import { findDuplicates } from './sightings';
import { findTransactions } from './transactions';

/**
 * What a person said: `sameHost`: addresses of one host each, given one name; `hand`: legs joined or parted; `headers`:
 * names of headers whose equal values join legs.
 */
export function link(
  evidence: Evidence,
  clock: Clock,
  sameHost: readonly (readonly string[])[] = [],
  hand?: LegsByHand,
  headers?: readonly string[],
): Links {
  const { messages } = evidence;
  const times = settledTimes(evidence, clock.messages);
  const coverage = coverageEnds(evidence, clock);
  const order = orderMessages(messages, times);
  const duplicateOf = findDuplicates(evidence, times, order);
  const transactions = findTransactions(evidence, times, order, duplicateOf);
  const dialogs = findDialogs(evidence, order);
  const calls = findCalls(evidence, times, order, transactions, dialogs.table, coverage, sameHost, hand, headers);
  const registrations = findRegistrations(evidence, times, order, transactions, coverage);
  for (let dialog = 0; dialog < dialogs.table.length; dialog++) {
    dialogs.table.leg[dialog] = calls.legOf[dialogs.table.first[dialog]!]!;
  }
  const streams = bindStreams(evidence, clock, times, {
    callOf: calls.callOf,
    legOf: calls.legOf,
    end: calls.calls.end,
  });
  const byStart = Uint32Array.from(streams.start.keys()).sort((a, b) => streams.start[a]! - streams.start[b]! || a - b);
  const sorted = (groupOf: Int32Array, count: number, rowsInOrder = order): (() => Grouped) => {
    let rows: Grouped | undefined;
    return () => (rows ??= sortRows(groupOf, count, rowsInOrder));
  };
  const windows = (of: () => Grouped) => (group: number) => {
    const { starts, rows } = of();
    return rows.subarray(starts[group] ?? 0, starts[group + 1] ?? 0);
  };
  const messagesByTransaction = sorted(transactions.transactionOf, transactions.table.length);
  return {
    order,
    transactions: transactions.table,
    dialogs: dialogs.table,
    legs: calls.legs,
    calls: calls.calls,
    joins: calls.joins,
    streams,
    registrations: registrations.table,
    transactionOf: transactions.transactionOf,
    dialogOf: dialogs.dialogOf,
    legOf: calls.legOf,
    callOf: calls.callOf,
    registrationOf: registrations.registrationOf,
    duplicateOf,
    repeatOf: transactions.repeatOf,
    coverage,
    callMessages: windows(sorted(calls.callOf, calls.calls.length)),
    callStreams: windows(sorted(streams.call, calls.calls.length, byStart)),
    registrationMessages: windows(sorted(registrations.registrationOf, registrations.table.length)),
    transactionMessages: windows(messagesByTransaction),
    messagesByTransaction,
  };
}

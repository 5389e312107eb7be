/** Peers that ask each other by OPTIONS, and subscriptions, as the desk lists them. */
import { peersOf } from '../evidence/peers';
import { subscriptionsOf } from '../evidence/subscriptions';
import type { PeerRow, SubscriptionRow } from './desk';
import type { View } from './view';

export const describePeers = ({ evidence, clock, links }: View): PeerRow[] =>
  peersOf(evidence, clock, links).map(({ source, target, transactions, outages, ...peer }, row) => ({
    row,
    source: evidence.strings.text(source),
    target: evidence.strings.text(target),
    asked: transactions.length,
    answered: peer.answered,
    status: peer.status,
    isUp: peer.isUp,
    start: peer.from,
    end: peer.to,
    outages: outages.map(({ from, to, transactions: own }) => ({ from, to: to ?? NaN, asked: own.length })),
    messages: transactions.flatMap((transaction) => [...links.transactionMessages(transaction)]).slice(0, 2000),
  }));

export const describeSubscriptions = ({ evidence, clock, links }: View): SubscriptionRow[] =>
  subscriptionsOf(evidence, clock, links).map(({ messages, ...own }, row) => ({
    row,
    ...own,
    start: clock.messages[messages[0]!]!,
    end: clock.messages[messages[messages.length - 1]!]!,
    messages: messages.slice(0, 2000),
  }));

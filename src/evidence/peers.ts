/**
 * Peers that ask each other by OPTIONS whether they live (RFC 3261 §11): one object a pair of hosts, with what became of
 * each question over time, and the outages: three questions in a row without an answer that proves life.
 */
import type { Clock } from './clock';
import type { Evidence } from './evidence';
import type { Links } from './links';

export interface Peer {
  /** String ids of the addresses. */
  readonly source: number;
  readonly target: number;
  /** Transactions in the order of their time. */
  readonly transactions: readonly number[];
  readonly answered: number;
  /** Corrected µs of the first and last question. */
  readonly from: number;
  readonly to: number;
  /** Status of the last answer, 0 = none. */
  readonly status: number;
  readonly isUp: boolean;
  readonly outages: readonly Outage[];
}

export interface Outage {
  readonly transactions: readonly number[];
  readonly from: number;
  /** When it was answered again; undefined = until the end. */
  readonly to: number | undefined;
}

/** Questions in a row that make an outage. */
export const leastMissed = 3;
/** Sent by somebody who could not reach the peer: no life of its own. */
const dead = new Set([408, 503]);

export function peersOf(evidence: Evidence, clock: Clock, links: Links): readonly Peer[] {
  let known = peers.get(links);
  if (!known) peers.set(links, (known = findPeers(evidence, clock, links)));
  return known;
}
const peers = new WeakMap<Links, readonly Peer[]>();

function findPeers({ messages, strings }: Evidence, clock: Clock, { transactions }: Links): readonly Peer[] {
  const OPTIONS = strings.find('OPTIONS');
  const pairs = new Map<number, number[]>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const request = transactions.request[transaction]!;
    // within a dialog it is a question about the call
    if (transactions.method[transaction] !== OPTIONS || request === -1 || messages.toTag[request] !== 0) continue;
    const key = messages.source[request]! * 2 ** 26 + messages.target[request]!;
    const own = pairs.get(key);
    if (own) own.push(transaction);
    else pairs.set(key, [transaction]);
  }
  const timeOf = (transaction: number): number => clock.messages[transactions.request[transaction]!]!;
  return [...pairs.values()].map((own): Peer => {
    own.sort((a, b) => timeOf(a) - timeOf(b));
    const outages: Outage[] = [];
    let run: number[] = [];
    let answered = 0;
    let status = 0;
    const close = (to: number | undefined): void => {
      if (run.length >= leastMissed) outages.push({ transactions: run, from: timeOf(run[0]!), to });
      run = [];
    };
    for (const transaction of own) {
      const said = transactions.status[transaction]!;
      if (said === 0 || dead.has(said)) run.push(transaction);
      else {
        answered++;
        close(timeOf(transaction));
      }
      if (said !== 0) status = said;
    }
    const isUp = run.length === 0;
    close(undefined);
    const first = transactions.request[own[0]!]!;
    return {
      source: messages.source[first]!,
      target: messages.target[first]!,
      transactions: own,
      answered,
      from: timeOf(own[0]!),
      to: timeOf(own[own.length - 1]!),
      status,
      isUp,
      outages,
    };
  });
}

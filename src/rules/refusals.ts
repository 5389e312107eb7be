/** Refused requests, each told where it was refused: legs and hops before only pass it back. */
import type { Links } from '../evidence/links';
import { derived } from './derived';
import type { Grounds } from './rule';

export interface Refusal {
  readonly transaction: number;
  /** Message rows; −1 = not seen. */
  readonly request: number;
  readonly final: number;
  readonly status: number;
  readonly call: number;
  /** Transactions of earlier hops and legs that passed it back. */
  readonly passed: readonly number[];
}

/** Refusals of one call that are compared; a call rings a group of so many at most. */
const mostOfCall = 64;

/** Transactions that were not accepted: few of many. */
const refused = derived(({ transactions: { length, status, final } }: Links): readonly number[] => {
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (status[row]! >= 300 && final[row] !== -1) rows.push(row);
  return rows;
});

/** Final responses with a status that counts, to requests of a method; in a dialog or not. */
export function refusalsOf(
  grounds: Grounds,
  methodName: string,
  counts: (status: number) => boolean,
  where: 'initial' | 'inside' | 'any' = 'initial',
): readonly Refusal[] {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const method = strings.find(methodName);
  const groups = new Map<string, number[]>();
  if (method === -1) return [];
  for (const transaction of refused(links)) {
    const final = transactions.final[transaction]!;
    if (transactions.method[transaction] !== method) continue;
    if (!counts(transactions.status[transaction]!)) continue;
    const request = transactions.request[transaction]!;
    if (where !== 'any' && request !== -1 && (messages.toTag[request] === 0) !== (where === 'initial')) continue;
    const call = transactions.call[transaction]!;
    const key = call === -1 ? `leg ${messages.callId[final]}` : `call ${call}`;
    const own = groups.get(key);
    if (own) own.push(transaction);
    else groups.set(key, [transaction]);
  }
  const begin = (transaction: number): number => {
    const request = transactions.request[transaction]!;
    return request === -1 ? -Infinity : clock.messages[request]!;
  };
  const end = (transaction: number): number => clock.messages[transactions.final[transaction]!]!;
  const list: Refusal[] = [];
  for (const own of groups.values()) {
    own.sort((a, b) => end(a) - end(b) || begin(b) - begin(a));
    const found: { transaction: number; passed: number[] }[] = [];
    own.forEach((transaction, n) => {
      // who refuses answers first: the transaction of what passes it back encloses its own
      const cause =
        n < mostOfCall
          ? found.find(
              ({ transaction: inner }) => begin(inner) >= begin(transaction) && end(inner) >= begin(transaction),
            )
          : undefined;
      if (cause) cause.passed.push(transaction);
      else found.push({ transaction, passed: [] });
    });
    for (const { transaction, passed } of found) {
      list.push({
        transaction,
        request: transactions.request[transaction]!,
        final: transactions.final[transaction]!,
        status: transactions.status[transaction]!,
        call: transactions.call[transaction]!,
        passed,
      });
    }
  }
  return list;
}

/** Rows that show a refusal: request and answer, here and where it was passed back. */
export function rowsOf({ links: { transactions } }: Grounds, { transaction, passed }: Refusal): number[] {
  return [transaction, ...passed]
    .flatMap((one) => [transactions.request[one]!, transactions.final[one]!])
    .filter((row) => row !== -1);
}

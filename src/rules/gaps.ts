/** How rules read what a capture lacks. */
import { createIntern, type Intern } from '../evidence/intern';
import type { At, Evidence } from '../evidence/evidence';
import type { Values } from '../text/text';
import type { Grounds, Hit } from './rule';
import { capped, shownPlaces } from './users';

/** Do two hosts (ids of the string pool) speak SIP with each other? */
export function sipPairs({ messages }: Evidence): (one: number, other: number) => boolean {
  let pairs: Intern | undefined;
  const known = (): Intern => {
    pairs = createIntern();
    for (let row = 0; row < messages.length; row++) {
      const [one, other] = [messages.source[row]!, messages.target[row]!];
      pairs.id(Math.min(one, other), Math.max(one, other));
    }
    return pairs;
  };
  return (one, other) => (pairs ?? known()).find(Math.min(one, other), Math.max(one, other)) !== -1;
}

/** One hit a sender and receiver. */
export function gapHits(
  { evidence, clock }: Grounds,
  rows: readonly number[],
  values: (rows: readonly number[]) => Values,
): readonly Hit[] {
  const { gaps, strings } = evidence;
  const ways = new Map<string, number[]>();
  for (const row of rows) {
    const way = `${strings.text(gaps.source[row]!)} → ${strings.text(gaps.target[row]!)}`;
    const own = ways.get(way);
    if (own) own.push(row);
    else ways.set(way, [row]);
  }
  const hits = [...ways].map(([subject, own]): Hit => {
    const times = own.map((row) => gaps.time[row]! + clock.zones[gaps.artifact[row]!]!.shift);
    const [first] = own;
    return {
      subject,
      hosts: [strings.text(gaps.source[first!]!), strings.text(gaps.target[first!]!)].sort(),
      from: Math.min(...times),
      to: Math.max(...times),
      at: own.slice(0, shownPlaces).map((row) => gapAt(evidence, row)),
      count: own.length,
      values: { subject, count: own.length, ...values(own) },
    };
  });
  return capped(hits);
}

const gapAt = ({ gaps }: Evidence, row: number): At => ({
  artifact: gaps.artifact[row]!,
  offset: gaps.offset[row]!,
  length: gaps.size[row]!,
  packet: gaps.packet[row]!,
});

/** Legs that a person joined or parted: what they say stands above what the messages suggest. */
import type { Evidence } from './evidence';
import type { LegsOfMessages, Note } from './join-evidence';

export interface LegsByHand {
  /** Pairs of Call-IDs. */
  readonly joined: readonly (readonly [string, string])[];
  readonly parted: readonly (readonly [string, string])[];
}

/** A person is surer than any header. */
const weight = 120;

/** Notes the joined pairs; gives whether a pair was parted. Call-IDs that are not there say nothing. */
export function byHand(
  { messages, strings }: Evidence,
  { legOf, hasCall }: LegsOfMessages,
  { joined, parted }: LegsByHand,
  note: Note,
): (one: number, other: number) => boolean {
  if (joined.length === 0 && parted.length === 0) return () => false;
  const wanted = new Map<number, number>();
  for (const callId of [...joined, ...parted].flat()) {
    const id = strings.find(callId);
    if (id > 0) wanted.set(id, -1);
  }
  for (let row = 0; row < messages.length; row++) {
    const leg = legOf[row]!;
    if (leg !== -1 && hasCall[leg] !== 0 && wanted.get(messages.callId[row]!) === -1)
      wanted.set(messages.callId[row]!, leg);
  }
  const legs = ([one, other]: readonly [string, string]): readonly [number, number] => [
    wanted.get(strings.find(one)) ?? -1,
    wanted.get(strings.find(other)) ?? -1,
  ];
  const key = (one: number, other: number): string => `${Math.min(one, other)} ${Math.max(one, other)}`;
  const apart = new Set(parted.map((pair) => key(...legs(pair))));
  for (const pair of joined) {
    const [one, other] = legs(pair);
    if (one !== -1 && other !== -1) note(one, other, weight, 'hand');
  }
  return (one, other) => apart.has(key(one, other));
}

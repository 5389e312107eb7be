/** Where single keys of the ladder lead: from the selected row to another. Pure, over the rows shown. */
import type { Ladder, LadderMessage } from '../../analysis/desk';
import type { MessageRow, Place } from './rows';

export interface Steps {
  by(step: number): Place | undefined;
  end(last: boolean): Place | undefined;
  /** Next row in a direction that is a finding's note. */
  finding(direction: 1 | -1): Place | undefined;
  transaction(): Place | undefined;
  dialog(direction: 1 | -1): Place | undefined;
  otherLeg(): Place | undefined;
}

export function stepsFrom(ladder: Ladder, places: readonly Place[], now: Place | undefined): Steps {
  const at = now ? places.indexOf(now) : -1;
  const message = now?.kind === 'message' ? now.message : undefined;
  const seek = (direction: 1 | -1, test: (place: Place) => boolean): Place | undefined => {
    for (let next = at < 0 && direction < 0 ? places.length - 1 : at + direction; places[next]; next += direction) {
      if (test(places[next]!)) return places[next];
    }
    return undefined;
  };
  const messageIs =
    (test: (message: LadderMessage) => boolean) =>
    (place: Place): boolean =>
      place.kind === 'message' && test(place.message);
  return {
    by: (step) => places[at < 0 ? (step > 0 ? 0 : places.length - 1) : clamp(at + step, places.length)],
    end: (last) => (last ? places.at(-1) : places[0]),
    finding: (direction) => seek(direction, (place) => place.kind === 'note' && place.note.finding !== undefined),
    transaction() {
      const same = messageIs((one) => one.transaction === message?.transaction);
      // round and round within the transaction
      return message && (seek(1, same) ?? places.find(same));
    },
    dialog: (direction) =>
      message &&
      seek(
        direction,
        messageIs((one) => one.dialog === message.dialog),
      ),
    otherLeg() {
      if (now?.kind !== 'message') return undefined;
      const index = counterpart(ladder, now.index);
      return places.find((place): place is MessageRow => place.kind === 'message' && place.index === index);
    },
  };
}

const clamp = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));

/** The same message on another leg, else on another hop of this one; −1 = none. The nearest in time. */
export function counterpart({ messages }: Pick<Ladder, 'messages'>, index: number): number {
  const own = messages[index];
  if (!own) return -1;
  let best = -1;
  let bestScore = Infinity;
  messages.forEach((one, at) => {
    if (at === index || one.repeats >= 0 || one.method !== own.method || one.status !== own.status) return;
    const elsewhere = one.leg !== own.leg || one.from !== own.from || one.to !== own.to;
    if (!elsewhere || one.leg < 0 !== own.leg < 0) return;
    const score = Math.abs(one.time - own.time) + (one.leg === own.leg ? 1e9 : 0);
    if (score < bestScore) [best, bestScore] = [at, score];
  });
  return best;
}

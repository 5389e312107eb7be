/** What the signals that join legs have in common: weights, and how evidence is noted. */
import { SECOND } from '../base/time';
import type { JoinReason } from './links';

/** From here on two legs are one call. */
export const joinWeight = 60;
/** From here on, and below `joinWeight`, a pair is kept as a suggestion. */
export const suggestionWeight = 30;

/** Notes evidence that two legs are one call; of one reason the strongest counts. `header`: string id of its name. */
export type Note = (one: number, other: number, weight: number, reason: JoinReason, header?: number) => void;

export interface LegsOfMessages {
  /** Per message, −1 = none; legs are numbered in the order in which they began. */
  readonly legOf: Int32Array;
  readonly count: number;
  /** Per leg: 1 = it belongs to a call. */
  readonly hasCall: Uint8Array;
}

/** A leg may start so much before the one that it carries on, where two captures disagree by a little. */
export const early = 2 * SECOND;

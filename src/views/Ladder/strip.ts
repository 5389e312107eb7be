/** What the density strip shows besides the messages themselves. */
import { SECOND } from '../../base/time';
import type { Ladder } from '../../analysis/desk';

/** First answer to the end of the call: when media may flow; undefined where it was not answered. */
export function mediaSpan({ messages }: Pick<Ladder, 'messages'>): readonly [number, number] | undefined {
  const answer = messages.find(({ method, status }) => method === 'INVITE' && status >= 200 && status < 300);
  if (!answer) return undefined;
  const end = messages.find(({ method, time }) => method === 'BYE' && time > answer.time) ?? messages.at(-1)!;
  return [answer.time, end.time];
}

const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** Round places on the axis, at most `most` of them; µs since the start. Shorter than a second: start and end. */
export function axisTicks(length: number, most: number): number[] {
  if (length < 2 * SECOND) return [0, length];
  const seconds = length / SECOND;
  const step = steps.find((one) => seconds / one <= most) ?? Math.ceil(seconds / most / 86_400) * 86_400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, n) => n * step * SECOND);
}

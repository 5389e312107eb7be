/** Where a stream lost packets, as marks at the foot of its bar: its time runs the way that it flows. */
import type { StreamRow } from '../../analysis/desk';

export interface LossPlace {
  readonly x: number;
  readonly length: number;
  readonly height: number;
}

/** Of a slice's packets so many missing fill the height. */
const full = 0.1;
const [lowest, highest, shortest] = [3, 9, 2];

export function lossPlaces(stream: StreamRow, left: number, width: number, right: boolean): LossPlace[] {
  const { start, end, losses, packets, lost } = stream;
  const time = Math.max(1, end - start);
  const room = Math.max(0, width - 10);
  return losses.map((loss) => {
    const from = Math.min(1, Math.max(0, (loss.start - start) / time));
    const to = Math.min(1, Math.max(from, (loss.end - start) / time));
    const length = Math.max(shortest, (to - from) * room);
    const expected = Math.max(loss.packets, ((packets + lost) * (loss.end - loss.start)) / time);
    const share = Math.min(1, loss.packets / expected / full);
    const x = right ? left + from * room : left + width - from * room - length;
    return {
      x: Math.max(left, Math.min(left + width - length, x)),
      length,
      height: lowest + share * (highest - lowest),
    };
  });
}

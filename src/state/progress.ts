/** Progress of reading: rate over the last seconds, and the time left once it can be told. */
export interface Progress {
  readonly bytes: number;
  readonly total: number;
  /** Bytes a second, over the last few seconds. */
  readonly rate: number;
  /** µs; undefined in the first two seconds and where the rate is nil. */
  readonly left?: number;
}

const window = 5000;
const settle = 2000;

export interface Meter {
  /** `now` in ms. */
  at(bytes: number, total: number, now: number): Progress;
}

export function createMeter(start: number): Meter {
  const points: { readonly time: number; readonly bytes: number }[] = [{ time: start, bytes: 0 }];
  return {
    at(bytes, total, now) {
      points.push({ time: now, bytes });
      while (points.length > 2 && points[1]!.time < now - window) points.shift();
      const [first] = points;
      const elapsed = now - first!.time;
      const rate = elapsed > 0 ? ((bytes - first!.bytes) / elapsed) * 1000 : 0;
      const known = now - start >= settle && rate > 0;
      return { bytes, total, rate, ...(known ? { left: (Math.max(0, total - bytes) / rate) * 1e6 } : {}) };
    },
  };
}

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rested, restWhenUsed, useWord } from '../../src/base/rest';

/** The clock stands still but for what is worked and rested. */
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

it('rests at the page’s word, and works on where the words do not end', async () => {
  const worker = new EventTarget();
  const used = (): void => void worker.dispatchEvent(new MessageEvent('message', { data: useWord }));
  const restOf = async (): Promise<number> => {
    const start = performance.now();
    let done = false;
    const end = rested().then(() => (done = true));
    for (let turns = 0; turns < 20 && !done; turns++) {
      await new Promise((resolve) => setImmediate(resolve));
      await vi.runAllTimersAsync();
    }
    await end;
    return performance.now() - start;
  };
  used();
  expect(await restOf()).toBe(0);
  restWhenUsed(worker);
  expect(await restOf()).toBe(0);
  used();
  expect(await restOf()).toBeGreaterThan(20);
  expect(await restOf()).toBe(0);
  let worked = 0;
  let sat = 0;
  for (let word = 0; word < 200; word++) {
    used();
    sat += await restOf();
    vi.advanceTimersByTime(5);
    worked += 5;
  }
  expect(sat / (sat + worked)).toBeLessThan(0.75);
});

import { expect, it } from 'vitest';
import { createMeter } from '../../src/state/progress';

it('tells rate and time left once two seconds have passed', () => {
  const meter = createMeter(0);
  expect(meter.at(10e6, 100e6, 1000)).toEqual({ bytes: 10e6, total: 100e6, rate: 10e6 });
  const later = meter.at(20e6, 100e6, 2000);
  expect(later.rate).toBe(10e6);
  expect(later.left).toBe(8e6);
});

it('forgets what is older than its window, so a slow start does not weigh on', () => {
  const meter = createMeter(0);
  meter.at(0, 100e6, 10_000);
  for (let second = 11; second <= 20; second++) meter.at((second - 10) * 5e6, 100e6, second * 1000);
  const { rate } = meter.at(55e6, 100e6, 21_000);
  expect(rate).toBeCloseTo(5e6);
});

it('gives no time left where nothing moves', () => {
  const meter = createMeter(0);
  expect(meter.at(0, 100, 9000).left).toBeUndefined();
});

import { describe, expect, it } from 'vitest';
import { createScrollMap, maxHeight } from '../../src/widgets/scroll-map';

describe('scroll map', () => {
  it('is the identity while the rows fit', () => {
    const map = createScrollMap();
    map.resize(28_000, 500);
    map.scrolled(1234);
    expect(map.offset).toBe(1234);
    expect(map.to(27_800)).toBe(27_500);
  });

  const million = 10e6 * 28;
  const tall = () => {
    const map = createScrollMap();
    map.resize(million, 700);
    return map;
  };

  it('reaches the first and the last of ten million rows', () => {
    const map = tall();
    expect(map.height).toBe(maxHeight);
    map.scrolled(maxHeight - 700);
    expect(map.offset).toBe(million - 700);
    map.scrolled(0);
    expect(map.offset).toBe(0);
  });

  it('moves pixel by pixel for small moves and settles the scroll bar after them', () => {
    const map = tall();
    map.scrolled(4_000_000);
    const before = map.offset;
    expect(before).toBeCloseTo((4_000_000 / (maxHeight - 700)) * (million - 700));
    for (let step = 1; step <= 50; step++) map.scrolled(4_000_000 + step * 100);
    expect(map.offset).toBe(before + 5000);
    const top = map.settled();
    expect(top).toBeCloseTo((map.offset / (million - 700)) * (maxHeight - 700));
  });

  it('shows any row that is asked for', () => {
    const map = tall();
    for (const row of [0, 1, 5_000_000, 9_999_999]) {
      const top = map.to(row * 28);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(maxHeight - 700);
      expect(row * 28 - map.offset).toBeGreaterThanOrEqual(0);
      expect(row * 28 + 28 - map.offset).toBeLessThanOrEqual(700);
    }
  });

  it('stays in range when rows go away', () => {
    const map = tall();
    map.to(million);
    map.resize(280, 700);
    expect(map.offset).toBe(0);
  });
});

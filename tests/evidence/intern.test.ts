import { expect, it } from 'vitest';
import { createIntern } from '../../src/evidence/intern';

it('numbers keys densely in order of first sight, through growth', () => {
  const intern = createIntern(16);
  const keys = Array.from({ length: 5000 }, (_, n) => [n % 71, n >> 3, n * 2654435761, -n, n & 1] as const);
  const known = new Map<string, number>();
  for (const key of [...keys, ...keys]) {
    const name = key.map((part) => part | 0).join();
    if (!known.has(name)) known.set(name, known.size);
    expect(intern.id(...key)).toBe(known.get(name));
    expect(intern.find(...key)).toBe(known.get(name));
  }
  expect(intern.size).toBe(known.size);
  expect(intern.find(1, 2, 3, 4, 5)).toBe(-1);
});

it('keeps a digest apart from its neighbours though it needs all 32 bits', () => {
  const intern = createIntern();
  expect([0xffffffff, 0xfffffffe, 0x7fffffff, 0xffffffff].map((digest) => intern.id(digest))).toEqual([0, 1, 2, 0]);
});

it('finds its way in a table that few keys were expected of', () => {
  const intern = createIntern(2);
  const ids = Array.from({ length: 40 }, (_, n) => intern.id(n, 7));
  expect(ids).toEqual(Array.from({ length: 40 }, (_, n) => n));
  expect(intern.find(99)).toBe(-1);
});

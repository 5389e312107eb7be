import { expect, it, vi } from 'vitest';
import { createRowWindow, pageSize } from '../../src/widgets/row-window';

const name = (prefix: string) => (from: number, to: number) =>
  Promise.resolve(Array.from({ length: to - from }, (_, n) => `${prefix}${from + n}`));

it('fetches the pages in sight once', async () => {
  const fetch = vi.fn(name('r'));
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(1000, fetch);
  rows.want(60, 100);
  await vi.waitFor(() => expect(rows.at(99)).toBe('r99'));
  expect(rows.at(0)).toBe('r0');
  rows.want(10, 90);
  await Promise.resolve();
  expect(fetch.mock.calls).toEqual([[0, 2 * pageSize]]);
});

it('asks for the newest wish only while a request runs', async () => {
  let release: () => void = () => undefined;
  const asked: number[] = [];
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(1_000_000, async (from, to) => {
    asked.push(from);
    if (asked.length === 1) await new Promise<void>((resolve) => (release = resolve));
    return name('r')(from, to);
  });
  rows.want(0, 30);
  for (let at = 10_000; at <= 900_000; at += 10_000) rows.want(at, at + 30);
  release();
  await vi.waitFor(() => expect(rows.at(900_000)).toBe('r900000'));
  expect(asked).toHaveLength(2);
});

it('keeps the text of before until the new rows are there', async () => {
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(100, name('old'));
  rows.want(0, 20);
  await vi.waitFor(() => expect(rows.fresh(3)).toBe(true));
  rows.reset(100, name('new'));
  expect([rows.at(3), rows.fresh(3)]).toEqual(['old3', false]);
  rows.want(0, 20);
  await vi.waitFor(() => expect(rows.at(3)).toBe('new3'));
});

it('drops an answer that belongs to rows of before', async () => {
  let late: (rows: string[]) => void = () => undefined;
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(10, () => new Promise((resolve) => (late = resolve)));
  rows.want(0, 10);
  rows.reset(10, name('new'));
  rows.want(0, 10);
  late(['stale']);
  await vi.waitFor(() => expect(rows.at(0)).toBe('new0'));
});

it('goes on after a failed request', async () => {
  let fail = true;
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(10, (from, to) => (fail ? Promise.reject(new Error('worker died')) : name('r')(from, to)));
  rows.want(0, 10);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(rows.at(0)).toBeUndefined();
  fail = false;
  rows.want(0, 10);
  await vi.waitFor(() => expect(rows.at(0)).toBe('r0'));
});

it('asks for nothing beyond the last row', async () => {
  const fetch = vi.fn(name('r'));
  const rows = createRowWindow<string>(() => undefined);
  rows.reset(70, fetch);
  rows.want(60, 70);
  await vi.waitFor(() => expect(rows.at(69)).toBe('r69'));
  expect(fetch.mock.calls).toEqual([[0, 70]]);
});

import { describe, expect, it } from 'vitest';
import { histogram } from '../../src/analysis/histogram';
import { drawnView } from './drawn-view';

const log = ['08:00:00 INFO a', '08:00:01 ERROR b', '08:00:01 WARN c', '08:00:09 ERROR d', '08:00:10 DEBUG e'];

describe('histogram', () => {
  it('counts rows over time by level; the last moment belongs to the last bucket', async () => {
    const { view, read } = drawnView({ log });
    const { all, errors, warnings, from, to } = await histogram(view, {}, 5, read);
    expect([...all]).toEqual([3, 0, 0, 0, 2]);
    expect([...errors]).toEqual([1, 0, 0, 0, 1]);
    expect([...warnings]).toEqual([1, 0, 0, 0, 0]);
    expect((to - from) / 1e6).toBe(10);
  });

  it('leaves the choice of levels out of the counts beside their boxes, and the choice of sources out of theirs', async () => {
    const { view, read } = drawnView({
      log,
      logs: { 'other.log': { lines: ['08:00:05 ERROR x', '08:00:06 INFO y'] } },
    });
    const other = view.evidence.artifacts.findIndex(({ path }) => path === 'other.log');
    const { levels, artifacts, all } = await histogram(view, { levels: [5, 6], artifacts: [other] }, 2, read);
    expect([levels[5], levels[3], levels[4]]).toEqual([1, 1, 0]);
    expect(artifacts[other]).toBe(1);
    expect(artifacts.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(all.reduce((sum, one) => sum + one, 0)).toBe(1);
  });

  it('says which part of a filter it refused, and what text it could not look at', async () => {
    const { view } = drawnView({ log });
    const gone = (): Promise<Uint8Array> => Promise.reject(new Error('gone'));
    const { refused, unsearched } = await histogram(view, { filter: '/(a+)+/ level:loud word' }, 2, gone);
    expect(refused).toEqual(['/(a+)+/', 'level:loud']);
    expect(unsearched).toBe(5);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { Cancelled, createPool, Silent, type Remote } from '../../src/state/pool';

interface Fake {
  readonly id: number;
}

function fakes() {
  const killed: number[] = [];
  const heard: string[] = [];
  const die: ((reason: Error) => void)[] = [];
  let opened = 0;
  const open = (): Remote<Fake> => {
    const id = opened++;
    const death = new Promise<never>((_, reject) => (die[id] = reject));
    death.catch(() => undefined);
    const tell = (word: string): void => void heard.push(`${id} ${word}`);
    return { api: { id }, death, terminate: () => void killed.push(id), tell };
  };
  return { open, killed, die, heard, opened: () => opened };
}
const never = (): Promise<never> => new Promise(() => undefined);

describe('pool', () => {
  it('runs at most `size` jobs and reuses a worker that ended well', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, open: fake.open, patience: 60, linger: 10 });
    const order: string[] = [];
    const job = (name: string) =>
      pool.run(async ({ id }) => {
        order.push(`${name} on ${id}`);
        return name;
      });
    const jobs = [job('a'), job('b')];
    expect(pool.load).toBe(2);
    expect(await Promise.all(jobs.map(({ done }) => done))).toEqual(['a', 'b']);
    expect(order).toEqual(['a on 0', 'b on 0']);
    expect(fake.opened()).toBe(1);
    pool.close();
    expect(fake.killed).toEqual([0]);
  });

  it('has a word for workers that work, and none for those that wait', async () => {
    const fake = fakes();
    const pool = createPool({ size: 2, open: fake.open, patience: 60, linger: 10 });
    const ends: (() => void)[] = [];
    const jobs = [0, 1].map(() => pool.run(() => new Promise<void>((resolve) => ends.push(resolve))));
    await vi.waitFor(() => expect(ends).toHaveLength(2));
    pool.tell('a');
    ends[0]!();
    await jobs[0]!.done;
    pool.tell('b');
    ends[1]!();
    await jobs[1]!.done;
    pool.tell('c');
    expect(fake.heard).toEqual(['0 a', '1 a', '1 b']);
    pool.close();
  });

  it('ends a worker with the job that it was spent on', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, open: fake.open, patience: 60, linger: 10 });
    expect(await pool.run(({ id }) => Promise.resolve(id), true).done).toBe(0);
    expect(fake.killed).toEqual([0]);
    expect(await pool.run(({ id }) => Promise.resolve(id)).done).toBe(1);
    expect(fake.killed).toEqual([0]);
  });

  it('ends the worker of a cancelled job and goes on with the next', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, open: fake.open, patience: 60, linger: 10 });
    const stuck = pool.run(never);
    const waiting = pool.run(never);
    const next = pool.run(({ id }) => Promise.resolve(id));
    await Promise.resolve();
    waiting.cancel();
    stuck.cancel();
    await expect(stuck.done).rejects.toBeInstanceOf(Cancelled);
    await expect(waiting.done).rejects.toBeInstanceOf(Cancelled);
    expect(await next.done).toBe(1);
    expect(fake.killed).toEqual([0]);
    expect(pool.load).toBe(0);
    pool.close();
  });

  it('does not give the next job to a worker that died while it was idle', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, open: fake.open, patience: 60, linger: 10 });
    await pool.run(({ id }) => Promise.resolve(id)).done;
    fake.die[0]!(new Error('crashed'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(await pool.run(({ id }) => Promise.resolve(id)).done).toBe(1);
    pool.close();
  });

  it('fails a job whose worker dies, though the call never answers', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, open: fake.open, patience: 60, linger: 10 });
    const job = pool.run(never);
    await vi.waitFor(() => expect(fake.die).toHaveLength(1));
    fake.die[0]!(new Error('out of memory'));
    await expect(job.done).rejects.toThrow('out of memory');
    expect(pool.load).toBe(0);
  });

  it('gives up a job without a sign of life, and not one that beats', async () => {
    vi.useFakeTimers();
    try {
      const fake = fakes();
      const pool = createPool({ size: 2, open: fake.open, patience: 3, linger: 10 });
      let beat: () => void = () => undefined;
      let finish: (value: string) => void = () => undefined;
      const silent = pool.run(never);
      const lively = pool.run((_, alive) => {
        beat = alive;
        return new Promise<string>((resolve) => (finish = resolve));
      });
      const silentEnd = expect(silent.done).rejects.toBeInstanceOf(Silent);
      for (let second = 0; second < 5; second++) {
        await vi.advanceTimersByTimeAsync(1000);
        beat();
      }
      await silentEnd;
      finish('done');
      expect(await lively.done).toBe('done');
      await vi.advanceTimersByTimeAsync(10_000);
      expect(fake.killed.sort()).toEqual([0, 1]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lends another worker to a job, takes it back, and ends it with a job that fails', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, most: 2, open: fake.open, patience: 60, linger: 10 });
    let release: () => void = () => undefined;
    const served: number[] = [];
    const use = ({ id }: Fake) => {
      served.push(id);
      return new Promise<void>((resolve) => (release = resolve));
    };
    const lends = (_: Fake, __: () => void, lend: (use: (api: Fake) => Promise<void>) => boolean) =>
      Promise.resolve([lend(use), lend(use)]);
    expect(await pool.run(lends).done).toEqual([true, false]);
    release();
    await Promise.resolve();
    const second = pool.run((api, beat, lend) => lends(api, beat, lend).then(never));
    await vi.waitFor(() => expect(served).toHaveLength(2));
    expect(new Set(served)).toEqual(new Set([1, 0]));
    expect(fake.opened()).toBe(2);
    second.cancel();
    await expect(second.done).rejects.toBeInstanceOf(Cancelled);
    expect(fake.killed.sort()).toEqual([0, 1]);
    expect(await pool.run(({ id }) => Promise.resolve(id)).done).toBe(2);
    pool.close();
  });

  it('ends the helper of a job whose worker ends with it', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, most: 2, open: fake.open, patience: 60, linger: 10 });
    const lends = (_: Fake, __: () => void, lend: (use: (api: Fake) => Promise<void>) => boolean) =>
      Promise.resolve(lend(() => Promise.resolve()));
    expect(await pool.run(lends, true).done).toBe(true);
    await vi.waitFor(() => expect(fake.killed.sort()).toEqual([0, 1]));
    pool.close();
  });

  it('lends none while jobs wait, and outlives a helper that dies', async () => {
    const fake = fakes();
    const pool = createPool({ size: 1, most: 2, open: fake.open, patience: 60, linger: 10 });
    const answers: boolean[] = [];
    const first = pool.run(async (_, __, lend) => {
      await Promise.resolve();
      answers.push(lend(never));
    });
    const second = pool.run(async (_, __, lend) => {
      answers.push(lend(never));
      fake.die[1]!(new Error('out of memory'));
      await vi.waitFor(() => expect(fake.killed).toEqual([1]));
      answers.push(lend(never));
    });
    await Promise.all([first.done, second.done]);
    expect(answers).toEqual([false, true, true]);
    pool.close();
  });

  it('reports a worker that cannot be opened', async () => {
    const pool = createPool<Fake>({
      size: 1,
      open: () => {
        throw new Error('workers are blocked');
      },
      patience: 60,
      linger: 10,
    });
    await expect(pool.run(never).done).rejects.toThrow('workers are blocked');
    expect(pool.load).toBe(0);
  });
});

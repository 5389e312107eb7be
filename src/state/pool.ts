/**
 * Workers that read one file each. A job has a worker for itself: cancelling it, or a reader that dies or falls silent,
 * ends that worker and nothing else. Nothing waits for ever: a terminated worker never answers, so every call is raced
 * against its death.
 */
export interface Remote<Api> {
  readonly api: Api;
  /** Rejects when the worker dies; never resolves. */
  readonly death: Promise<never>;
  terminate(): void;
  /** A word that needs no answer. */
  tell(word: string): void;
}

export interface PoolOptions<Api> {
  /** Jobs at once. */
  readonly size: number;
  /** Workers at once, those that help with a job included. */
  readonly most?: number;
  open(): Remote<Api>;
  /** Seconds without a sign of life (`beat`) after which a job is given up. */
  readonly patience: number;
  /** An idle worker is dropped after this many seconds: it gives back its memory. */
  readonly linger: number;
}

export interface Job<Result> {
  readonly done: Promise<Result>;
  cancel(): void;
}

export class Cancelled extends Error {}
export class Silent extends Error {}

/**
 * Has another worker help with the job, where one may run: false where none may. The helper goes back when `use` settles,
 * or ends as the job's own worker does; it ends with a job that fails, and is no use to a job that has ended.
 */
export type Lend<Api> = (use: (api: Api) => Promise<void>) => boolean;

export interface Pool<Api> {
  /** With `spend` the worker and its helpers end with the job: who read a large file keeps the memory that it took. */
  run<Result>(work: (api: Api, beat: () => void, lend: Lend<Api>) => Promise<Result>, spend?: boolean): Job<Result>;
  /** Jobs waiting or running. */
  readonly load: number;
  /** A word to every worker that works. */
  tell(word: string): void;
  close(): void;
}

export function createPool<Api>({ size, most = size, open, patience, linger }: PoolOptions<Api>): Pool<Api> {
  const idle: { remote: Remote<Api>; since: ReturnType<typeof setTimeout> }[] = [];
  const queue: (() => void)[] = [];
  const working = new Set<Remote<Api>>();
  let running = 0;
  let helping = 0;

  const next = (): void => {
    while (running < size && queue.length > 0) queue.shift()!();
  };

  const take = (): Remote<Api> => {
    const spare = idle.pop();
    if (spare) clearTimeout(spare.since);
    const remote = spare?.remote ?? open();
    working.add(remote);
    const forget = (): void => void working.delete(remote);
    remote.death.catch(forget);
    return remote;
  };
  const drop = (remote: Remote<Api>): void => {
    const at = idle.findIndex((spare) => spare.remote === remote);
    if (at < 0) return;
    clearTimeout(idle.splice(at, 1)[0]!.since);
    remote.terminate();
  };
  const giveBack = (remote: Remote<Api>): void => {
    working.delete(remote);
    idle.push({ remote, since: setTimeout(() => drop(remote), linger * 1000) });
    // one that dies while it waits must not get the next file
    remote.death.catch(() => drop(remote));
  };

  /** Helpers of one job. */
  const loans = (spend: boolean): { lend: Lend<Api>; end(kind: 'well' | 'badly'): void } => {
    const lent = new Set<Remote<Api>>();
    let ended = false;
    const drop = (remote: Remote<Api>): void => {
      if (!lent.delete(remote)) return;
      helping--;
      remote.terminate();
    };
    return {
      lend(use) {
        if (ended || queue.length > 0 || running + helping >= most) return false;
        const remote = take();
        helping++;
        lent.add(remote);
        Promise.race([use(remote.api), remote.death]).then(
          () => {
            if (spend) return drop(remote);
            if (!lent.delete(remote)) return;
            helping--;
            giveBack(remote);
          },
          () => drop(remote),
        );
        return true;
      },
      end(kind) {
        ended = true;
        // one that was told to stop needs a moment to hear it
        if (kind === 'well') setTimeout(() => lent.forEach(drop), 1000);
        else lent.forEach(drop);
      },
    };
  };

  return {
    get load() {
      return running + queue.length;
    },
    run(work, spend = false) {
      let stop: (reason: Error) => void = () => undefined;
      const stopped = new Promise<never>((_, reject) => (stop = reject));
      stopped.catch(() => undefined);
      let started = false;
      let start: () => void = () => undefined;
      const turn = new Promise<void>((resolve) => (start = resolve));
      const begin = (): void => {
        started = true;
        running++;
        start();
      };
      queue.push(begin);
      const done = (async () => {
        try {
          await Promise.race([turn, stopped]);
        } catch (reason) {
          queue.splice(queue.indexOf(begin), 1);
          throw reason;
        }
        let silence = 0;
        // counted in ticks of this page, so a computer that slept does not count as a silent worker
        const watch = setInterval(() => {
          if (++silence >= patience) stop(new Silent(`no sign of life for ${patience} s`));
        }, 1000);
        let remote: Remote<Api> | undefined;
        const helpers = loans(spend);
        try {
          remote = take();
          const alive = (): void => void (silence = 0);
          const result = await Promise.race([work(remote.api, alive, helpers.lend), remote.death, stopped]);
          if (spend) remote.terminate();
          else giveBack(remote);
          helpers.end('well');
          return result;
        } catch (reason) {
          remote?.terminate();
          helpers.end('badly');
          throw reason;
        } finally {
          clearInterval(watch);
          running--;
          next();
        }
      })();
      done.catch(() => undefined);
      next();
      return {
        done,
        cancel() {
          stop(new Cancelled(started ? 'cancelled' : 'cancelled before it began'));
        },
      };
    },
    tell: (word) => working.forEach((remote) => remote.tell(word)),
    close() {
      for (const { remote, since } of idle.splice(0)) {
        clearTimeout(since);
        remote.terminate();
      }
    },
  };
}

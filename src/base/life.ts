/**
 * Notices at once that a worker is gone: it holds a Web Lock as long as it lives, and the browser gives the lock to who
 * waits for it when the worker crashed, closed or was ended from outside, none of which is told to the page otherwise.
 * Where locks are missing or refused nothing happens; the page's patience with a silent worker remains.
 */
const lockOf = (worker: string): string => `psiscope-worker:${worker}`;
/** What the worker posts when it holds its lock; no call of the bridge looks like it. */
export const alive = 'alive';

/** In the worker: says the first word, `alive` where the lock is held. */
export function holdLife(worker: string, say: (word: string) => void): void {
  const unwatched = (): void => say('started');
  if (typeof navigator === 'undefined' || !navigator.locks) return unwatched();
  navigator.locks
    .request(lockOf(worker), () => {
      say(alive);
      return new Promise<never>(() => undefined);
    })
    .catch(unwatched);
}

/** In the page, after the worker said `alive`. */
export function watchLife(worker: string, ended: () => void): void {
  navigator.locks.request(lockOf(worker), ended).catch(() => undefined);
}

/** The lock of a page that was reloaded, or of a worker that died, is let go a moment after it is gone. */
const again = 300;

/**
 * One writer a session: a Web Lock held while the session is open. Where locks are refused by policy, every tab may
 * write and the revision check of the store keeps a stale one from overwriting.
 */
export async function lockSession(session: string): Promise<(() => void) | undefined> {
  const first = await tryLock(session);
  if (first) return first;
  await new Promise((resolve) => setTimeout(resolve, again));
  return tryLock(session);
}

function tryLock(session: string): Promise<(() => void) | undefined> {
  const name = `psiscope:${session}`;
  return new Promise((resolve) => {
    const free = (): void => resolve(() => undefined);
    if (typeof navigator === 'undefined' || !navigator.locks) return free();
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(undefined);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(free);
  });
}

/** Sessions that some tab has open; undefined where the browser does not tell. */
export async function lockedSessions(): Promise<Set<string> | undefined> {
  try {
    const { held = [] } = await navigator.locks.query();
    return new Set(held.flatMap(({ name }) => (name?.startsWith('psiscope:') ? [name.slice('psiscope:'.length)] : [])));
  } catch {
    return undefined;
  }
}

/** Stored sessions that were deleted a moment ago: for a few seconds each can come back. */
import type { SessionSummary } from '../session/store';

export const graceSeconds = 10;

export class Leaving {
  list = $state.raw<readonly SessionSummary[]>([]);
  /** Deletions under way count until they are done. */
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #erase: (id: string) => Promise<number>;
  readonly #erased: (left: number) => unknown;

  /** `erase` gives the bytes that are left of a session; `erased` is told them once it is gone. */
  constructor(erase: (id: string) => Promise<number>, erased: (left: number) => unknown) {
    this.#erase = erase;
    this.#erased = erased;
  }

  has = (id: string): boolean => this.#timers.has(id);

  add(session: SessionSummary): void {
    const { id } = session;
    this.list = [...this.list, session];
    this.#timers.set(
      id,
      setTimeout(() => void this.#now(id), graceSeconds * 1000),
    );
  }
  restore(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#hide(id);
  }
  /** The page is going: what was asked for is done now. */
  settle(): void {
    for (const id of [...this.#timers.keys()]) void this.#now(id);
  }
  async #now(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    this.#hide(id);
    const left = await this.#erase(id);
    this.#timers.delete(id);
    this.#erased(left);
  }
  #hide(id: string): void {
    this.list = this.list.filter((session) => session.id !== id);
  }
}

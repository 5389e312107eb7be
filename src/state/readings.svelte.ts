/** Files on their way in: how far each is, and the progress of all of one run together. */
import type { Text, Values } from '../text/text';
import type { Incoming } from './doors';
import { createMeter, type Meter, type Progress } from './progress';

/** Something to tell, in any language. */
export interface Notice {
  readonly text: Text;
  readonly values?: Values;
}

/** One file on its way in. */
export interface Reading {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  readonly state: 'waiting' | 'reading' | 'analysing' | 'failed';
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The member being read. */
  readonly member: string;
  /** Why it failed. */
  readonly message?: Notice;
}

/** ms between two tellings of how far it is. */
const tellEvery = 100;

/**
 * A folder may hold thousands, each of which says several things: who shows them is told of changes, not of the list, and
 * ten times a second; at once where reading begins, ends or fails.
 */
export class Readings {
  /** Files of the present run, done ones included. */
  count = $state(0);
  /** Files on their way, and those of them that wait for the desk. */
  under = $state(0);
  analysing = $state(0);
  /** The one that spoke last. */
  current = $state.raw<Reading | undefined>();
  failed = $state.raw<readonly Reading[]>([]);
  progress = $state.raw<Progress | undefined>();
  readonly going = $derived(this.under > 0);

  readonly #all = new Map<number, Reading>();
  #now: Pick<Readings, 'count' | 'under' | 'analysing' | 'current'> = {
    count: 0,
    under: 0,
    analysing: 0,
    current: undefined,
  };
  #toTell: ReturnType<typeof setTimeout> | undefined;
  #meter: Meter | undefined;
  /** Bytes read of the present run, and those to come. */
  #bytes = 0;
  #left = 0;
  #nextId = 1;

  get list(): readonly Reading[] {
    return [...this.#all.values()];
  }

  /** Lines files up; where none is on its way this begins a run. */
  add(files: readonly Incoming[]): readonly Reading[] {
    if (!this.going) {
      this.#meter = createMeter(performance.now());
      this.#bytes = this.#left = 0;
      this.#now.count = 0;
    }
    const added = files.map(({ path, blob }): Reading => ({
      id: this.#nextId++,
      path,
      bytes: blob.size,
      state: 'waiting',
      bytesIn: 0,
      bytesOut: 0,
      member: '',
    }));
    for (const reading of added) this.#set(reading.id, reading);
    this.#now.count += added.length;
    this.#tell();
    return added;
  }

  find = (id: number): Reading | undefined => this.#all.get(id);

  /** Nothing where the file was forgotten. */
  mark(id: number, change: Partial<Reading>): void {
    const before = this.find(id);
    if (!before) return;
    const reading = { ...before, ...change };
    this.#bytes += reading.bytesIn - before.bytesIn;
    this.#set(id, reading);
    if (reading.state === 'reading') this.#now.current = reading;
    if (reading.state === 'failed') this.#tell();
    else this.#tellSoon();
  }

  forget(ids: readonly number[]): void {
    const hadFailed = ids.some((id) => this.find(id)?.state === 'failed');
    for (const id of ids) this.#set(id, undefined);
    if (hadFailed || this.#now.under === 0) this.#tell();
    else this.#tellSoon();
  }

  #tellSoon(): void {
    this.#toTell ??= setTimeout(() => this.#tell(), tellEvery);
  }
  #tell(): void {
    clearTimeout(this.#toTell);
    this.#toTell = undefined;
    Object.assign(this, this.#now);
    this.failed = this.list.filter(({ state }) => state === 'failed');
    this.progress =
      this.#all.size === 0 ? undefined : this.#meter?.at(this.#bytes, this.#bytes + this.#left, performance.now());
  }

  /** Puts one in the place of what it was before. */
  #set(id: number, reading: Reading | undefined): void {
    const before = this.#all.get(id);
    for (const [one, sign] of [
      [before, -1],
      [reading, 1],
    ] as const) {
      if (!one || one.state === 'failed') continue;
      this.#now.under += sign;
      this.#left += sign * (one.bytes - one.bytesIn);
      if (one.state === 'analysing') this.#now.analysing += sign;
    }
    if (reading) this.#all.set(id, reading);
    else this.#all.delete(id);
    if (this.#now.current?.id === id && reading?.state !== 'reading') this.#now.current = undefined;
  }
}

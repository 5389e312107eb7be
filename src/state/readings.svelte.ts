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

export class Readings {
  list = $state.raw<readonly Reading[]>([]);
  /** Files of the present run, done ones included. */
  count = $state(0);
  progress = $state.raw<Progress | undefined>();
  readonly going = $derived(this.list.some(({ state }) => state !== 'failed'));

  #meter: Meter | undefined;
  /** Bytes read of the present run. */
  #bytes = 0;
  #nextId = 1;

  /** Lines files up; where none is on its way this begins a run. */
  add(files: readonly Incoming[]): readonly Reading[] {
    if (!this.going) {
      this.#meter = createMeter(performance.now());
      this.#bytes = 0;
      this.count = 0;
      this.list = this.list.filter(({ state }) => state === 'failed');
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
    this.list = [...this.list, ...added];
    this.count += added.length;
    return added;
  }

  find = (id: number): Reading | undefined => this.list.find((reading) => reading.id === id);

  /** Nothing where the file was forgotten. */
  mark(id: number, change: Partial<Reading>): void {
    const before = this.find(id);
    if (!before) return;
    this.#bytes += (change.bytesIn ?? before.bytesIn) - before.bytesIn;
    this.list = this.list.map((reading) => (reading.id === id ? { ...reading, ...change } : reading));
    const left = this.list.reduce(
      (sum, { bytes, bytesIn, state }) => sum + (state === 'failed' ? 0 : bytes - bytesIn),
      0,
    );
    this.progress = this.#meter?.at(this.#bytes, this.#bytes + left, performance.now());
  }

  forget(ids: readonly number[]): void {
    this.list = this.list.filter(({ id }) => !ids.includes(id));
    if (this.list.length === 0) this.progress = undefined;
  }
}

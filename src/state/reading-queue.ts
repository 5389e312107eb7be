/** Dropped files on their way to the desk: the jobs of readers, first looks, and batches of what was read. */
import type { IntakeOrder } from '../intake/intake';
import { messages } from '../text/ui/messages';
import type { Delivered, Engine } from './engine';
import { firstLookOf } from './first-look';
import { grouped, type Group } from './groups';
import { Cancelled, Silent, type Job } from './pool';
import type { Notice, Reading, Readings } from './readings.svelte';

export interface QueueEnds {
  readonly readings: Readings;
  start(): Promise<Engine>;
  /** Hands files that were read to the desk; gives why that failed. */
  add(files: readonly Delivered[]): Promise<Notice | undefined>;
  /** Shows the beginning of a file. */
  look(engine: Engine, file: Delivered): Promise<void>;
  /** The beginning of a file is not shown any more. */
  endLook(path: string): Promise<void>;
}

interface Read {
  readonly file: Delivered;
  readonly id: number;
}
/** ms */
const longestGathering = 3000;

export class ReadingQueue {
  readonly #ends: QueueEnds;
  #jobs = new Map<number, Pick<Job<unknown>, 'cancel'>>();
  /** First looks that are being read, by the reading they run ahead of. */
  #looks = new Map<number, Pick<Job<unknown>, 'cancel'>>();
  #pending: Read[] = [];
  #adding: Promise<void> | undefined;

  constructor(ends: QueueEnds) {
    this.#ends = ends;
  }

  /** Resolves when all are with the desk, cancelled or failed. */
  async read(orders: readonly IntakeOrder[]): Promise<void> {
    const added = this.#ends.readings.add(orders);
    const engine = await this.#ends.start();
    // all of them before the first whole file
    for (const [n, order] of orders.entries()) void this.#lookAt(engine, order, added[n]!.id);
    const groups = grouped(orders.map((order, n) => ({ order, id: added[n]!.id })));
    await Promise.all(
      groups.map((group) => {
        const [{ order, id }] = group;
        return group.length > 1 ? this.#readGroup(engine, group) : this.#readOne(engine, order, id);
      }),
    );
    await this.#adding;
  }

  /** Stops what is still being read; what was read already stays. */
  cancel(id?: number): void {
    const { readings } = this.#ends;
    const ids = id === undefined ? readings.list.map((reading) => reading.id) : [id];
    for (const one of ids) {
      this.#looks.get(one)?.cancel();
      this.#jobs.get(one)?.cancel();
    }
    readings.forget(ids.filter((one) => readings.find(one)?.state !== 'analysing'));
  }

  /** Stops all, and forgets what the desk did not take yet. */
  clear(): void {
    this.cancel();
    this.#pending = [];
  }

  /** Shows the beginning of a large file. Whatever fails here is told when the whole is read. */
  async #lookAt(engine: Engine, order: IntakeOrder, id: number): Promise<void> {
    const { readings, look, endLook } = this.#ends;
    const beginning = firstLookOf(order);
    if (!beginning || !readings.find(id)) return;
    const job = engine.read(beginning, () => undefined);
    this.#looks.set(id, job);
    try {
      const file = await job.done;
      if (!isUnderWay(readings.find(id))) return;
      await look(engine, file);
      // cancelled or failed meanwhile
      if ((readings.find(id)?.state ?? 'failed') === 'failed') await endLook(order.path);
    } catch {
      return;
    } finally {
      this.#looks.delete(id);
    }
  }

  async #readOne(engine: Engine, order: IntakeOrder, id: number): Promise<void> {
    const { readings, endLook } = this.#ends;
    if (!readings.find(id)) return;
    const job = engine.read(order, ({ bytesIn, bytesOut, path: member }) =>
      readings.mark(id, { state: 'reading', bytesIn, bytesOut, member }),
    );
    this.#jobs.set(id, job);
    try {
      this.#deliver(await job.done, order, id);
    } catch (reason) {
      if (reason instanceof Cancelled) readings.forget([id]);
      else {
        const text = reason instanceof Silent ? messages.readerSilent : messages.readerDied;
        readings.mark(id, { state: 'failed', message: { text, values: { detail: detailOf(reason) } } });
      }
      await endLook(order.path);
    } finally {
      this.#jobs.delete(id);
    }
  }

  /** What was not read when its reader ended is read again, each file for itself: one of them was the reason. */
  async #readGroup(engine: Engine, files: Group): Promise<void> {
    const { readings } = this.#ends;
    const group = files.filter(({ id }) => readings.find(id));
    if (group.length === 0) return;
    const left = new Map(group.map((one) => [one.id, one]));
    const job = engine.readSeveral(
      group.map(({ order }) => order),
      (n, { bytesIn, bytesOut, path: member }) =>
        readings.mark(group[n]!.id, { state: 'reading', bytesIn, bytesOut, member }),
      (n, file) => {
        const { id, order } = group[n]!;
        left.delete(id);
        this.#jobs.delete(id);
        this.#deliver(file, order, id);
      },
    );
    for (const { id } of group) this.#jobs.set(id, job);
    try {
      await job.done;
    } catch (reason) {
      for (const id of left.keys()) this.#jobs.delete(id);
      if (reason instanceof Cancelled) readings.forget([...left.keys()]);
      else await Promise.all([...left.values()].map(({ order, id }) => this.#readOne(engine, order, id)));
    }
  }

  #deliver(file: Delivered, { blob }: IntakeOrder, id: number): void {
    this.#ends.readings.mark(id, { state: 'analysing', bytesIn: blob.size });
    this.#pending.push({ file, id });
    void this.#addPending();
  }

  /** In batches: what arrives while the desk works goes with the next one. */
  #addPending(): Promise<void> {
    const { readings, add } = this.#ends;
    this.#adding ??= (async () => {
      // one turn later, so that small files which end together are one change
      await new Promise((resolve) => setTimeout(resolve, 0));
      let spent = 0;
      while (this.#pending.length > 0) {
        await this.#gather(spent);
        const start = performance.now();
        const batch = this.#pending.splice(0);
        const failure = await add(batch.map(({ file }) => file));
        if (failure) for (const { id } of batch) readings.mark(id, { state: 'failed', message: failure });
        else readings.forget(batch.map(({ id }) => id));
        spent = performance.now() - start;
      }
    })().finally(() => {
      this.#adding = undefined;
      if (this.#pending.length > 0) void this.#addPending();
    });
    return this.#adding;
  }
  /** Files of a folder come by the thousand: while more are read, most of the time is theirs, not the desk's. */
  async #gather(spent: number): Promise<void> {
    const until = performance.now() + Math.min(5 * spent, longestGathering);
    while (this.#jobs.size > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const isUnderWay = (reading: Reading | undefined): boolean =>
  reading?.state === 'waiting' || reading?.state === 'reading';

export const detailOf = (reason: unknown): string =>
  reason instanceof Error ? reason.message || reason.name : String(reason);

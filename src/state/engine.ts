/**
 * The only file that makes workers. One analysis worker holds the evidence; a small pool reads dropped files. Workers
 * start only when the page is under the service worker's policy, or it is known that there is none.
 */
import { proxy, transfer, wrap, type Remote as Wrapped } from 'comlink';
import { alive, watchLife } from '../base/life';
import { restMs, useWord } from '../base/rest';
import analysisUrl from '../../workers/analysis.worker.ts?worker&url';
import intakeUrl from '../../workers/intake.worker.ts?worker&url';
import searchUrl from '../../workers/search.worker.ts?worker&url';
import type { CaseState, Desk } from '../analysis/desk';
import type { More, Searched, SearchFile, Wanted } from '../analysis/search';
import type { Wants } from '../evidence/evidence';
import type { Told } from '../intake/delivery';
import type { IntakeOrder, IntakeProgress } from '../intake/intake';
import { partTransferables } from '../intake/packed';
import { covered } from './service-worker.svelte';
import { createPool, type Job, type Pool, type Remote } from './pool';
import { scriptUrl } from './trusted';

/** What `workers/intake.worker.ts` exposes. */
interface Intake {
  intake(
    order: IntakeOrder,
    wants: Wants,
    port: MessagePort,
    progress: (at: IntakeProgress) => void,
    lend?: () => MessagePort | undefined,
  ): Promise<Told>;
  intakeSeveral(
    orders: readonly IntakeOrder[],
    wants: Wants,
    ports: readonly MessagePort[],
    progress: (n: number, at: IntakeProgress) => void,
    told: (n: number, told: Told) => void,
  ): Promise<void>;
  help(port: MessagePort): Promise<void>;
}

/** What `workers/analysis.worker.ts` exposes. */
interface Analysis extends Desk {
  receive(ports: readonly MessagePort[], originals: readonly Blob[]): Promise<CaseState>;
  receiveFirstLook(port: MessagePort, original: Blob): Promise<CaseState>;
}

/** What `workers/search.worker.ts` exposes. */
interface Search {
  searchFile(file: SearchFile, wanted: Wanted, progress: (bytes: number) => void, more: More): Promise<Searched>;
}
/** Looks through one file after the other. */
interface Searcher {
  searchFile(file: SearchFile, wanted: Wanted): Promise<Searched>;
}

export class WorkerDied extends Error {}

/** A file that was read. What was found in it waits in `port` for the desk; the page never opens it. */
export interface Delivered extends Told {
  readonly port: MessagePort;
  readonly original: Blob;
}

export interface Engine {
  readonly desk: Desk;
  read(order: IntakeOrder, progress: (at: IntakeProgress) => void): Job<Delivered>;
  /**
   * Small files of a folder one after the other, without a word from the page between them: `read` hears of each. Where
   * this rejects, those that it did not hear of were not read.
   */
  readSeveral(
    orders: readonly IntakeOrder[],
    progress: (n: number, at: IntakeProgress) => void,
    read: (n: number, file: Delivered) => void,
  ): Job<void>;
  /** Hands files that were read to the desk. */
  add(files: readonly Delivered[]): Promise<CaseState>;
  /** Shows the beginning of a file until the whole is added. */
  firstLook(file: Delivered): Promise<CaseState>;
  /** Rejects once, when the analysis worker is gone; the engine is of no use afterwards. */
  readonly death: Promise<never>;
  /**
   * A worker of its own for one search: ending it ends the search, whatever it does. `progress` is told the bytes looked
   * at since the last time; `more` gives what it asks for.
   */
  search(progress: (bytes: number) => void, more: More): Remote<Searcher>;
  close(): void;
}

/** ms until the first message of a worker: a slow computer that loads it from the network must not be taken for a fault. */
const startPatience = 60_000;

function start<Api>(url: string, name: string): Remote<Wrapped<Api>> {
  // random, not a UUID: those are for secure pages only
  const own = `${name} ${Math.random()}`;
  const worker = new Worker(scriptUrl(url), { type: 'module', name: own });
  let kill: (reason: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => (kill = reject));
  death.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    kill(new WorkerDied(event.message || `${name} could not start`));
  });
  // one that ends before it could say that it lives
  const unheard = setTimeout(() => kill(new WorkerDied(`${name} could not start`)), startPatience);
  worker.addEventListener('message', ({ data }) => {
    clearTimeout(unheard);
    if (data === alive) watchLife(own, () => kill(new WorkerDied(`${name} ended unexpectedly`)));
  });
  worker.addEventListener('messageerror', () => kill(new WorkerDied(`${name}: unreadable answer`)));
  return {
    api: wrap<Api>(worker),
    death,
    tell: (word) => worker.postMessage(word),
    terminate() {
      worker.terminate();
      kill(new WorkerDied(`${name} ended`));
    },
  };
}

/** Each call of the desk, raced against the death of its worker. */
function guardedDesk(remote: Remote<Wrapped<Analysis>>): Desk {
  const methods = remote.api as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
  return new Proxy({} as Desk, {
    get(_, name) {
      // a proxy that answers `then` would be taken for a promise
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (...args: readonly unknown[]) => Promise.race([methods[name]!(...args), remote.death]);
    },
  });
}

/** So few that readers and page share them. */
const fewCores = 4;
const cores = (): number => (typeof navigator === 'undefined' ? 2 : navigator.hardwareConcurrency || 2);

/** Bytes of a file that nobody helps with: folders hold thousands of them. */
const smallFile = 2 ** 20;
/** Bytes of a file from which its reader is not kept for the next one. */
const largeFile = 4 * 2 ** 20;

export async function startEngine(): Promise<Engine> {
  await covered();
  const analysis = start<Analysis>(analysisUrl, 'analysis');
  const pool: Pool<Wrapped<Intake>> = createPool({
    size: Math.max(1, Math.min(3, cores() - 1)),
    // while a large archive is unpacked, the page has little to do
    most: Math.min(4, cores()),
    patience: 60,
    linger: 10,
    open: () => start<Intake>(intakeUrl, 'intake'),
  });
  const closed = new AbortController();
  if (cores() <= fewCores) {
    let told = 0;
    const tell = (): void => {
      if (pool.load === 0 || performance.now() - told < restMs / 2) return;
      told = performance.now();
      pool.tell(useWord);
    };
    const listening = { capture: true, passive: true, signal: closed.signal } as const;
    for (const name of ['wheel', 'scroll', 'keydown', 'pointerdown'])
      globalThis.addEventListener?.(name, tell, listening);
  }
  // what rules want kept is asked for once, outside the first load
  let wants: Promise<Wants> | undefined;
  const wanted = (): Promise<Wants> => (wants ??= import('../rules').then(({ ruleWants }) => ruleWants));
  return {
    desk: guardedDesk(analysis),
    death: analysis.death,
    read: (order, progress) =>
      pool.run(async (api, beat, lend) => {
        const report = proxy((at: IntakeProgress) => {
          beat();
          progress(at);
        });
        const lendPort = () => {
          const { port1, port2 } = new MessageChannel();
          return lend((helper) => helper.help(transfer(port1, [port1]))) ? transfer(port2, [port2]) : undefined;
        };
        const isSmall = order.blob.size <= smallFile;
        const { port1, port2: port } = new MessageChannel();
        const told = await api.intake(
          order,
          await wanted(),
          transfer(port1, [port1]),
          report,
          isSmall ? undefined : proxy(lendPort),
        );
        return { ...told, port, original: order.blob };
      }, order.blob.size > largeFile),
    readSeveral: (orders, progress, read) =>
      pool.run(async (api, beat) => {
        const channels = orders.map(() => new MessageChannel());
        const ports = channels.map(({ port1 }) => port1);
        const report = proxy((n: number, at: IntakeProgress) => {
          beat();
          progress(n, at);
        });
        let heard = 0;
        let all: () => void = () => undefined;
        // the last word comes over another port than the end
        const heardAll = new Promise<void>((resolve) => (all = resolve));
        const told = proxy((n: number, one: Told) => {
          beat();
          read(n, { ...one, port: channels[n]!.port2, original: orders[n]!.blob });
          if (++heard === orders.length) all();
        });
        await api.intakeSeveral(orders, await wanted(), transfer(ports, ports), report, told);
        await heardAll;
      }),
    add(files) {
      const ports = files.map(({ port }) => port);
      const originals = files.map(({ original }) => original);
      return Promise.race([analysis.api.receive(transfer(ports, ports), originals), analysis.death]);
    },
    firstLook: ({ port, original }) =>
      Promise.race([analysis.api.receiveFirstLook(transfer(port, [port]), original), analysis.death]),
    search(progress, more) {
      const remote = start<Search>(searchUrl, 'search');
      const beat = proxy(progress);
      const give = proxy(async (artifact: number, block: number) => {
        const part = await more(artifact, block);
        return transfer(part, partTransferables(part));
      });
      return {
        ...remote,
        api: {
          searchFile: (file, wanted) =>
            remote.api.searchFile(transfer(file, partTransferables(file.content)), wanted, beat, give),
        },
      };
    },
    close() {
      closed.abort();
      pool.close();
      analysis.terminate();
    },
  };
}

/**
 * One search in everything that is open: files go to a few workers of its own, some megabytes at a time, and what they
 * find comes in file by file. Ending those workers ends the search, so a regular expression that runs away costs nothing.
 */
import type { Hit, Searchable, Searched, SearchFile, Wanted } from '../analysis/search';
import type { Workspace } from './workspace.svelte';

/** Lines of one file. */
export interface Group {
  readonly artifact: number;
  readonly count: number;
}
export type SearchEnd = 'done' | 'cancelled' | 'slow' | 'died';

const linesKept = 20_000;
/** Bytes of files whose content is asked for at once. */
const batchBytes = 8 * 2 ** 20;
/** ms without progress after which a regular expression is ended. */
const regexPatience = 2000;
/** ms: showing what was found costs the time in which it is found. */
const tellEvery = 250;
/** Bytes from which a second worker is worth its start. */
const worthSharing = 16 * 2 ** 20;
const mostWorkers = 4;

export class Search {
  wanted = $state.raw<Wanted | undefined>();
  running = $state(false);
  end = $state<SearchEnd | undefined>();
  /** Files with hits, in the order of the files. */
  groups = $state.raw<readonly Group[]>([]);
  hits = $state.raw<readonly Hit[]>([]);
  lines = $state(0);
  /** Files that hold no text. */
  binary = $state(0);
  bytes = $state(0);
  total = $state(0);
  /** ms from start to the first hit, to the end. */
  firstAfter = $state<number | undefined>();
  after = $state(0);

  readonly #workspace: Workspace;
  #stop: ((end: SearchEnd) => void) | undefined;
  #run = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  cancel(): void {
    this.#stop?.('cancelled');
  }

  async start(wanted: Wanted): Promise<void> {
    this.cancel();
    const run = ++this.#run;
    const began = performance.now();
    this.wanted = wanted;
    this.running = true;
    this.end = undefined;
    this.groups = this.hits = [];
    this.lines = this.binary = this.bytes = this.total = this.after = 0;
    this.firstAfter = undefined;

    const stopped = new Promise<SearchEnd>((resolve) => (this.#stop = resolve));
    const found = createFound();
    const searchers: Searcher[] = [];
    let told = began;
    const tell = (now: boolean): void => {
      if (run !== this.#run || (!now && performance.now() - told < tellEvery)) return;
      told = performance.now();
      if (this.groups.length !== found.files.length) {
        this.groups = found.inOrder().map(({ artifact, count }) => ({ artifact, count }));
        this.hits = found.files.flatMap(({ hits }) => hits).slice(0, linesKept);
      }
      this.lines = found.lines;
      this.binary = found.binary;
      this.bytes = searchers.reduce((sum, { bytes }) => sum + bytes, 0);
      this.after = told - began;
    };
    const take = (searched: Searched): void => {
      const first = found.take(searched);
      if (first && run === this.#run) this.firstAfter = performance.now() - began;
      if (searched.count > 0) tell(first);
    };
    const watch = setInterval(() => {
      tell(false);
      const late = performance.now() - regexPatience;
      // the time in which content is fetched is not the expression's
      if (wanted.regex && searchers.some(({ asking, sign }) => asking === 0 && sign < late)) this.#stop?.('slow');
    }, 250);
    const searchAll = async (): Promise<SearchEnd> => {
      const open = async (): Promise<Searcher> => {
        const searcher = await openSearcher(this.#workspace, wanted);
        searchers.push(searcher);
        return searcher;
      };
      const first = open();
      const files = await this.#workspace.ask((desk) => desk.searchables());
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (run === this.#run) this.total = total;
      const queue = [...batches(files)];
      const cores = globalThis.navigator?.hardwareConcurrency || 2;
      const further = total < worthSharing ? 0 : Math.min(mostWorkers, cores, queue.length) - 1;
      const all = [first, ...Array.from({ length: further }, open)];
      await Promise.all(all.map(async (searcher) => (await searcher).work(queue, take)));
      return 'done';
    };
    const end = await Promise.race([searchAll(), stopped]).catch((): SearchEnd => 'died');
    clearInterval(watch);
    for (const searcher of searchers) searcher.terminate();
    if (run !== this.#run) return;
    tell(true);
    this.running = false;
    this.end = end;
  }
}

interface Searcher {
  terminate(): void;
  /** Questions to the desk under way. */
  asking: number;
  /** When it was last heard of. */
  sign: number;
  bytes: number;
  /** Searches until the queue is empty; rejects when the worker dies. */
  work(queue: Searchable[][], take: (searched: Searched) => void): Promise<void>;
}

async function openSearcher(workspace: Workspace, wanted: Wanted): Promise<Searcher> {
  const asked = async <Result>(question: () => Promise<Result>): Promise<Result> => {
    self.asking++;
    try {
      return await question();
    } finally {
      self.asking--;
      self.sign = performance.now();
    }
  };
  const next = (queue: Searchable[][]): Promise<readonly SearchFile[]> | undefined => {
    const batch = queue.shift();
    const files = batch && workspace.ask((desk) => desk.searchFiles(batch));
    // it is asked for ahead: a failure is told when it is due
    files?.catch(() => undefined);
    return files;
  };
  const { api, death, terminate } = await workspace.searcher(
    (bytes) => {
      self.sign = performance.now();
      self.bytes += bytes;
    },
    (artifact, block) => asked(() => workspace.ask((desk) => desk.searchPart(artifact, block))),
  );
  const self: Searcher = {
    terminate,
    asking: 0,
    sign: performance.now(),
    bytes: 0,
    async work(queue, take) {
      for (let batch = next(queue); batch;) {
        const due = batch;
        const files = await asked(() => due);
        batch = next(queue);
        for (const file of files) take(await Promise.race([api.searchFile(file, wanted), death]));
      }
    },
  };
  return self;
}

/** What was found so far: files come in any order, and what is shown of them is bounded. */
function createFound() {
  let kept = 0;
  const found = {
    files: [] as { readonly artifact: number; readonly count: number; readonly hits: readonly Hit[] }[],
    lines: 0,
    binary: 0,
    inOrder: () => found.files.sort((a, b) => a.artifact - b.artifact),
    /** True for the first lines of all. */
    take({ artifact, count, hits, binary }: Searched): boolean {
      if (binary) found.binary++;
      if (count === 0) return false;
      const first = found.lines === 0;
      found.files.push({ artifact, count, hits });
      found.lines += count;
      kept += hits.length;
      if (kept > 2 * linesKept) {
        kept = 0;
        found.files = found.inOrder().map((file) => {
          const own = file.hits.slice(0, linesKept - kept);
          kept += own.length;
          return { ...file, hits: own };
        });
      }
      return first;
    },
  };
  return found;
}

function* batches(files: readonly Searchable[]): Generator<Searchable[]> {
  let batch: Searchable[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && bytes + file.bytes > batchBytes) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.bytes;
  }
  if (batch.length > 0) yield batch;
}

/**
 * One search in everything that is open: files are handed to a worker of its own, a few megabytes at a time, and what it
 * finds comes in file by file. Ending that worker ends the search, so a regular expression that runs away costs nothing.
 */
import { proxy } from 'comlink';
import type { Hit, Searchable, SearchFile, Wanted } from '../analysis/search';
import type { Workspace } from './workspace.svelte';

/** Lines of one file. */
export interface Group {
  readonly artifact: number;
  readonly count: number;
}
export type SearchEnd = 'done' | 'cancelled' | 'slow' | 'died';

const linesKept = 20_000;
/** Bytes of files whose content is asked for at once. */
const batchBytes = 16 * 2 ** 20;
/** ms without progress after which a regular expression is ended. */
const regexPatience = 2000;
const tellEvery = 100;

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
    const searcher = await this.#workspace.searcher();
    let lastSign = performance.now();
    let asking = false;
    const watch = setInterval(() => {
      // the time in which files are fetched is not the expression's
      if (wanted.regex && !asking && performance.now() - lastSign > regexPatience) this.#stop?.('slow');
    }, 250);
    const found = { groups: [] as Group[], hits: [] as Hit[], lines: 0, binary: 0, bytes: 0 };
    let told = began;
    const tell = (now: boolean): void => {
      if (run !== this.#run || (!now && performance.now() - told < tellEvery)) return;
      told = performance.now();
      this.groups = [...found.groups];
      if (this.hits.length !== found.hits.length) this.hits = [...found.hits];
      this.lines = found.lines;
      this.binary = found.binary;
      this.bytes = found.bytes;
      this.after = told - began;
    };
    const beat = proxy((bytes: number) => {
      lastSign = performance.now();
      found.bytes += bytes;
      tell(false);
    });
    const searchAll = async (): Promise<SearchEnd> => {
      const files = await this.#workspace.ask((desk) => desk.searchables());
      if (run === this.#run) this.total = files.reduce((sum, { bytes }) => sum + bytes, 0);
      for (const batch of batches(files)) {
        asking = true;
        const opened = await this.#workspace.ask((desk) =>
          Promise.all(
            batch.map(async (file): Promise<SearchFile> => ({ ...file, blob: await desk.blob(file.artifact) })),
          ),
        );
        asking = false;
        lastSign = performance.now();
        for (const file of opened) {
          const { artifact, count, hits, binary } = await searcher.api.searchFile(file, wanted, beat);
          if (binary) found.binary++;
          if (count > 0) {
            if (found.lines === 0 && run === this.#run) this.firstAfter = performance.now() - began;
            const first = found.lines === 0;
            found.groups.push({ artifact, count });
            found.lines += count;
            found.hits.push(...hits.slice(0, linesKept - found.hits.length));
            tell(first);
          }
        }
      }
      return 'done';
    };
    const end = await Promise.race([searchAll(), stopped, searcher.death]).catch((): SearchEnd => 'died');
    clearInterval(watch);
    searcher.terminate();
    if (run !== this.#run) return;
    tell(true);
    this.running = false;
    this.end = end;
  }
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

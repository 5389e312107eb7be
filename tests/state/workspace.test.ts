import { describe, expect, it, vi } from 'vitest';
import type { CaseState, Desk } from '../../src/analysis/desk';
import type { Source } from '../../src/evidence/evidence';
import type { IntakeOrder, IntakeProgress } from '../../src/intake/intake';
import type { Delivered, Engine } from '../../src/state/engine';
import { grouped } from '../../src/state/groups';
import { Cancelled, type Job } from '../../src/state/pool';
import { emptyCase, Workspace } from '../../src/state/workspace.svelte';

/** An engine whose reader and desk do as told; a source's digest is its content. */
function bench() {
  let state: CaseState = emptyCase;
  const added: string[][] = [];
  const open = new Map<
    string,
    { give(problem?: string): Promise<void>; fail(reason: Error): void; progress(at: IntakeProgress): void }
  >();
  const orders: IntakeOrder[] = [];
  const looks: string[] = [];
  let kill: (reason: Error) => void = () => undefined;
  let started = 0;
  const next = (change: Partial<CaseState>): Promise<CaseState> => {
    state = { ...state, ...change, revision: state.revision + 1 };
    return Promise.resolve(state);
  };
  const desk: Partial<Desk> = {
    endFirstLook(name) {
      looks.push(`away with ${name}`);
      return next({ sources: state.sources.filter((source) => source.name !== name) });
    },
    note: (notes) => next({ notes: { ...state.notes, ...notes } }),
    declare: (facts) => next({ declared: { ...state.declared, ...facts } }),
    close: () => {
      state = { ...emptyCase, revision: state.revision + 1 };
      return Promise.resolve(state);
    },
    storage: () => Promise.resolve({ available: true, used: 0, quota: 1 }),
    sessions: () => Promise.resolve([]),
    open: (id) => next({ session: { id, readOnly: false }, unread: [{ sha256: 'bytes', name: 'old.log', bytes: 5 }] }),
    originals: () => Promise.resolve([{ name: 'old.log', blob: new Blob(['bytes']) }]),
    keep: () => Promise.reject(new Error('QuotaExceededError')),
  };
  const startEngine = (): Promise<Engine> => {
    started++;
    const death = new Promise<never>((_, reject) => (kill = reject));
    death.catch(() => undefined);
    const read = (order: IntakeOrder, progress: (at: IntakeProgress) => void): Job<Delivered> => {
      orders.push(order);
      let cancel: () => void = () => undefined;
      const done = new Promise<Delivered>((resolve, reject) => {
        cancel = () => reject(new Cancelled('cancelled'));
        open.set(order.firstLook ? `look ${order.path}` : order.path, {
          async give(problem) {
            const sha256 = order.blob.size > 99 ? 'large' : await order.blob.text();
            const source: Source = { sha256, name: order.path, bytes: order.blob.size };
            const { port1: port } = new MessageChannel();
            resolve({ source, problems: problem ? [problem] : [], port, original: order.blob });
          },
          fail: reject,
          progress,
        });
      });
      return { done, cancel };
    };
    return Promise.resolve({
      desk: desk as Desk,
      death,
      add(files) {
        added.push(files.map(({ source }) => source.name));
        const known = new Map(state.sources.map((source) => [source.sha256, source]));
        for (const { source } of files) if (!known.has(source.sha256)) known.set(source.sha256, source);
        return next({ sources: [...known.values()] });
      },
      firstLook({ source }) {
        looks.push(`look at ${source.name}`);
        return next({ sources: [...state.sources, { ...source, firstLook: true }] });
      },
      close: () => undefined,
      search: () => {
        throw new Error('not here');
      },
      read,
      readSeveral(several, progress, heard) {
        if (several.length === 0) throw new Error('nothing to read');
        const jobs = several.map((order, n) => read(order, (at) => progress(n, at)));
        const done = Promise.all(jobs.map(async (job, n) => heard(n, await job.done))).then(() => undefined);
        return { done, cancel: () => jobs.forEach(({ cancel }) => cancel()) };
      },
    });
  };
  const workspace = new Workspace(startEngine);
  return { workspace, open, added, orders, looks, die: (reason: Error) => kill(reason), started: () => started };
}
const incoming = (path: string, content = path) => ({ path, blob: new Blob([content]) });
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

it('reads what comes in and hands it to the desk in batches', async () => {
  const { workspace, open, added } = bench();
  const done = workspace.ingest([incoming('a'), incoming('b')]);
  await vi.waitFor(() => expect(open.size).toBe(2));
  open.get('a')!.progress({ bytesIn: 1, bytesOut: 5, path: 'a!/x' });
  expect(workspace.readings.list.map(({ state }) => state)).toEqual(['reading', 'waiting']);
  await Promise.all([open.get('a')!.give(), open.get('b')!.give()]);
  await done;
  expect(added).toEqual([['a', 'b']]);
  expect(workspace.state.sources).toHaveLength(2);
  expect(workspace.readings.list).toEqual([]);
  expect(workspace.readings.progress).toBeUndefined();
});

it('says that the same bytes came again, and counts them once', async () => {
  const { workspace, open } = bench();
  const first = workspace.ingest([incoming('a', 'bytes')]);
  await vi.waitFor(() => expect(open.size).toBe(1));
  await open.get('a')!.give();
  await first;
  const second = workspace.ingest([incoming('copy of a', 'bytes')]);
  await vi.waitFor(() => expect(open.size).toBe(2));
  await open.get('copy of a')!.give();
  await second;
  expect(workspace.state.sources).toHaveLength(1);
  expect(workspace.notices.map(({ values }) => values)).toMatchObject([{ name: 'copy of a', first: 'a' }]);
});

it('reads each file of a group for itself after their reader died', async () => {
  const { workspace, open, added, orders } = bench();
  const done = workspace.ingest(['a', 'b', 'c'].map((name) => incoming(name)));
  await vi.waitFor(() => expect(open.size).toBe(3));
  await open.get('a')!.give();
  await vi.waitFor(() => expect(added).toEqual([['a']]));
  open.get('b')!.fail(new Error('the worker ended'));
  await vi.waitFor(() => expect(orders.map(({ path }) => path)).toEqual(['a', 'b', 'c', 'b', 'c']));
  open.get('b')!.fail(new Error('the worker ended'));
  await open.get('c')!.give();
  await done;
  expect(added.flat()).toEqual(['a', 'c']);
  expect(workspace.readings.failed.map(({ path }) => path)).toEqual(['b']);
});

it('asks no reader for a group that was cancelled before the engine stood', async () => {
  const { workspace, orders } = bench();
  const { readings } = workspace;
  const add = readings.add.bind(readings);
  vi.spyOn(readings, 'add').mockImplementation((files) => {
    const added = add(files);
    queueMicrotask(() => workspace.cancel());
    return added;
  });
  await workspace.ingest([incoming('a'), incoming('b')]);
  expect(orders).toEqual([]);
});

it('reads small files together, large ones alone, in the order of their coming', () => {
  const sizes = [1, 2, 2 ** 19, 3, ...Array.from({ length: 60 }, () => 2 ** 17)];
  const order = (size: number) => ({ path: '', blob: { size } as Blob, keepBytes: true });
  const groups = grouped(sizes.map((size, id) => ({ order: order(size), id })));
  expect(groups.flat().map(({ id }) => id)).toEqual(sizes.map((_, id) => id));
  expect(groups.map(({ length }) => length)).toEqual([2, 1, 16, 16, 16, 13]);
});

it('leaves nothing behind when cancelled', async () => {
  const { workspace, open, added } = bench();
  const done = workspace.ingest([incoming('big')]);
  await vi.waitFor(() => expect(open.size).toBe(1));
  workspace.cancel();
  expect(workspace.readings.list).toEqual([]);
  await done;
  expect(added).toEqual([]);
});

describe('a large file', () => {
  const large = { path: 'large.pcap', blob: new Blob([new Uint8Array(17 * 2 ** 20)]) };
  it('shows its beginning while it is read', async () => {
    const { workspace, open, orders, looks, added } = bench();
    const done = workspace.ingest([large, incoming('small')]);
    await vi.waitFor(() => expect(open.size).toBe(3));
    expect(orders.map(({ path, blob }) => [path, blob.size])).toEqual([
      ['large.pcap', 2 ** 20],
      ['large.pcap', 17 * 2 ** 20],
      ['small', 5],
    ]);
    await open.get('look large.pcap')!.give();
    await turn();
    expect(looks).toEqual(['look at large.pcap']);
    expect(workspace.opened).toBe(true);
    await Promise.all([open.get('large.pcap')!.give(), open.get('small')!.give()]);
    await done;
    expect(added.flat()).toEqual(['large.pcap', 'small']);
    expect(looks).toHaveLength(1);
  });
  it('that is cancelled takes it along', async () => {
    const { workspace, open, looks } = bench();
    const done = workspace.ingest([large]);
    await vi.waitFor(() => expect(open.size).toBe(2));
    await open.get('look large.pcap')!.give();
    await turn();
    workspace.cancel();
    await done;
    expect(looks).toEqual(['look at large.pcap', 'away with large.pcap']);
    expect(workspace.opened).toBe(false);
  });
  it('that was read before its beginning is not looked at any more', async () => {
    const { workspace, open, looks } = bench();
    const done = workspace.ingest([large]);
    await vi.waitFor(() => expect(open.size).toBe(2));
    await open.get('large.pcap')!.give();
    await open.get('look large.pcap')!.give();
    await done;
    expect(looks).toEqual([]);
  });
});

it('keeps a failed file in sight while the others go on', async () => {
  const { workspace, open, orders } = bench();
  const done = workspace.ingest([incoming('bad'), incoming('good')]);
  await vi.waitFor(() => expect(open.size).toBe(2));
  await open.get('good')!.give();
  open.get('bad')!.fail(new Error('out of memory'));
  await vi.waitFor(() => expect(orders).toHaveLength(3));
  open.get('bad')!.fail(new Error('out of memory'));
  await done;
  expect(workspace.state.sources.map(({ name }) => name)).toEqual(['good']);
  expect(workspace.readings.list).toMatchObject([
    { path: 'bad', state: 'failed', message: { values: { detail: 'out of memory' } } },
  ]);
});

it('names the files that were not read in full, in one notice', async () => {
  const { workspace, open } = bench();
  const done = workspace.ingest([incoming('cut.pcap'), incoming('good')]);
  await vi.waitFor(() => expect(open.size).toBe(2));
  await open.get('cut.pcap')!.give('truncated-capture');
  await turn();
  await open.get('good')!.give('odd-name');
  await done;
  expect(workspace.notices.map(({ values }) => values)).toEqual([{ files: { list: ['cut.pcap'] } }]);
});

it('undoes and redoes what a person wrote', async () => {
  const { workspace } = bench();
  await workspace.note({ title: 'first' });
  await workspace.declare({ pbx: 'mivb' });
  await workspace.undo();
  expect([workspace.state.declared.pbx, workspace.state.notes.title]).toEqual([undefined, 'first']);
  await workspace.undo();
  expect(workspace.state.notes.title).toBe('');
  expect(workspace.history.canUndo).toBe(false);
  await workspace.redo();
  await workspace.redo();
  expect([workspace.state.declared.pbx, workspace.state.notes.title]).toEqual(['mivb', 'first']);
});

it('keeps each answer that is given before the desk has answered, and undoes them one by one', async () => {
  const { workspace } = bench();
  const answer = (id: string): Promise<void> =>
    workspace.note({ answers: { ...workspace.state.notes.answers, [id]: { state: 'done' } } });
  await Promise.all(['a', 'b', 'c'].map(answer));
  expect(Object.keys(workspace.state.notes.answers)).toEqual(['a', 'b', 'c']);
  await workspace.undo();
  await workspace.undo();
  expect(Object.keys(workspace.state.notes.answers)).toEqual(['a']);
});

it('stays in memory and says so where keeping fails', async () => {
  const { workspace } = bench();
  await workspace.keep();
  expect(workspace.keeping).toBe('memory');
  expect(workspace.notices).toMatchObject([{ values: { detail: 'QuotaExceededError' } }]);
});

it('starts a new analysis and reads the files again when the worker dies', async () => {
  const { workspace, open, orders, die, started } = bench();
  const done = workspace.ingest([incoming('a')]);
  await vi.waitFor(() => expect(open.size).toBe(1));
  await open.get('a')!.give();
  await done;
  await workspace.note({ title: 'Aster' });
  open.clear();
  die(new Error('gone'));
  await vi.waitFor(() => expect(open.size).toBe(1));
  await open.get('a')!.give();
  await turn();
  expect(started()).toBe(2);
  expect(orders.map(({ path }) => path)).toEqual(['a', 'a']);
  await vi.waitFor(() => expect(workspace.state.notes.title).toBe('Aster'));
});

it('gives up on evidence that ends the analysis each time, and says so', async () => {
  const { workspace, open, die, started } = bench();
  const done = workspace.ingest([incoming('a')]);
  await vi.waitFor(() => expect(open.size).toBe(1));
  await open.get('a')!.give();
  await done;
  for (let death = 1; death <= 3; death++) {
    open.clear();
    die(new Error('out of memory'));
    await vi.waitFor(() => expect(open.size).toBe(1));
    await open.get('a')!.give();
    await turn();
    expect(started()).toBe(death + 1);
  }
  open.clear();
  die(new Error('out of memory'));
  await turn();
  expect(open.size).toBe(0);
  expect(workspace.state.sources).toEqual([]);
  expect(workspace.readings.going).toBe(false);
  expect(workspace.notices.at(-1)?.text.en).toMatch(/again and again/);
});

it('reads again what another version stored, and says so', async () => {
  const { workspace, open, added } = bench();
  const done = workspace.open('one');
  await vi.waitFor(() => expect(open.size).toBe(1));
  await open.get('old.log')!.give();
  await done;
  expect(added).toEqual([['old.log']]);
  expect(workspace.keeping).toBe('kept');
  expect(workspace.notices.map(({ text, values }) => [text.en.includes('read again'), values])).toEqual([
    [true, { count: 1 }],
  ]);
});

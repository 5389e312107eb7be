import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore, databaseName, databaseVersion, type Store } from '../../src/session/store';
import { part, row, sha256 } from '../build/session';

let store: Store;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = createStore();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** A session of the given contents, stored in two phases. */
async function kept(id: string, ...contents: readonly string[]): Promise<void> {
  for (const content of contents) await store.putPart(part(id, content));
  expect(await store.commit(row(id, contents.map(sha256)), undefined)).toBe(true);
}
/** Everything that is stored, as a reader finds it: sessions with the contents of their parts. */
async function whole(): Promise<unknown> {
  const listed = await store.list();
  const read = await Promise.all(listed.map(({ id }) => store.read(id)));
  return Promise.all(
    read.map(async (one) => ({
      ...one!.row,
      changed: 0,
      contents: await Promise.all(one!.parts.map(({ original }) => original.text())),
    })),
  );
}

describe('two phases', () => {
  it('parts without a row are no session, and are swept', async () => {
    await kept('a', 'one');
    await store.putPart(part('a', 'two'));
    await store.putPart(part('b', 'three'));
    expect((await store.list()).map(({ id }) => id)).toEqual(['a']);
    expect((await store.read('a'))!.parts).toHaveLength(1);
    expect(await store.read('b')).toBeUndefined();
    expect(await store.sweep(new Set())).toBe(2);
    expect(await store.sweep(new Set())).toBe(0);
    expect((await store.read('a'))!.parts).toHaveLength(1);
  });

  it('parts of a session that some tab has open are left alone', async () => {
    await store.putPart(part('busy', 'one'));
    await store.putPart(part('dead', 'one'));
    expect(await store.sweep(new Set(['busy']))).toBe(1);
    expect(await store.commit(row('busy', [sha256('one')]), undefined)).toBe(true);
  });

  it('a row that lists a part which is not stored is refused', async () => {
    await expect(store.commit(row('a', [sha256('never')]), undefined)).rejects.toThrow();
    expect(await store.list()).toEqual([]);
  });

  it('a row that lists a part no more takes it away', async () => {
    await kept('a', 'one', 'two');
    expect(await store.commit(row('a', [sha256('one')], { revision: 2 }), 1)).toBe(true);
    expect(await store.sweep(new Set())).toBe(0);
    expect((await store.read('a'))!.parts).toHaveLength(1);
  });

  it('a commit after a stale revision is refused, and changes nothing', async () => {
    await kept('a', 'one');
    expect(await store.commit(row('a', [sha256('one')], { revision: 2, title: 'first' }), 1)).toBe(true);
    const before = await whole();
    expect(await store.commit(row('a', [], { revision: 2, title: 'second' }), 1)).toBe(false);
    expect(await store.commit(row('a', [], { revision: 1, title: 'new' }), undefined)).toBe(false);
    expect(await store.commit(row('gone', [], { revision: 4 }), 3)).toBe(false);
    expect(await whole()).toEqual(before);
  });
});

it('removing leaves 0 bytes of a session, and the others', async () => {
  await kept('a', 'one', 'two');
  await kept('b', 'one');
  expect(await store.remove('a')).toBe(0);
  expect(await store.read('a')).toBeUndefined();
  expect((await store.read('b'))!.parts).toHaveLength(1);
  expect(await store.removeAll()).toBe(0);
  expect(await store.list()).toEqual([]);
});

it('a duplicate lives on its own', async () => {
  await kept('a', 'one');
  await store.duplicate('a', 'b');
  await store.duplicate('never', 'c');
  await store.remove('a');
  const copy = await store.read('b');
  expect(await copy!.parts[0]!.original.text()).toBe('one');
  expect(await store.commit({ ...copy!.row, revision: 2 }, 1)).toBe(true);
  expect((await store.list()).map(({ id }) => id)).toEqual(['b']);
});

describe('a database of a newer version', () => {
  it('is named as such and left alone', async () => {
    await new Promise<void>((resolve) => {
      const request = indexedDB.open(databaseName, databaseVersion + 1);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    expect(await store.storage()).toMatchObject({ available: false, newer: true });
    await expect(store.list()).rejects.toThrow();
    expect((await indexedDB.databases()).map(({ version }) => version)).toEqual([databaseVersion + 1]);
  });

  it('is let in: the older tab closes its connection and says so', async () => {
    const closed = vi.fn();
    store = createStore({ closed });
    await store.list();
    const opened = await new Promise<string>((resolve) => {
      const request = indexedDB.open(databaseName, databaseVersion + 1);
      request.onblocked = () => resolve('blocked');
      request.onsuccess = () => resolve('opened');
    });
    expect(opened).toBe('opened');
    expect(closed).toHaveBeenCalledOnce();
  });
});

it('where IndexedDB is refused, storage says why', async () => {
  globalThis.indexedDB = {
    open: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  } as unknown as IDBFactory;
  expect(await createStore().storage()).toMatchObject({
    available: false,
    reason: expect.stringContaining('denied') as string,
  });
});

/** Every step that writes, made to fail in its turn: at the call, or after it as the request's or transaction's error. */
describe('every Nth write fails', () => {
  const writers = ['put', 'delete', 'clear'] as const;
  const failures = {
    'throws at the call': () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    'throws a fault of its own': () => {
      throw new DOMException('not cloneable', 'DataCloneError');
    },
    'aborts the transaction': (objects: IDBObjectStore) => objects.transaction.abort(),
  };
  let left = Infinity;
  let writes = 0;
  function arm(fail: (objects: IDBObjectStore) => void): void {
    const { prototype } = IDBObjectStore;
    for (const name of writers) {
      const original = prototype[name] as (...args: unknown[]) => IDBRequest;
      vi.spyOn(prototype, name).mockImplementation(function (this: IDBObjectStore, ...args: unknown[]) {
        writes++;
        const failing = --left === 0;
        if (failing && fail !== failures['aborts the transaction']) fail(this);
        const request = original.apply(this, args) as IDBRequest<undefined>;
        if (failing) fail(this);
        return request;
      });
    }
  }

  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    'first import': async () => {
      for (const content of ['x', 'y']) await store.putPart(part('new', content));
      await store.commit(row('new', ['x', 'y'].map(sha256)), undefined);
    },
    'a source more, one less': async () => {
      await store.putPart(part('a', 'three'));
      await store.commit(row('a', ['two', 'three'].map(sha256), { revision: 2 }), 1);
    },
    note: () => store.commit(row('a', ['one', 'two'].map(sha256), { revision: 2, title: 'noted' }), 1),
    remove: () => store.remove('a'),
    'remove all': () => store.removeAll(),
    duplicate: () => store.duplicate('a', 'copy'),
    sweep: () => store.sweep(new Set()),
  };

  for (const [failure, fail] of Object.entries(failures)) {
    it.each(Object.keys(acts))(`%s, which ${failure}: the old state or the new one`, async (name) => {
      const fresh = async (): Promise<void> => {
        globalThis.indexedDB = new IDBFactory();
        store = createStore();
        await kept('a', 'one', 'two');
        await kept('b', 'other');
        await store.putPart(part('lost', 'orphan'));
      };
      arm(fail);
      left = Infinity;
      await fresh();
      const old = await whole();
      writes = 0;
      await acts[name]!();
      const steps = writes;
      const next = await whole();
      expect(steps).toBeGreaterThan(0);
      for (let n = 1; n <= steps; n++) {
        left = Infinity;
        await fresh();
        left = n;
        await expect(acts[name]!(), `write ${n} of ${steps}`).rejects.toThrow();
        left = Infinity;
        expect(await whole(), `write ${n} of ${steps}`).toEqual(old);
        // and what was refused can be done afterwards
        await acts[name]!();
        expect(await whole()).toEqual(next);
      }
    });
  }
});

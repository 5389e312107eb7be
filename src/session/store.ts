/**
 * Sessions in IndexedDB. Stored are the dropped originals as dropped, the tables read from them, facts and notes;
 * unpacked members are rebuilt on demand.
 *
 * Import is a two-phase commit: each source is first put as a part, in a transaction of its own, which no reader looks
 * at; then one short transaction writes the session row that lists it. Parts that no row lists are swept at start.
 * Every write names the revision that it follows, so a stale second writer cannot overwrite (no last-writer-wins).
 * A write that fails anywhere is undone as a whole: a request that throws does not end its transaction by itself.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { Harvest } from '../evidence/evidence';
import type { Declared } from '../facts/facts';
import type { Notes } from './notes';

export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  /** Name of its first source: what it is called where it has no title. */
  readonly first: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly changed: number;
  /** Bytes of the originals. */
  readonly bytes: number;
  readonly sources: number;
  /** Root findings by severity. */
  readonly found: Readonly<Record<string, number>>;
}

export type Storage =
  | { readonly available: true; readonly used: number; readonly quota: number }
  | {
      readonly available: false;
      readonly reason: string;
      /** The stored sessions are of a newer version: they are there, and left alone. */
      readonly newer?: true;
    };

export interface SessionRow extends Omit<SessionSummary, 'sources'> {
  readonly revision: number;
  readonly sources: readonly string[];
  readonly declared: Declared;
  readonly notes: Notes;
}
export interface Part {
  readonly session: string;
  readonly sha256: string;
  readonly harvest: Harvest;
  readonly original: Blob;
  /** Names the tables that it was read into (`readerMark`). */
  readonly mark?: string;
}

interface Shelf extends DBSchema {
  sessions: { key: string; value: SessionRow };
  parts: { key: [string, string]; value: Part; indexes: { session: string } };
}

type Name = 'sessions' | 'parts';
type Stores = Name[];
type Writing = IDBPTransaction<Shelf, Name[], 'readwrite'>;
const both: Stores = ['sessions', 'parts'];

export interface Store {
  storage(): Promise<Storage>;
  list(): Promise<SessionSummary[]>;
  read(id: string): Promise<{ row: SessionRow; parts: Part[] } | undefined>;
  /** Phase one: a source that no session row lists yet. */
  putPart(part: Part): Promise<void>;
  /**
   * Phase two, and every later change: the row, and away with parts that it lists no more. False where the stored
   * revision is not the expected one; rejects where a part that it lists is not stored.
   */
  commit(row: SessionRow, expected: number | undefined): Promise<boolean>;
  remove(id: string): Promise<number>;
  removeAll(): Promise<number>;
  duplicate(id: string, as: string): Promise<void>;
  /** Parts without a row, left by an import that did not finish; sessions in `held` are left alone. */
  sweep(held: ReadonlySet<string>): Promise<number>;
}

export const databaseName = 'psiscope';
export const databaseVersion = 1;

export interface StoreEvents {
  /** Another tab wants to upgrade or delete the database: ours was closed. */
  closed?(): void;
  blocked?(): void;
}

export function createStore(events: StoreEvents = {}): Store {
  let opening: Promise<IDBPDatabase<Shelf>> | undefined;
  const database = (): Promise<IDBPDatabase<Shelf>> => {
    opening ??= openDB<Shelf>(databaseName, databaseVersion, {
      upgrade(db) {
        db.createObjectStore('sessions', { keyPath: 'id' });
        db.createObjectStore('parts', { keyPath: ['session', 'sha256'] }).createIndex('session', 'session');
      },
      blocked: () => events.blocked?.(),
      blocking(_current, _next, event) {
        (event.target as IDBDatabase).close();
        opening = undefined;
        events.closed?.();
      },
      terminated: () => (opening = undefined),
    }).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  /** After a quota error Firefox may leave the connection read-only: close it, the next call opens anew. */
  const reset = async (): Promise<void> => {
    const db = await opening?.catch(() => undefined);
    db?.close();
    opening = undefined;
  };
  const guarded = async <T>(work: (db: IDBPDatabase<Shelf>) => Promise<T>): Promise<T> => {
    try {
      return await work(await database());
    } catch (error) {
      await reset();
      throw error;
    }
  };
  const write = <T>(stores: Stores, work: (tx: Writing) => Promise<T>): Promise<T> =>
    guarded(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      const done = tx.done;
      done.catch(() => undefined);
      try {
        const result = await work(tx);
        await done;
        return result;
      } catch (error) {
        try {
          tx.abort();
        } catch {
          // it has ended already
        }
        await done.catch(() => undefined);
        throw error;
      }
    });

  return {
    async storage() {
      try {
        await database();
        const estimate = await navigator.storage?.estimate?.();
        return { available: true, used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0 };
      } catch (error) {
        const newer = error instanceof DOMException && error.name === 'VersionError';
        return { available: false, reason: String(error), ...(newer ? { newer } : {}) };
      }
    },
    list: () =>
      guarded(async (db) => {
        const rows = await db.getAll('sessions');
        return rows
          .map(({ id, title, first, created, changed, bytes, found, sources }) => ({
            id,
            title,
            first,
            created,
            changed,
            bytes,
            found,
            sources: sources.length,
          }))
          .sort((a, b) => b.changed - a.changed);
      }),
    read: (id) =>
      guarded(async (db) => {
        const tx = db.transaction(['sessions', 'parts']);
        const row = await tx.objectStore('sessions').get(id);
        if (!row) return undefined;
        const parts = await Promise.all(row.sources.map((sha256) => tx.objectStore('parts').get([id, sha256])));
        await tx.done;
        return { row, parts: parts.filter((part) => part !== undefined) };
      }),
    putPart: (part) =>
      write(['parts'], async (tx) => {
        await tx.objectStore('parts').put(part);
      }),
    commit: (row, expected) =>
      write(both, async (tx) => {
        const parts = tx.objectStore('parts');
        const stored = await tx.objectStore('sessions').get(row.id);
        if (stored?.revision !== expected) return false;
        const keys = await parts.index('session').getAllKeys(row.id);
        const there = new Set(keys.map(([, sha256]) => sha256));
        if (!row.sources.every((sha256) => there.has(sha256))) throw new Error('part missing');
        await tx.objectStore('sessions').put(row);
        const listed = new Set(row.sources);
        for (const key of keys) if (!listed.has(key[1])) await parts.delete(key);
        return true;
      }),
    async remove(id) {
      await write(both, async (tx) => {
        const parts = tx.objectStore('parts');
        await tx.objectStore('sessions').delete(id);
        for (const key of await parts.index('session').getAllKeys(id)) await parts.delete(key);
      });
      return guarded(async (db) => {
        const left = await db.getAllFromIndex('parts', 'session', id);
        return left.reduce((sum, part) => sum + part.original.size, 0);
      });
    },
    async removeAll() {
      await write(both, async (tx) => {
        await tx.objectStore('sessions').clear();
        await tx.objectStore('parts').clear();
      });
      return guarded(async (db) => (await db.count('sessions')) + (await db.count('parts')));
    },
    duplicate: (id, as) =>
      write(both, async (tx) => {
        const row = await tx.objectStore('sessions').get(id);
        if (!row) return;
        const parts = tx.objectStore('parts');
        for (const sha256 of row.sources) {
          const part = await parts.get([id, sha256]);
          if (part) await parts.put({ ...part, session: as });
        }
        await tx.objectStore('sessions').put({ ...row, id: as, revision: 1, changed: Date.now() });
      }),
    sweep: (heldSessions) =>
      write(both, async (tx) => {
        const parts = tx.objectStore('parts');
        const rows = await tx.objectStore('sessions').getAll();
        const listed = new Set(rows.flatMap((row) => row.sources.map((sha256) => `${row.id}/${sha256}`)));
        const orphans = (await parts.getAllKeys()).filter(
          ([session, sha256]) => !listed.has(`${session}/${sha256}`) && !heldSessions.has(session),
        );
        for (const key of orphans) await parts.delete(key);
        return orphans.length;
      }),
  };
}

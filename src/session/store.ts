/**
 * Sessions in IndexedDB. Stored are the dropped originals as dropped, the tables read from them, facts and notes;
 * unpacked members are rebuilt on demand.
 *
 * Import is a two-phase commit: each source is first put as a part, in a transaction of its own, which no reader looks
 * at; then one short transaction writes the session row that lists it. Parts that no row lists are swept at start.
 * Every write names the revision that it follows, so a stale second writer cannot overwrite (no last-writer-wins).
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
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
  | { readonly available: false; readonly reason: string };

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
}

interface Shelf extends DBSchema {
  sessions: { key: string; value: SessionRow };
  parts: { key: [string, string]; value: Part; indexes: { session: string } };
}

export interface Store {
  storage(): Promise<Storage>;
  list(): Promise<SessionSummary[]>;
  read(id: string): Promise<{ row: SessionRow; parts: Part[] } | undefined>;
  /** Phase one: a source that no session row lists yet. */
  putPart(part: Part): Promise<void>;
  /** Phase two, and every later change. False where the stored revision is not the expected one. */
  commit(row: SessionRow, expected: number | undefined): Promise<boolean>;
  remove(id: string): Promise<number>;
  removeAll(): Promise<number>;
  duplicate(id: string, as: string): Promise<void>;
  /** Parts without a row, left by an import that did not finish; sessions in `held` are left alone. */
  sweep(held: ReadonlySet<string>): Promise<number>;
}

export const databaseName = 'psiscope';
const databaseVersion = 1;

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
  const held = (id: string): Promise<number> =>
    guarded(async (db) => {
      const parts = await db.getAllFromIndex('parts', 'session', id);
      return parts.reduce((sum, part) => sum + part.original.size, 0);
    });

  return {
    async storage() {
      try {
        await database();
        const estimate = await navigator.storage?.estimate?.();
        return { available: true, used: estimate?.usage ?? 0, quota: estimate?.quota ?? 0 };
      } catch (error) {
        return { available: false, reason: String(error) };
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
      guarded(async (db) => {
        const tx = db.transaction('parts', 'readwrite', { durability: 'strict' });
        await Promise.all([tx.store.put(part), tx.done]);
      }),
    commit: (row, expected) =>
      guarded(async (db) => {
        const tx = db.transaction('sessions', 'readwrite', { durability: 'strict' });
        const stored = await tx.store.get(row.id);
        const fits = stored?.revision === expected;
        await Promise.all([fits ? tx.store.put(row) : undefined, tx.done]);
        return fits;
      }),
    async remove(id) {
      await guarded(async (db) => {
        const tx = db.transaction(['sessions', 'parts'], 'readwrite', { durability: 'strict' });
        const parts = tx.objectStore('parts');
        const keys = await parts.index('session').getAllKeys(id);
        await Promise.all([
          tx.objectStore('sessions').delete(id),
          ...keys.map((key) => parts.delete(key)),
          tx.done,
        ]);
      });
      return held(id);
    },
    removeAll: () =>
      guarded(async (db) => {
        const tx = db.transaction(['sessions', 'parts'], 'readwrite', { durability: 'strict' });
        await Promise.all([tx.objectStore('sessions').clear(), tx.objectStore('parts').clear(), tx.done]);
        return (await db.count('sessions')) + (await db.count('parts'));
      }),
    duplicate: (id, as) =>
      guarded(async (db) => {
        const tx = db.transaction(['sessions', 'parts'], 'readwrite', { durability: 'strict' });
        const row = await tx.objectStore('sessions').get(id);
        const parts = await tx.objectStore('parts').index('session').getAll(id);
        await Promise.all([
          ...parts.map((part) => tx.objectStore('parts').put({ ...part, session: as })),
          row && tx.objectStore('sessions').put({ ...row, id: as, revision: 1, changed: Date.now() }),
          tx.done,
        ]);
      }),
    sweep: (heldSessions) =>
      guarded(async (db) => {
        const tx = db.transaction(['sessions', 'parts'], 'readwrite');
        const rows = await tx.objectStore('sessions').getAll();
        const listed = new Set(rows.flatMap((row) => row.sources.map((sha256) => `${row.id}/${sha256}`)));
        const keys = await tx.objectStore('parts').getAllKeys();
        const orphans = keys.filter(([session, sha256]) => !listed.has(`${session}/${sha256}`) && !heldSessions.has(session));
        await Promise.all([...orphans.map((key) => tx.objectStore('parts').delete(key)), tx.done]);
        return orphans.length;
      }),
  };
}

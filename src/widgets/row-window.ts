/**
 * The described rows of a table around the window, fetched in pages. One request runs at a time; while it does, only
 * the newest wish is remembered, so dragging the scroll bar over a million rows asks for a handful of pages. After the
 * order or filter changed, the rows of before stay readable until the new ones arrive.
 */
export const pageSize = 64;
const pagesKept = 48;

export interface RowWindow<Row> {
  /** The row at a position, or the one that stood there before the last `reset`. */
  at(position: number): Row | undefined;
  /** False while `at` still gives a row of before. */
  fresh(position: number): boolean;
  want(from: number, to: number): void;
  /** Other rows now stand at the positions. */
  reset(count: number, fetch: (from: number, to: number) => Promise<readonly Row[]>): void;
}

export function createRowWindow<Row>(changed: () => void): RowWindow<Row> {
  let pages = new Map<number, readonly Row[]>();
  let before = new Map<number, readonly Row[]>();
  let count = 0;
  let fetch: ((from: number, to: number) => Promise<readonly Row[]>) | undefined;
  let wished: { from: number; to: number } | undefined;
  let run = 0;
  let running = false;

  const pageOf = (position: number): number => Math.floor(position / pageSize);

  async function work(): Promise<void> {
    if (running) return;
    running = true;
    try {
      while (wished && fetch) {
        const { from, to } = wished;
        wished = undefined;
        const missing: number[] = [];
        for (let page = pageOf(from); page <= pageOf(Math.max(from, to - 1)); page++)
          if (!pages.has(page)) missing.push(page);
        if (missing.length === 0) continue;
        const first = missing[0]! * pageSize;
        const last = Math.min(count, (missing.at(-1)! + 1) * pageSize);
        const mine = run;
        let rows: readonly Row[];
        try {
          rows = await fetch(first, last);
        } catch {
          // the worker went away; it is restarted and `reset` follows
          continue;
        }
        if (mine !== run) continue;
        for (let at = 0; at < rows.length; at += pageSize) {
          const page = pageOf(first + at);
          pages.set(page, rows.slice(at, at + pageSize));
          before.delete(page);
        }
        while (pages.size > pagesKept) pages.delete(pages.keys().next().value!);
        changed();
      }
    } finally {
      running = false;
    }
  }

  const rowOf = (map: ReadonlyMap<number, readonly Row[]>, position: number): Row | undefined =>
    map.get(pageOf(position))?.[position % pageSize];

  return {
    at: (position) => rowOf(pages, position) ?? rowOf(before, position),
    fresh: (position) => rowOf(pages, position) !== undefined,
    want(from, to) {
      if (to <= from) return;
      wished = { from, to };
      void work();
    },
    reset(rows, how) {
      if (pages.size > 0) before = pages;
      pages = new Map();
      count = rows;
      fetch = how;
      run++;
      if (rows === 0) before.clear();
      changed();
    },
  };
}

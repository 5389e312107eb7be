/** Which columns of a table a person does not want to see: kept in this browser, by the columns' own ids. */
import { browserShelf } from '../../state/preferences.svelte';

export interface HiddenColumns {
  has(id: string): boolean;
  set(id: string, isHidden: boolean): void;
  readonly changed: boolean;
  reset(): void;
}

/** `extra` are hidden until they are wanted. */
export function hiddenColumns(table: string, extra: readonly string[]): HiddenColumns {
  const shelf = browserShelf();
  const key = `columns.${table}`;
  const stored = shelf.get(key);
  let hidden = $state.raw<ReadonlySet<string>>(new Set(stored === undefined ? extra : stored.split(' ')));
  const keep = (next: ReadonlySet<string>): void => {
    hidden = next;
    shelf.set(key, [...next].join(' '));
  };
  return {
    has: (id) => hidden.has(id),
    set(id, isHidden) {
      const next = new Set(hidden);
      if (isHidden) next.add(id);
      else next.delete(id);
      keep(next);
    },
    get changed() {
      return [...hidden].sort().join(' ') !== [...extra].sort().join(' ');
    },
    reset: () => keep(new Set(extra)),
  };
}

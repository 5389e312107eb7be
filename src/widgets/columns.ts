/** A column of `VirtualTable`. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A grid track: `120px`, `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly align?: 'end';
  readonly mono?: boolean;
  readonly sortable?: boolean;
  /** Plain text of the cell: shown unless the `cell` snippet draws it, copied with Ctrl+C, and its title where cut. */
  text?(row: Row): string;
  /** The filter term that this cell stands for (`outcome:busy`): a click on its funnel, or `f`, hands it to `onfilter`. */
  filter?(row: Row): string | undefined;
}

export interface SortBy {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows of a selection by position: `describe(selection.subarray(from, to))`. */
export function rowsOf<Row>(
  selection: Uint32Array,
  describe: (rows: readonly number[]) => Promise<readonly Row[]>,
): (from: number, to: number) => Promise<readonly Row[]> {
  return (from, to) => describe([...selection.subarray(from, to)]);
}

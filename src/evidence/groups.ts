/** Rows of a column by group: those of group g stand in `rows` from `starts[g]` to before `starts[g + 1]`. */
export interface Grouped {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

/** The same as windows: for who asks for some groups. To make a window of every group costs more than to sort. */
export function groupRows(groupOf: Int32Array, groups: number, order?: Uint32Array): (group: number) => Uint32Array {
  const { starts, rows } = sortRows(groupOf, groups, order);
  return (group) => rows.subarray(starts[group] ?? 0, starts[group + 1] ?? 0);
}

/** Counting sort, linear, keeping the order given. */
export function sortRows(groupOf: Int32Array, groups: number, order?: Uint32Array): Grouped {
  const starts = new Uint32Array(groups + 1);
  for (let at = 0; at < groupOf.length; at++) if (groupOf[at]! >= 0) starts[groupOf[at]! + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice(0, groups);
  const rows = new Uint32Array(starts[groups]!);
  for (let at = 0; at < groupOf.length; at++) {
    const row = order ? order[at]! : at;
    const group = groupOf[row]!;
    if (group >= 0) rows[next[group]!++] = row;
  }
  return { starts, rows };
}

/** Rows of a column by group: counting sort, linear, keeping the order given. */
export function groupRows(groupOf: Int32Array, groups: number, order?: Uint32Array): (group: number) => Uint32Array {
  const starts = new Uint32Array(groups + 1);
  for (const group of groupOf) if (group >= 0) starts[group + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice(0, groups);
  const rows = new Uint32Array(starts[groups]!);
  for (let at = 0; at < groupOf.length; at++) {
    const row = order ? order[at]! : at;
    const group = groupOf[row]!;
    if (group >= 0) rows[next[group]!++] = row;
  }
  return (group) => rows.subarray(starts[group] ?? 0, starts[group + 1] ?? 0);
}

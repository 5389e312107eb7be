import { describe, expect, it } from 'vitest';
import { createPool } from '../../src/base/strings';
import type { Harvest } from '../../src/evidence/evidence';
import { harvestOf, hold, merge, mergeHeld } from '../../src/evidence/merge';
import { schemas, type TableName } from '../../src/evidence/schema';
import { drawnFiles, groundsOf, readFiles } from '../build/grounds';
import { ladderOf } from '../build/ladder';

const files = drawnFiles({
  ladder: [
    { path: 'b.pcap', drawn: '\n a b\n 0.000 |--INVITE-1-->|\n 1.000 |<---486-1----|' },
    { path: 'a.pcap', drawn: '\n b c\n 0.500 |--INVITE-1b-->|', hosts: { b: '10.0.0.2', c: '10.0.0.3' } },
  ],
  report: ['anna@example.org | Anna | ZoomUserNotFound', 'bob@example.org | Bob'],
  log: ['08:00:00 ERROR no such host', '08:00:01 INFO up'],
});

describe('merge', () => {
  it('gives the same evidence whatever the order of the files', () => {
    const there = groundsOf(readFiles(files));
    const back = groundsOf(readFiles(Object.fromEntries(Object.entries(files).reverse())));
    const shown = ({ evidence, clock, links }: typeof there): unknown => [
      evidence.artifacts,
      evidence.problems,
      Array.from(evidence.lines.artifact),
      Array.from(evidence.users.email, (id) => evidence.strings.text(id)),
      ladderOf(evidence, clock, links.order),
    ];
    expect(shown(back)).toEqual(shown(there));
  });
  it('moves references with the rows that they point to', () => {
    const [one, ...rest] = readFiles(drawnFiles({ report: ['anna@example.org | Anna | ZoomUserNotFound'] }));
    const twice = merge([one!, ...rest, { ...one!, source: { ...one!.source, name: 'z.csv', sha256: 'z' } }]);
    expect(Array.from(twice.userIssues.user)).toEqual([0, 1]);
    expect(Array.from(twice.users.artifact)).toEqual([0, 1]);
    expect(Array.from(twice.sourceOf)).toEqual([0, 1]);
  });
  it('holds no row twice, and gives each harvest back as it came', () => {
    const came = readFiles(files).map(plain);
    const holdings = readFiles(files).map(hold);
    const pool = createPool();
    const first = mergeHeld(holdings.slice(1), pool, true);
    const second = mergeHeld(holdings, pool, true);
    const { messages, lines } = second;
    const filled = (name: TableName) =>
      holdings.map(({ tables }) => tables).filter((tables) => tables[name].length > 0);
    for (const { messages: own } of filled('messages')) expect(own.callId.buffer).toBe(messages.callId.buffer);
    for (const { lines: own } of filled('lines')) expect(own.offset.buffer).toBe(lines.offset.buffer);
    expect(filled('lines').length * filled('messages').length).toBeGreaterThan(0);
    expect(plain(second)).toEqual(plain(merge(readFiles(files))));
    // evidence that a question still looks at stays as it was
    expect(plain(first)).toEqual(plain(merge(readFiles(files).slice(1))));
    expect(holdings.map((holding) => plain(harvestOf(holding, pool)))).toEqual(came);
  });
});

/** Rows with their texts. */
function plain(of: Harvest | ReturnType<typeof merge>): unknown {
  const { tables } = 'tables' in of ? hold(of) : { tables: of };
  const text = 'tables' in of ? textsOf(of) : (id: number) => of.strings.text(id);
  return (Object.keys(schemas) as TableName[]).map((name) => {
    const table = tables[name] as unknown as Record<string, ArrayLike<number>>;
    return Object.entries(schemas[name]).map(([column, type]) => [
      `${name}.${column}`,
      Array.from(table[column]!, (cell) => (type === 'string' ? text(cell) : cell)),
    ]);
  });
}

function textsOf({ strings: { bytes, ends } }: Harvest): (id: number) => string {
  return (id) => (id === 0 ? '' : new TextDecoder().decode(bytes.subarray(ends[id - 1], ends[id])));
}

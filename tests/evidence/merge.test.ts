import { describe, expect, it } from 'vitest';
import { merge } from '../../src/evidence/merge';
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
});

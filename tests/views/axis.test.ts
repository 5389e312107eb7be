import { describe, expect, it } from 'vitest';
import type { ArtifactView, CaseState } from '../../src/analysis/desk';
import { emptyCase } from '../../src/state/workspace.svelte';
import { axisOf, merged } from '../../src/views/Overview/axis';

const minute = 60e6;
const noon = Date.UTC(2026, 10, 12, 12) * 1000;
const artifact = (source: number, from: number, to: number, more: Partial<ArtifactView> = {}): ArtifactView =>
  ({
    source,
    from,
    to,
    records: 10,
    kind: 'cloudlink-daemon-log',
    excluded: false,
    clockOf: { origin: 'written' },
    ...more,
  }) as ArtifactView;
const source = (name: string) => ({ sha256: name, name, bytes: 1 });
const caseOf = (change: Partial<CaseState>): CaseState => ({ ...emptyCase, ...change });
const title = (): string => '';

it('joins pieces that overlap or touch, and keeps true gaps', () => {
  expect(
    merged([
      { from: 13e6, to: 20e6 },
      { from: 0, to: 5e6 },
      { from: 6e6, to: 8e6 },
      { from: 15e6, to: 17e6 },
    ]),
  ).toEqual([
    { from: 0, to: 8e6 },
    { from: 13e6, to: 20e6 },
  ]);
});

describe('axis', () => {
  it('has a row for every source, those without times last', () => {
    const axis = axisOf(
      caseOf({
        sources: [source('report.csv'), source('b.log'), source('a.log')],
        artifacts: [artifact(0, NaN, NaN), artifact(1, noon, noon + minute), artifact(2, noon, noon + 2 * minute)],
      }),
      title,
    )!;
    expect(axis.rows.map(({ name, bars }) => [name, bars.length])).toEqual([
      ['a.log', 1],
      ['b.log', 1],
      ['report.csv', 0],
    ]);
    expect(axis.timed).toBe(2);
    for (const { bars } of axis.rows) {
      for (const { left, width } of bars) expect(left >= 0 && left + width <= 1.0001).toBe(true);
    }
  });

  it('shows rotated files as one log', () => {
    const axis = axisOf(
      caseOf({
        sources: [source('cld.log'), source('cld.log.1'), source('b.log')],
        artifacts: [
          artifact(0, noon + minute, noon + 2 * minute),
          artifact(1, noon, noon + minute),
          artifact(2, noon, noon),
        ],
      }),
      title,
    )!;
    expect(axis.rows.map(({ name, kind, bars, records }) => [name, kind, bars.length, records])).toEqual([
      ['b.log', 'log', 1, 10],
      ['cld.log', 'log', 1, 20],
    ]);
  });

  it('shows the surroundings of the incident where an old file would squeeze it to nothing', () => {
    const axis = axisOf(
      caseOf({
        sources: [source('old.log'), source('now.log')],
        artifacts: [
          artifact(0, noon - 10 * 365 * 1440 * minute, noon - 9 * 365 * 1440 * minute),
          artifact(1, noon - minute, noon + minute),
        ],
        facts: {
          incident: { origin: 'declared', value: { from: '2026-11-12T12:00', to: '2026-11-12T12:30', zone: 'UTC' } },
        },
      }),
      title,
    )!;
    expect(axis.to - axis.from).toBeLessThan(24 * 60 * minute);
    expect(axis.incident!.width).toBeGreaterThan(0.02);
    expect(axis.covering).toBe(1);
  });

  it('marks a finding on the sources that it stands on, the worst where several meet', () => {
    const at = { artifact: 0, offset: 0, length: 1 };
    const finding = (severity: string, from: number) => ({ outcome: 'found', severity, from, at: [at] });
    const axis = axisOf(
      caseOf({
        sources: [source('a.log'), source('b.log')],
        artifacts: [artifact(0, noon, noon + 60 * minute), artifact(1, noon, noon + 60 * minute)],
        findings: [
          finding('note', noon + 30 * minute),
          finding('error', noon + 30 * minute),
          finding('warning', noon + 50 * minute),
        ] as unknown as CaseState['findings'],
      }),
      title,
    )!;
    expect(axis.rows.map(({ marks }) => marks.map(({ severity }) => severity))).toEqual([['error', 'warning'], []]);
  });

  it('has nothing to draw where nothing has a time', () => {
    expect(axisOf(caseOf({ sources: [source('a')], artifacts: [artifact(0, NaN, NaN)] }), title)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { createDesk } from '../../src/analysis/create-desk';
import { correlationKey } from '../../src/base/correlation';
import { intake } from '../../src/intake/run';
import { rules, ruleWants } from '../../src/rules';
import { sessionB, type SessionFile } from '../build/session-b';

type Name = keyof typeof sessionB;
const three: readonly (readonly Name[])[] = [
  ['sbc', 'client1', 'report'],
  ['node1', 'client0', 'pbx'],
  ['again', 'node2', 'client2'],
];
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** Drops the files in three goes, as the page does: a source that is there already becomes a note on it. */
async function dropped(order: readonly number[], backwards: boolean) {
  const desk = createDesk({ rules, computerZone: 'UTC' });
  await desk.declare({ incident: { from: '2026-11-12T09:03', to: '2026-11-12T09:10', zone: 'Europe/Paris' } });
  for (const go of order) {
    const names = backwards ? [...three[go]!].reverse() : three[go]!;
    for (const name of names) {
      const { path, bytes }: SessionFile = sessionB[name];
      const blob = new Blob([bytes as BlobPart]);
      const { harvest, blobs } = await intake({ path, blob, keepBytes: true }, ruleWants);
      await desk.add([harvest], [blob], [blobs]);
    }
  }
  return { state: await desk.state(), view: desk.view() };
}

describe('session B', () => {
  test('gives the same seven findings in any order of three goes', async () => {
    const seen = new Set<string>();
    for (const order of orders) {
      for (const backwards of [false, true]) {
        const { state } = await dropped(order, backwards);
        const found = state.findings.filter(({ outcome }) => outcome === 'found');
        seen.add(
          found
            .map(({ rule, severity, under }) => `${severity} ${rule}${under === undefined ? '' : ' (folded)'}`)
            .join('\n'),
        );
      }
    }
    expect(seen.size).toBe(1);
    expect(new Set([...seen][0]!.split('\n').map((line) => line.split(' ')[1])).size).toBe(7);
    expect([...seen][0]).toMatchInlineSnapshot(`
      "error ntp-unsynchronised
      error daemon-errors (folded)
      error token-refused-clock-wrong (folded)
      warning clock-skew (folded)
      error zoom-phone-missing
      error credentials-refused
      note report-layout-unexpected"
    `);
  });

  test('the bundle that came twice is one source with two names', async () => {
    const { state } = await dropped([0, 1, 2], false);
    expect(state.sources).toHaveLength(8);
    const twice = state.sources.filter(({ alias }) => alias);
    expect(twice.map(({ name, alias }) => [name, alias])).toEqual([
      ['cld-logs-sbc.tar.xz', ['cld-logs-sbc (1).tar.xz']],
    ]);
  });

  test('times are aligned: local text by the zone of the incident, the fast clock by its offset', async () => {
    const { view } = await dropped([1, 2, 0], false);
    const { artifacts, lines, correlations } = view.evidence;
    const id = correlationKey('1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01');
    const rows = [...correlations.line].filter((_, n) => correlations.key[n] === id);
    const first = (host: string, times: Float64Array): number => {
      const artifact = artifacts.findIndex(({ path }) => path.includes(`cld-logs-${host}/var`));
      return times[rows.find((row) => lines.artifact[row] === artifact)!]!;
    };
    const times = view.clock.lines;
    expect(first('osv-n2', times)).toBe(first('osv-n1', times));
    expect((first('sbc', times) - first('osv-n1', times)) / 1e6).toBe(95);
    const zone = view.clock.zones[artifacts.findIndex(({ path }) => path.includes('cld-logs-osv-n2/var'))];
    expect(zone).toMatchObject({ origin: 'assumed', zone: 'Europe/Paris' });

    const desk = createDesk({ rules, computerZone: 'UTC' });
    const blob = new Blob([sessionB.sbc.bytes as BlobPart]);
    const { harvest } = await intake({ path: sessionB.sbc.path, blob, keepBytes: false }, ruleWants);
    await desk.add([harvest], [blob], [[]]);
    const before = desk.view().clock.lines[0]!;
    await desk.declare({ clockOffsets: { [sessionB.sbc.path]: -95 } });
    expect(desk.view().clock.lines[0]! - before).toBe(-95e6);
  });
});

/**
 * Comparison reports by age. A report holds no time of its own: what a person says of it decides, else a date in its name,
 * else the time of its file, else words and numbers in its name (`before`, `(2)`).
 */
import type { Evidence } from './evidence';

export interface ReportTime {
  readonly artifact: number;
  /** µs; NaN = nothing tells. A date in a name counts as its end, in any zone. */
  readonly time: number;
  readonly by: 'declared' | 'name' | 'file' | 'order';
}

/** `report-2026-11-12T0930.csv`, `20261112`, `2026_11_12`. */
const dated =
  /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?:[-_.T ]?([01]\d|2[0-3])[-_.:h]?([0-5]\d))?(?!\d)/;
const older = /(?:^|[^a-zà-ÿ])(?:before|old|older|previous|first|avant|ancien|pr[eé]c[eé]dent|premier)(?:[^a-zà-ÿ]|$)/i;
const newer = /(?:^|[^a-zà-ÿ])(?:after|new|newer|latest|last|apr[eè]s|nouveau|dernier)(?:[^a-zà-ÿ]|$)/i;
const DAY = 86_400e6;

/** Newest first. `declared` = µs by artifact path. */
export function orderReports(evidence: Evidence, declared: ReadonlyMap<string, number> = new Map()): ReportTime[] {
  const { artifacts, users, sources, sourceOf } = evidence;
  const seen = new Set<number>();
  for (let row = 0; row < users.length; row++) seen.add(users.artifact[row]!);
  // a report of no rows is one all the same
  artifacts.forEach(({ kind }, artifact) => {
    if (kind === 'comparison-report') seen.add(artifact);
  });
  const natural = new Intl.Collator('en', { numeric: true });
  const keys = [...seen].map((artifact) => {
    const { path, parent } = artifacts[artifact]!;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const said = declared.get(path) ?? NaN;
    const modified = parent < 0 ? (sources[sourceOf[artifact]!]?.modified ?? NaN) : NaN;
    const inName = nameTime(name);
    const time = [said, inName, modified].find((one) => Number.isFinite(one)) ?? NaN;
    const by = Number.isFinite(said)
      ? ('declared' as const)
      : Number.isFinite(inName)
        ? ('name' as const)
        : Number.isFinite(modified)
          ? ('file' as const)
          : ('order' as const);
    return { artifact, time, by, modified, word: newer.test(name) ? 1 : older.test(name) ? -1 : 0, path };
  });
  const known = (value: number): number => (Number.isFinite(value) ? value : -Infinity);
  const down = (a: number, b: number): number => (a === b ? 0 : a < b ? 1 : -1);
  return keys
    .sort(
      (a, b) =>
        down(known(a.time), known(b.time)) ||
        down(a.word, b.word) ||
        down(known(a.modified), known(b.modified)) ||
        natural.compare(stem(b.path), stem(a.path)) ||
        b.artifact - a.artifact,
    )
    .map(({ artifact, time, by }) => ({ artifact, time, by }));
}

/** Without `.csv`, so that `report (2).csv` comes after `report.csv`. */
const stem = (path: string): string => path.replace(/\.[A-Za-z]{2,4}$/, '');

function nameTime(name: string): number {
  const date = dated.exec(name);
  if (!date) return NaN;
  const day = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) * 1000;
  return date[4] === undefined ? day + DAY : day + (Number(date[4]) * 60 + Number(date[5])) * 60e6;
}

const cache = new WeakMap<Evidence, readonly ReportTime[]>();

/** Reports of the evidence, newest first: in the order that the desk found, which knows what a person said. */
export function reportsOf(evidence: Evidence): readonly ReportTime[] {
  if (evidence.reportOrder) return evidence.reportOrder;
  let found = cache.get(evidence);
  if (!found) cache.set(evidence, (found = orderReports(evidence)));
  return found;
}

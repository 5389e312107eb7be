/** One time axis over all sources: bars where a source has times, marks where findings stand. Positions are 0…1. */
import type { CaseState } from '../../analysis/desk';
import { logsOf } from '../../evidence/rotated';
import { incidentSpan, type Span } from '../../facts/facts';
import { severities, type Severity } from '../../rules/rule';

export interface AxisRow {
  readonly name: string;
  readonly kind: 'capture' | 'log' | 'report' | 'events' | 'archive' | 'other';
  readonly records: number;
  /** µs; NaN where the source has no time. */
  readonly from: number;
  readonly to: number;
  readonly bars: readonly { readonly left: number; readonly width: number }[];
  readonly marks: readonly { readonly at: number; readonly severity: Severity; readonly title: string }[];
  readonly assumed: boolean;
}
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly AxisRow[];
  readonly incident?: { readonly left: number; readonly width: number };
  readonly ticks: readonly { readonly at: number; readonly time: number }[];
  /** Covering sources of the incident, of those with times. */
  readonly covering: number;
  readonly timed: number;
}

const minute = 60e6;
const steps = [
  1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 7_776_000, 31_536_000,
].map((seconds) => seconds * 1e6);
const maxBars = 80;

export function axisOf(
  state: CaseState,
  titleOf: (finding: CaseState['findings'][number]) => string,
): Axis | undefined {
  const incident = incidentSpan(state.facts);
  // rotated files that were dropped one by one are one log
  const logs = logsOf(state.sources.map(({ name }) => name));
  const files = new Map<string, CaseState['artifacts'][number][]>(logs.map((name) => [name, []]));
  for (const artifact of state.artifacts) if (!artifact.excluded) files.get(logs[artifact.source]!)?.push(artifact);
  const spans = [...files].map(([name, own]) => {
    const timed = own.filter(({ from, to, records }) => records > 0 && Number.isFinite(from) && Number.isFinite(to));
    return {
      name,
      own,
      pieces: merged(timed.map(({ from, to }) => ({ from, to }))),
      assumed: timed.some(({ clockOf }) => clockOf.origin === 'assumed'),
      records: own.reduce((sum, { records }) => sum + records, 0),
    };
  });
  const all = spans.flatMap(({ pieces }) => pieces);
  const domain = domainOf(all, incident);
  if (!domain) return undefined;
  const place = (time: number): number => Math.max(0, Math.min(1, (time - domain.from) / (domain.to - domain.from)));

  const marksOf = new Map<string, AxisRow['marks'][number][]>();
  for (const finding of state.findings) {
    const { from } = finding;
    if (finding.outcome !== 'found' || from === undefined || from < domain.from || from > domain.to) continue;
    const mark = { at: place(from), severity: finding.severity, title: titleOf(finding) };
    const names = finding.at.map(({ artifact }) => logs[state.artifacts[artifact]?.source ?? -1]);
    for (const name of new Set(names)) {
      if (name === undefined) continue;
      const known = marksOf.get(name);
      if (known) known.push(mark);
      else marksOf.set(name, [mark]);
    }
  }

  const rows = spans.map(({ name, own, pieces, assumed, records }): AxisRow => {
    const marks = marksOf.get(name) ?? [];
    return {
      name,
      kind: kindOf(own),
      records,
      from: pieces[0]?.from ?? NaN,
      to: pieces.at(-1)?.to ?? NaN,
      bars: pieces
        .filter(({ from, to }) => to >= domain.from && from <= domain.to)
        .slice(0, maxBars)
        .map(({ from, to }) => ({ left: place(from), width: Math.max(0.002, place(to) - place(from)) })),
      marks: thin(marks),
      assumed,
    };
  });
  rows.sort((a, b) => (Number.isNaN(a.from) ? 1 : 0) - (Number.isNaN(b.from) ? 1 : 0) || (a.name < b.name ? -1 : 1));
  const timed = spans.filter(({ pieces }) => pieces.length > 0);
  return {
    ...domain,
    rows,
    ...(incident
      ? { incident: { left: place(incident.from), width: Math.max(0.003, place(incident.to) - place(incident.from)) } }
      : {}),
    ticks: ticksOf(domain).map((time) => ({ at: place(time), time })),
    timed: timed.length,
    covering: incident
      ? timed.filter(({ pieces }) => pieces.some(({ from, to }) => from <= incident.to && to >= incident.from)).length
      : 0,
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The worst mark of each place wins; marks closer than a shape's width would hide each other. */
function thin<Mark extends { at: number; severity: Severity }>(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of [...marks].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))) {
    if (kept.length < 40 && kept.every(({ at }) => Math.abs(at - mark.at) > 0.012)) kept.push(mark);
  }
  return kept.sort((a, b) => a.at - b.at);
}

/** Overlapping and touching pieces (within 2 s) as one, in time order. */
export function merged(pieces: readonly Range[]): Range[] {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of [...pieces].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && from <= last.to + 2e6) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** All times; where they spread far beyond the incident (an old log, a wrong clock) the surroundings of it. */
function domainOf(pieces: readonly Range[], incident: Span | undefined): Range | undefined {
  const times = [...pieces, ...(incident ? [incident] : [])];
  if (times.length === 0) return undefined;
  let from = times.reduce((least, one) => Math.min(least, one.from), Infinity);
  let to = times.reduce((most, one) => Math.max(most, one.to), -Infinity);
  if (incident) {
    const near = Math.max(incident.to - incident.from, 10 * minute) * 12;
    if (to - from > near * 8) {
      from = Math.max(from, incident.from - near);
      to = Math.min(to, incident.to + near);
    }
  }
  const margin = Math.max((to - from) * 0.01, 0.5e6);
  return { from: from - margin, to: to + margin };
}

function ticksOf({ from, to }: Range): number[] {
  const step = steps.find((one) => (to - from) / one <= 6) ?? steps.at(-1)!;
  const ticks: number[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) ticks.push(time);
  return ticks;
}

function kindOf(artifacts: CaseState['artifacts']): AxisRow['kind'] {
  if (artifacts.length > 1 && new Set(artifacts.map(({ source }) => source)).size === 1) return 'archive';
  const artifact = artifacts.find(({ records }) => records > 0) ?? artifacts[0];
  if (!artifact) return 'other';
  if (artifact.capture) return 'capture';
  if (/report/.test(artifact.kind)) return 'report';
  if (/event/.test(artifact.kind)) return 'events';
  return /log|text/.test(artifact.kind) ? 'log' : 'other';
}

/** How rules read the Event History: rows by time, and what they speak of. */
import { HOUR } from '../base/time';
import type { At, Evidence } from '../evidence/evidence';
import { newest } from './listings';
import type { Grounds, Hit } from './rule';
import { shownPlaces } from './users';

/** Events can show so late (EN 6.4.5.3, FR 5.3): within it an absence proves nothing. */
export const lateness = 24 * HOUR;

export function eventAt({ events }: Evidence, row: number): At {
  return {
    artifact: events.artifact[row]!,
    offset: events.offset[row]!,
    length: events.size[row]!,
    row: events.row[row]!,
  };
}

/** Rows with a time, oldest first. */
export function timed({ evidence, clock }: Grounds): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < evidence.events.length; row++) if (Number.isFinite(clock.events[row]!)) rows.push(row);
  return rows.sort((a, b) => clock.events[a]! - clock.events[b]! || a - b);
}

export const eventText = ({ events, strings }: Evidence, row: number): string => strings.text(events.text[row]!);

/** When the export was made: the time of its file, else the newest evidence of the case, which is collected together. */
export function exportTime(grounds: Grounds): { readonly time: number; readonly sure: boolean } {
  const { evidence } = grounds;
  const files = evidence.artifacts.flatMap(({ kind, parent }, artifact) =>
    kind === 'event-history' && parent < 0 ? [evidence.sources[evidence.sourceOf[artifact]!]?.modified ?? NaN] : [],
  );
  const known = files.filter((time) => Number.isFinite(time));
  return known.length > 0 ? { time: Math.max(...known), sure: true } : { time: newest(grounds), sure: false };
}

export function eventsHit(
  { evidence, clock }: Grounds,
  subject: string,
  rows: readonly number[],
  values: Hit['values'] = {},
): Hit {
  const times = rows.map((row) => clock.events[row]!).filter((time) => Number.isFinite(time));
  const { events, strings } = evidence;
  const names = [...new Set(rows.map((row) => strings.text(events.name[row]!)).filter((name) => name !== ''))];
  return {
    subject,
    ...(times.length > 0 ? { from: Math.min(...times), to: Math.max(...times) } : {}),
    at: rows.slice(0, shownPlaces).map((row) => eventAt(evidence, row)),
    count: rows.length,
    ...(rows.some((row) => clock.zones[events.artifact[row]!]?.origin === 'assumed') ? { confidence: 'likely' } : {}),
    values: { count: rows.length, names: { list: names.length > 0 ? names.slice(0, 5) : ['–'] }, ...values },
  };
}

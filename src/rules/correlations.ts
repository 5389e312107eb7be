/** Correlation ids across sources: of pushes, of log lines, of events. An id is compared whole, never in part. */
import { correlationKey } from '../base/correlation';
import type { Evidence } from '../evidence/evidence';

export interface Carriers {
  /** Lines and events that carry the id. */
  readonly lines: readonly number[];
  readonly events: readonly number[];
}

interface Ids {
  readonly lines: ReadonlyMap<number, readonly number[]>;
  readonly events: ReadonlyMap<number, readonly number[]>;
}

/** What looks like an id in an event: eight signs at least, with a digit. */
const idForm = /[0-9A-Za-z][\w-]{7,63}/g;
const mostEventIds = 200;

const cache = new WeakMap<Evidence, Ids>();

function idsOf(evidence: Evidence): Ids {
  let known = cache.get(evidence);
  if (known) return known;
  const { correlations, events, strings } = evidence;
  const lines = new Map<number, number[]>();
  for (let row = 0; row < correlations.length; row++) push(lines, correlations.key[row]!, correlations.line[row]!);
  const inEvents = new Map<number, number[]>();
  for (let row = 0; row < events.length; row++) {
    const seen = new Set<number>();
    for (const [word] of strings.text(events.text[row]!).matchAll(idForm)) {
      if (!/\d/.test(word) || seen.size >= mostEventIds) continue;
      seen.add(correlationKey(word));
    }
    for (const key of seen) push(inEvents, key, row);
  }
  known = { lines, events: inEvents };
  cache.set(evidence, known);
  return known;
}

function push(map: Map<number, number[]>, key: number, row: number): void {
  const same = map.get(key);
  if (same) same.push(row);
  else map.set(key, [row]);
}

export function carriersOf(evidence: Evidence, id: string): Carriers {
  const { lines, events } = idsOf(evidence);
  const key = correlationKey(id);
  return { lines: lines.get(key) ?? [], events: events.get(key) ?? [] };
}

/** Ids of log lines that an event carries too: event row and the lines. */
export function sharedWithEvents(
  evidence: Evidence,
): readonly { readonly key: number; readonly lines: readonly number[]; readonly events: readonly number[] }[] {
  const ids = idsOf(evidence);
  return [...ids.lines].flatMap(([key, lines]) => {
    const events = ids.events.get(key);
    return events ? [{ key, lines, events }] : [];
  });
}

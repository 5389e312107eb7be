/**
 * Corrected times. Evidence keeps times as written; here each source's zone (where it wrote none) and clock offset are
 * applied. Cheap to redo: changing a zone or an offset shows at once.
 */
import { micros, type Micros } from '../base/time';
import { bundleZones } from './bundle-zones';
import type { Evidence } from './evidence';

export interface Clock {
  /** Corrected µs per row of the table; NaN where the row has no time. */
  readonly messages: Float64Array;
  readonly packets: Float64Array;
  readonly lines: Float64Array;
  readonly events: Float64Array;
  /** Per artifact. */
  readonly zones: readonly ClockOf[];
  /** The zone in which times are shown: the incident's, else the computer's. */
  readonly display: string;
  /** First and last corrected time of an artifact; NaN where it has none. */
  span(artifact: number): { readonly from: Micros; readonly to: Micros };
}

export interface ClockOf {
  /**
   * `written`: the times carry their zone. `declared`: by hand. `bundle`: another file of its bundle says so.
   * `assumed`: the incident's or the computer's.
   */
  readonly origin: 'written' | 'declared' | 'bundle' | 'assumed' | 'none';
  /** IANA name; empty where written. */
  readonly zone: string;
  /** µs added by a declared clock offset. */
  readonly shift: number;
}

export interface ClockSettings {
  /** By path of an artifact or of a container above it; the longest match wins. */
  readonly zones: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly offsets: Readonly<Record<string, number>>;
  readonly incidentZone?: string;
  readonly computerZone: string;
}

/** Milliseconds that an IANA zone is ahead of UTC at a local wall-clock time. Handed in: `evidence` knows no `facts`. */
export type ZoneOffset = (local: number, zone: string) => number;

export function createClock(evidence: Evidence, settings: ClockSettings, zoneOffset: ZoneOffset): Clock {
  const assumed = settings.incidentZone || settings.computerZone;
  const stated = bundleZones(evidence);
  const zones = evidence.artifacts.map((artifact, n): ClockOf => {
    const shift = (nearest(settings.offsets, artifact.path) ?? 0) * 1e6;
    if (artifact.clock === 'none') return { origin: 'none', zone: '', shift };
    if (artifact.clock === 'zoned') return { origin: 'written', zone: '', shift };
    const declared = nearest(settings.zones, artifact.path);
    if (declared) return { origin: 'declared', zone: declared, shift };
    const own = stated[n];
    return own ? { origin: 'bundle', zone: own, shift } : { origin: 'assumed', zone: assumed, shift };
  });
  const hours = new Map<string, Map<number, number>>();
  const local = (time: number, zone: string): number => {
    // offsets change on quarter hours at the earliest; one look-up a quarter hour and zone
    let known = hours.get(zone);
    if (!known) hours.set(zone, (known = new Map()));
    const quarter = Math.floor(time / 900e6);
    let offset = known.get(quarter);
    if (offset === undefined) known.set(quarter, (offset = zoneOffset(quarter * 900_000, zone) * 1000));
    return time - offset;
  };
  /** As written where nothing is to be corrected: millions of times are not held twice. */
  const asWritten = zones.every(({ zone, shift }) => zone === '' && shift === 0);
  const zoned = (table: Timed & { readonly clock: Uint8Array }): Float64Array => {
    if (asWritten) return table.time;
    const times = new Float64Array(table.length);
    for (let row = 0; row < table.length; row++) {
      const clock = zones[table.artifact[row]!]!;
      const time = table.time[row]!;
      // a line without a time of its own carries its predecessor's, so it follows the artifact's habit
      const isLocal = table.clock[row] === 1 || (table.clock[row] === 0 && clock.zone !== '');
      times[row] = (isLocal && clock.zone ? local(time, clock.zone) : time) + clock.shift;
    }
    return times;
  };
  const plain = (table: Timed): Float64Array => {
    if (asWritten) return table.time;
    const times = new Float64Array(table.length);
    for (let row = 0; row < table.length; row++) {
      // a message of a log without zones stands at the local time of its record
      const { zone, shift } = zones[table.artifact[row]!]!;
      times[row] = (zone ? local(table.time[row]!, zone) : table.time[row]!) + shift;
    }
    return times;
  };
  return {
    messages: plain(evidence.messages),
    packets: plain(evidence.packets),
    lines: zoned(evidence.lines),
    events: zoned(evidence.events),
    zones,
    display: assumed,
    span(artifact) {
      const { first, last } = evidence.artifacts[artifact]!;
      const clock = zones[artifact]!;
      const at = (time: number): Micros => micros((clock.zone ? local(time, clock.zone) : time) + clock.shift);
      return { from: at(first), to: at(last) };
    },
  };
}

interface Timed {
  readonly length: number;
  readonly artifact: ArrayLike<number>;
  readonly time: Float64Array;
}

function nearest<T>(byPath: Readonly<Record<string, T>>, path: string): T | undefined {
  let best: string | undefined;
  for (const key of Object.keys(byPath)) {
    if ((path === key || path.startsWith(`${key}!/`)) && (best === undefined || key.length > best.length)) best = key;
  }
  return best === undefined ? undefined : byPath[best];
}

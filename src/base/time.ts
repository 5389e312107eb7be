import type { Brand } from './brand';

/**
 * Microseconds since the Unix epoch, in a float64: exact up to 2^53 µs (year 2255).
 * Nanosecond captures lose the last three digits here and keep them in their bytes.
 */
export type Micros = Brand<number, 'micros'>;

export const micros = (value: number): Micros => value as Micros;
export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** ISO 8601 in UTC with as many fraction digits as the value carries (3 or 6). */
export function iso(time: number): string {
  if (!Number.isFinite(time)) return '';
  const millis = Math.floor(time / 1000);
  if (Math.abs(millis) > 8.64e15) return '';
  const base = new Date(millis).toISOString();
  const rest = Math.round(time - millis * 1000);
  return rest === 0 ? base : `${base.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

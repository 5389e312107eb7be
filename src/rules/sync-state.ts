/** How rules read Sync status and Last successful sync as a person copied them from the status page. */
import { HOUR } from '../base/time';
import { incidentSpan, zonedMicros, type FactId, type Facts } from '../facts/facts';
import { said } from './declared';

/** Longer without a sync is a fault. */
const threshold = 24 * HOUR;

export type SyncState =
  | { readonly is: 'failing'; readonly words: string }
  | { readonly is: 'old' | 'fresh'; readonly last: number; readonly incident: number }
  | { readonly is: 'unknown'; readonly missing: readonly FactId[] };

export function syncState(facts: Facts): SyncState {
  const sync = said(facts, 'status', 'sync');
  if (sync !== undefined && fails(sync)) return { is: 'failing', words: sync.slice(0, 300) };
  const last = lastSync(facts);
  if (Number.isNaN(last)) return { is: 'unknown', missing: ['status'] };
  const incident = incidentSpan(facts);
  if (!incident) return { is: 'unknown', missing: ['incident'] };
  return { is: incident.from - last > threshold ? 'old' : 'fresh', last, incident: incident.from };
}

/** «no error» is no failure. */
const fails = (words: string): boolean =>
  /\b(?:fail|error|unsuccessful)|échec|échou|erreur/i.test(
    words.replace(/\b(?:no|without|0|sans|aucune?)\s{1,3}(?:failures?|errors?|échecs?|erreurs?)/gi, ''),
  );

/** Only a date that reads the same everywhere: `2026-11-12T08:00Z`, or local in the zone of the incident. */
function lastSync(facts: Facts): number {
  const typed = said(facts, 'status', 'lastSync') ?? '';
  const iso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)? ?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
  if (!iso.test(typed)) return NaN;
  return zonedMicros(typed.replace(/^(\S{10}) /, '$1T').replace(' ', ''), facts.incident?.value.zone ?? 'UTC');
}

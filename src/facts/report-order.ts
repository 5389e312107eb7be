/** The comparison reports in the order that evidence and a person's word give. */
import type { Evidence } from '../evidence/evidence';
import { orderReports } from '../evidence/reports';
import { zonedMicros, type Facts } from './facts';

const known = new WeakMap<Evidence, { readonly said: string; readonly evidence: Evidence }>();

/** The same evidence where nobody said when its reports were made: what hangs on it stays valid. */
export function withReportOrder(evidence: Evidence, facts: Facts): Evidence {
  const times = facts.reportTimes?.value ?? {};
  const zone = facts.incident?.value.zone || 'UTC';
  const declared = new Map(
    Object.entries(times).flatMap(([path, text]) => {
      const time = zonedMicros(text.trim().replace(' ', 'T'), zone);
      return Number.isFinite(time) ? [[path, time as number] as const] : [];
    }),
  );
  if (declared.size === 0) return evidence;
  const said = JSON.stringify([zone, ...declared]);
  const kept = known.get(evidence);
  if (kept?.said === said) return kept.evidence;
  const ordered: Evidence = { ...evidence, reportOrder: orderReports(evidence, declared) };
  known.set(evidence, { said, evidence: ordered });
  return ordered;
}

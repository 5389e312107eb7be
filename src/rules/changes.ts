/** How rules read two reports: what changed from the one before the newest, once per evidence. */
import type { Evidence } from '../evidence/evidence';
import { diffReports, type Change, type CodeChange, type ReportDiff } from '../evidence/report-diff';
import { reportsOf } from '../evidence/reports';
import type { CannotTell, Hit } from './rule';
import { emailOf, shownPlaces, someOf, userAt } from './users';

interface Compared extends ReportDiff {
  /** Artifacts. */
  readonly older: number;
  readonly newer: number;
  /** Nothing but the names says which report is the newer one. */
  readonly unsure: boolean;
}

const cache = new WeakMap<Evidence, Compared | undefined>();

export function changesOf(evidence: Evidence): Compared | undefined {
  if (cache.has(evidence)) return cache.get(evidence);
  const [newer, older] = reportsOf(evidence);
  const compared =
    newer && older
      ? {
          ...diffReports(evidence, older.artifact, newer.artifact),
          older: older.artifact,
          newer: newer.artifact,
          unsure: newer.by === 'order' || older.by === 'order',
        }
      : undefined;
  cache.set(evidence, compared);
  return compared;
}

/**
 * One finding a code, named by it alone: the finding of that code in the newest report explains it. Without a second
 * report nothing is proved.
 */
export function findChanges(evidence: Evidence, wanted: readonly Change[]): readonly (Hit | CannotTell)[] {
  const compared = changesOf(evidence);
  if (!compared) return [{ subject: '', missing: ['art.ucr'] }];
  const byCode = new Map<string, CodeChange['people'][number][]>();
  for (const { change, code, people } of compared.codes) {
    if (wanted.includes(change)) byCode.set(code, [...(byCode.get(code) ?? []), ...people]);
  }
  const respelled = new Set(compared.respelled.map(({ newer }) => newer));
  return [...byCode].map(([code, people]): Hit => {
    const emails = [...new Set(people.map(({ newer }) => emailOf(evidence, newer)))].filter((email) => email !== '');
    const shown = people.slice(0, Math.floor(shownPlaces / 2));
    return {
      subject: code,
      at: shown.flatMap(({ older, newer }) => [userAt(evidence, newer), userAt(evidence, older)]),
      count: people.length,
      ...(compared.unsure || people.some(({ newer }) => respelled.has(newer)) ? { confidence: 'likely' } : {}),
      values: {
        code,
        count: people.length,
        users: someOf(emails),
        older: evidence.artifacts[compared.older]!.path,
        newer: evidence.artifacts[compared.newer]!.path,
      },
    };
  });
}

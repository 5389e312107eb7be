import { reportsOf } from '../../evidence/reports';
import { incidentSpan, zonedMicros, type Facts } from '../../facts/facts';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { steps } from '../steps';
import { needsRows } from '../users';

/** A day without an hour counts to its end in any zone. */
const zones = 12 * 3600e6;

export default rule({
  id: 'report-stale',
  rows: ['f.ucr.stale'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  find: ({ evidence, facts }) =>
    needsRows(evidence, () => {
      const change = changeOf(facts);
      const incident = incidentSpan(facts)?.from ?? NaN;
      const limit = Math.max(...[change, incident].filter((time) => Number.isFinite(time)));
      if (!Number.isFinite(limit)) return [{ subject: '', missing: ['incident', 'lastChange'] }];
      const [newest] = reportsOf(evidence);
      if (!newest) return [];
      const { path, sha256 } = evidence.artifacts[newest.artifact]!;
      const subject = path || (sha256 ?? '');
      const end = newest.time + (newest.by === 'name' ? zones : 0);
      if (!Number.isFinite(end)) return [{ subject, missing: ['reportTimes'] }];
      if (end >= limit) return [];
      return [
        {
          subject,
          at: [{ artifact: newest.artifact, offset: 0, length: 0 }],
          from: end,
          to: end,
          confidence: newest.by === 'declared' ? 'certain' : newest.by === 'file' ? 'likely' : 'hint',
          values: {
            path,
            end: { time: end },
            limit: { time: limit },
            what:
              limit === change
                ? text('the last change', 'la dernière modification')
                : text('the incident', 'l’incident'),
          },
        },
      ];
    }),
  title: text('Report older than the change', 'Rapport antérieur au changement'),
  seen: text(
    '{path} dates from {end} at the latest, {what} from {limit}.',
    '{path} date au plus tard du {end}, {what} du {limit}.',
  ),
  cause: text(
    'The report shows the state before: what it says may be fixed or broken since.',
    'Le rapport montre l’état d’avant : ce qu’il dit a pu être corrigé ou cassé depuis.',
  ),
  causeIs: 'symptom',
  steps: [steps.regenerateReport],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

/** µs of the declared last change, read in the zone of the incident; NaN where there is none. */
function changeOf({ lastChange, incident }: Facts): number {
  const said = lastChange?.value.trim();
  return said ? zonedMicros(said.replace(' ', 'T'), incident?.value.zone || 'UTC') : NaN;
}

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };

export const examples: Examples = [
  {
    given: { reports: { 'comparison-2026-11-10.csv': ['anna@example.org | Anna'] }, facts: { incident } },
    expect: 'found',
    subjects: ['comparison-2026-11-10.csv'],
  },
  {
    given: { reports: { 'comparison-2026-11-12.csv': ['anna@example.org | Anna'] }, facts: { incident } },
    expect: 'clear',
  },
  // changed after the incident, and no newer report since
  {
    given: {
      reports: { 'report.csv': ['anna@example.org | Anna'] },
      facts: { reportTimes: { 'report.csv': '2026-11-12T09:00' }, lastChange: '2026-11-12T11:30' },
    },
    expect: 'found',
  },
  {
    given: {
      reports: { 'report.csv': ['anna@example.org | Anna'] },
      facts: { reportTimes: { 'report.csv': '2026-11-12T12:00' }, lastChange: '2026-11-12T11:30' },
    },
    expect: 'clear',
  },
  // the report does not say when it was made; no incident declared
  { given: { report: ['anna@example.org | Anna'], facts: { incident } }, expect: 'not-evaluated' },
  { given: { reports: { 'comparison-2026-11-10.csv': ['anna@example.org | Anna'] } }, expect: 'not-evaluated' },
];

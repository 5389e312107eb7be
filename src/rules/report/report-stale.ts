import type { Evidence } from '../../evidence/evidence';
import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type CannotTell, type Hit } from '../rule';
import { steps } from '../steps';
import { needsRows, usersOf } from '../users';

/** 2026-11-12, 20261112, 2026_11_12, with 09-30 or 0930 behind it where the name goes on so. */
const dated = /(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)/;

export default rule({
  id: 'report-stale',
  rows: ['f.ucr.stale'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['report'],
  facts: ['incident'],
  find: ({ evidence, facts, clock }) =>
    needsRows(evidence, () => {
      const incident = incidentSpan(facts);
      if (!incident) return [{ subject: '', missing: ['incident'] }];
      return usersOf(evidence).reports.flatMap(({ artifact }): (Hit | CannotTell)[] => {
        const { path, sha256 } = evidence.artifacts[artifact]!;
        const subject = path || (sha256 ?? '');
        const { to } = clock.span(artifact);
        const end = Number.isFinite(to) ? to : endOfNamedDay(evidence, artifact);
        if (!Number.isFinite(end)) return [{ subject, missing: ['art.ucr'] }];
        if (end >= incident.from) return [];
        const at = [{ artifact, offset: 0, length: 0 }];
        const confidence = Number.isFinite(to) ? ('likely' as const) : ('hint' as const);
        return [
          {
            subject,
            at,
            from: end,
            to: end,
            confidence,
            values: { path, end: { time: end }, incident: { time: incident.from } },
          },
        ];
      });
    }),
  title: text('Report older than the incident', 'Rapport antérieur à l’incident'),
  seen: text(
    '{path} dates from {end} at the latest, the incident from {incident}.',
    '{path} date au plus tard du {end}, l’incident du {incident}.',
  ),
  cause: text(
    'The report shows the state before the incident: what it says may be fixed or broken since.',
    'Le rapport montre l’état d’avant l’incident : ce qu’il dit a pu être corrigé ou cassé depuis.',
  ),
  causeIs: 'symptom',
  steps: [steps.regenerateReport],
  source: 'EN 6.4.5.2, FR 5.2.2',
});

/** A report holds no time of its own; a date in its name is a hint, and its whole day, in any zone, counts. */
function endOfNamedDay({ artifacts }: Evidence, artifact: number): number {
  const name = artifacts[artifact]!.path.split('/').at(-1)!;
  const date = dated.exec(name);
  return date ? (Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) + 36 * 3_600_000) * 1000 : NaN;
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
  // the report does not say when it was made; no incident declared
  { given: { report: ['anna@example.org | Anna'], facts: { incident } }, expect: 'not-evaluated' },
  { given: { reports: { 'comparison-2026-11-10.csv': ['anna@example.org | Anna'] } }, expect: 'not-evaluated' },
];

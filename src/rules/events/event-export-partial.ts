import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import { eventAt, exportTime, lateness, timed } from '../event-history';
import type { Examples } from '../example';
import { incidentWindow } from '../lines';
import { rule } from '../rule';

export default rule({
  id: 'event-export-partial',
  rows: ['f.ev.partial'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['events'],
  facts: ['incident'],
  find(grounds) {
    const { evidence, clock, facts } = grounds;
    const window = incidentWindow(facts);
    const incident = incidentSpan(facts);
    if (!window || !incident) return [{ subject: '', missing: ['incident'] }];
    const rows = timed(grounds);
    if (rows.length === 0) return [{ subject: '', missing: ['art.events'] }];
    const inside = rows.some((row) => clock.events[row]! >= window.from && clock.events[row]! <= window.to);
    const before = rows.filter((row) => clock.events[row]! < window.from).at(-1);
    const after = rows.find((row) => clock.events[row]! > window.to);
    if (inside || before === undefined || after === undefined) return [];
    const made = exportTime(grounds);
    const early = made.sure && made.time - incident.from < lateness;
    return [
      {
        subject: evidence.artifacts[evidence.events.artifact[before]!]!.path,
        at: [eventAt(evidence, before), eventAt(evidence, after)],
        from: window.from,
        to: window.to,
        ...(early ? { confidence: 'hint' } : {}),
        values: {
          count: rows.length,
          from: { time: clock.events[before]! },
          to: { time: clock.events[after]! },
        },
      },
    ];
  },
  title: text('Export may be partial', 'Export peut-être partiel'),
  seen: text(
    'The export holds {count} {count|event|events}, but none between {from} and {to}, where the incident lies.',
    'L’export contient {count} {count|événement|événements}, mais aucun entre {from} et {to}, où se situe l’incident.',
  ),
  cause: text(
    'Only ticked rows were exported, a filter was set, or nothing happened on the platform then.',
    'Seules des lignes cochées ont été exportées, un filtre était posé, ou rien ne s’est passé sur la plateforme à ce moment.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Export all rows, without filter.', 'Exporter toutes les lignes, sans filtre.'),
      where: 'Support > Zoom',
      step: 'cl.ev.01',
    },
  ],
  source: 'EN 6.4.5.3',
});

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };
const events = (...times: readonly string[]) =>
  times.map((time) => `2026-11-12T${time}:00Z | UserUpdated | admin@example.org | bob@example.org`);

export const examples: Examples = [
  { given: { events: events('07:00', '11:00'), facts: { incident } }, expect: 'found' },
  { given: { events: events('07:00', '09:00', '11:00'), facts: { incident } }, expect: 'clear' },
  // nothing behind it: it may simply end there
  { given: { events: events('07:00', '08:00'), facts: { incident } }, expect: 'clear' },
  { given: { events: events('07:00', '11:00') }, expect: 'not-evaluated' },
];

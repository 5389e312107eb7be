import { HOUR } from '../../base/time';
import { incidentSpan, zonedMicros, type Facts } from '../../facts/facts';
import { text } from '../../text/text';
import { eventText, exportTime, lateness, timed } from '../event-history';
import type { Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';

/** An action shows at its own time, give or take the clocks. */
const around = HOUR;

export default rule({
  id: 'events-not-due-yet',
  rows: ['f.ev.window24'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['events'],
  find: (grounds) => tooEarly(grounds),
  title: text('Too early: events show up to 24 h late', 'Trop tôt : jusqu’à 24 h de retard'),
  seen: text(
    'No event stands for {what} of {action}, and the export was made {age} after it.',
    'Aucun événement ne correspond à {what} du {action}, et l’export a été fait {age} après.',
  ),
  cause: text(
    'Mitel Administration shows an event up to 24 hours after the action: its absence proves nothing yet.',
    'Mitel Administration affiche un événement jusqu’à 24 heures après l’action : son absence ne prouve encore rien.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text('Export the Event History again later.', 'Exporter à nouveau l’Event History plus tard.'),
      where: 'Support > Zoom',
      step: 'cl.ev.02',
    },
  ],
  source: 'EN 6.4.5.3, FR 5.3',
});

function tooEarly(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, facts } = grounds;
  const action = actionOf(facts);
  if (!action) return [{ subject: '', missing: ['lastChange', 'incident'] }];
  const names = (facts.users?.value ?? []).map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const shows = timed(grounds).some((row) => {
    if (Math.abs(clock.events[row]! - action.time) > around) return false;
    const words = eventText(evidence, row).toLowerCase();
    return names.length === 0 || names.some((name) => words.includes(name));
  });
  if (shows) return [];
  const made = exportTime(grounds);
  if (!Number.isFinite(made.time)) return [{ subject: '', missing: ['art.events'] }];
  const age = made.time - action.time;
  if (age < 0 || age >= lateness) return [];
  const artifact = evidence.artifacts.findIndex(({ kind }) => kind === 'event-history');
  return [
    {
      subject: evidence.artifacts[artifact]?.path ?? '',
      at: artifact < 0 ? [] : [{ artifact, offset: 0, length: 0 }],
      from: action.time,
      to: action.time,
      ...(made.sure ? {} : { confidence: 'hint' }),
      values: { what: action.what, action: { time: action.time }, age: { duration: age } },
    },
  ];
}

/** The declared last change, else the incident. */
function actionOf(facts: Facts): { time: number; what: ReturnType<typeof text> } | undefined {
  const said = facts.lastChange?.value.trim();
  const change = said ? zonedMicros(said.replace(' ', 'T'), facts.incident?.value.zone || 'UTC') : NaN;
  if (Number.isFinite(change)) return { time: change, what: text('the last change', 'la dernière modification') };
  const incident = incidentSpan(facts);
  return incident && { time: incident.from, what: text('the incident', 'l’incident') };
}

const other = '2026-11-12T06:00:00Z | LicenseRemoved | admin@example.org | bob@example.org';

export const examples: Examples = [
  {
    given: { events: [other], log: ['12:00:00 INFO started'], facts: { lastChange: '2026-11-12T11:00Z' } },
    expect: 'found',
  },
  // it is there
  {
    given: {
      events: ['2026-11-12T11:00:20Z | LicenseAssigned | admin@example.org | anna@example.org'],
      facts: { lastChange: '2026-11-12T11:00Z', users: ['anna@example.org'] },
    },
    expect: 'clear',
  },
  // a day later it would be there
  {
    given: { events: [other], log: ['12:00:00 INFO started'], facts: { lastChange: '2026-11-11T11:00Z' } },
    expect: 'clear',
  },
  { given: { events: [other] }, expect: 'not-evaluated' },
];

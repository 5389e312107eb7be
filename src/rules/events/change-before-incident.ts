import { HOUR } from '../../base/time';
import { incidentSpan } from '../../facts/facts';
import { text } from '../../text/text';
import { eventsHit, eventText, timed } from '../event-history';
import type { Examples } from '../example';
import { rule } from '../rule';

/** A change shortly before is a suspect. */
const before = 2 * HOUR;
/** What concerns everybody: licences, the integration, the account. */
const common =
  /licen[cs]|integration|int[eé]gration|oauth|token|account|compte|tenant|role|r[oô]le|sync|permission|provision/i;

export default rule({
  id: 'change-before-incident',
  rows: ['f.ev.change_before'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['events'],
  facts: ['incident'],
  find(grounds) {
    const { evidence, clock, facts } = grounds;
    const incident = incidentSpan(facts);
    if (!incident) return [{ subject: '', missing: ['incident'] }];
    const rows = timed(grounds);
    if (rows.length === 0) return [{ subject: '', missing: ['art.events'] }];
    const names = [...(facts.users?.value ?? []), ...(facts.numbers?.value ?? [])]
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '');
    const shortly = rows.filter((row) => {
      const wait = incident.from - clock.events[row]!;
      if (wait < 0 || wait > before) return false;
      const words = eventText(evidence, row);
      return common.test(words) || names.some((name) => words.toLowerCase().includes(name));
    });
    return shortly.length === 0 ? [] : [eventsHit(grounds, 'incident', shortly, { incident: { time: incident.from } })];
  },
  title: text('Change shortly before the incident', 'Changement juste avant l’incident'),
  seen: text(
    '{count} {count|event|events} in the two hours before {incident}: {names}.',
    '{count} {count|événement|événements} dans les deux heures avant {incident} : {names}.',
  ),
  cause: text(
    'Somebody or something changed a user, a licence, the integration or the account just before.',
    'Quelqu’un ou quelque chose a modifié un utilisateur, une licence, l’intégration ou le compte juste avant.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Open the details of the event: Core details, Properties Changed, Extra Details, Log tags.',
        'Ouvrir le détail de l’événement : Core details, Properties Changed, Extra Details, Log tags.',
      ),
      where: 'Support > Zoom',
      step: 'cl.ev.01',
    },
  ],
  source: 'EN 6.4.5.3',
});

const incident = { from: '2026-11-12T09:30', to: '2026-11-12T10:15', zone: 'Europe/Paris' };
const event = (time: string) => [`2026-11-12T${time}Z | LicenseRemoved | admin@example.org | bob@example.org`];

export const examples: Examples = [
  { given: { events: event('07:12:00'), facts: { incident } }, expect: 'found', subjects: ['incident'] },
  {
    given: {
      events: ['2026-11-12T08:00:00Z | UserUpdated | admin@example.org | anna@example.org'],
      facts: { incident, users: ['Anna@example.org'] },
    },
    expect: 'found',
  },
  // somebody else, and nothing that concerns everybody
  {
    given: {
      events: ['2026-11-12T08:00:00Z | UserUpdated | admin@example.org | bob@example.org'],
      facts: { incident, users: ['Anna@example.org'] },
    },
    expect: 'clear',
  },
  { given: { events: event('06:29:00'), facts: { incident } }, expect: 'clear' },
  { given: { events: event('08:31:00'), facts: { incident } }, expect: 'clear' },
  { given: { events: event('07:12:00') }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import { sharedWithEvents } from '../correlations';
import { eventAt, eventsHit, eventText } from '../event-history';
import type { Examples } from '../example';
import { lineAt } from '../lines';
import { rule, type CannotTell, type Grounds, type Hit } from '../rule';
import { capped, shownPlaces } from '../users';
import { correlationKey } from '../../base/correlation';

export default rule({
  id: 'event-correlated',
  rows: ['f.ev.corr_match'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['events', 'text-log'],
  find: (grounds) => shared(grounds),
  title: text('Event linked by correlation id: {names}', 'Événement relié par identifiant de corrélation : {names}'),
  seen: text(
    '{id} stands in {count} {count|event|events} and in {lines} {lines|line|lines} of another source.',
    '{id} figure dans {count} {count|événement|événements} et dans {lines} {lines|ligne|lignes} d’une autre source.',
  ),
  cause: text(
    'Both tell of the same request: read them together.',
    'Les deux parlent de la même requête : les lire ensemble.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Give this id to Mitel with the case.', 'Donner cet identifiant à Mitel avec le dossier.'),
      step: 'sbc.push.03',
    },
  ],
  source: 'EN 6.4.1, EN 6.4.5.3',
});

function shared(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence } = grounds;
  // no line of a log carries an id: nothing to compare
  if (evidence.correlations.length === 0) return [{ subject: '', missing: ['art.sbc.push'] }];
  return capped(
    sharedWithEvents(evidence).map(({ key, lines, events }): Hit => {
      const id = wordOf(eventText(evidence, events[0]!), key);
      const hit = eventsHit(grounds, id, events, { id, lines: lines.length });
      return {
        ...hit,
        at: [...events.map((row) => eventAt(evidence, row)), ...lines.map((line) => lineAt(evidence, line))].slice(
          0,
          shownPlaces,
        ),
      };
    }),
    100,
  );
}

/** The id as it is written. */
function wordOf(content: string, key: number): string {
  for (const [word] of content.matchAll(/[0-9A-Za-z][\w-]{7,63}/g)) if (correlationKey(word) === key) return word;
  return '';
}

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';

export const examples: Examples = [
  {
    given: {
      events: [
        `2026-11-12T08:00:00Z | NotificationFailed | notifications | bob@example.org | status: 401; x-mitel-correlation-id: ${id}`,
      ],
      log: [`08:00:01 ERROR push refused x-mitel-correlation-id=${id}`],
    },
    expect: 'found',
    subjects: [id],
  },
  {
    given: {
      events: [
        '2026-11-12T08:00:00Z | NotificationFailed | notifications | bob@example.org | id: 7f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b',
      ],
      log: [`08:00:01 ERROR push refused x-mitel-correlation-id=${id}`],
    },
    expect: 'clear',
  },
  {
    given: {
      events: [`2026-11-12T08:00:00Z | NotificationFailed | notifications | bob@example.org | ${id}`],
      log: ['08:00:01 INFO started'],
    },
    expect: 'not-evaluated',
  },
  { given: { log: [`08:00:01 ERROR push refused x-mitel-correlation-id=${id}`] }, expect: 'not-evaluated' },
];

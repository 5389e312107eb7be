import { text } from '../../text/text';
import type { Examples } from '../example';
import { carriersOf } from '../correlations';
import { eventAt } from '../event-history';
import { lineAt } from '../lines';
import { pushSteps } from '../push-steps';
import { pushesOf, pushHit } from '../pushes';
import { rule, type Hit } from '../rule';
import { capped, shownPlaces, someOf } from '../users';

export default rule({
  id: 'push-id-elsewhere',
  rows: ['f.push.id_found'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['push-log'],
  find(grounds) {
    const { evidence } = grounds;
    const pushes = pushesOf(grounds).filter(({ id }) => id !== '');
    if (pushes.length === 0) return [{ subject: '', missing: ['art.sbc.push'] }];
    // nothing else is loaded that could carry an id
    const written = new Set(evidence.lines.artifact);
    const others = evidence.artifacts.some(
      ({ kind }, n) => kind === 'event-history' || (kind !== 'push-log' && written.has(n)),
    );
    if (!others) return [{ subject: '', missing: ['art.cld.bundle', 'art.events'] }];
    return capped(
      pushes.flatMap((push): Hit[] => {
        const { lines, events } = carriersOf(evidence, push.id);
        const elsewhere = lines.filter((line) => evidence.lines.artifact[line] !== push.artifact);
        if (elsewhere.length === 0 && events.length === 0) return [];
        const places = [
          ...elsewhere.map((line) => lineAt(evidence, line)),
          ...events.map((row) => eventAt(evidence, row)),
        ];
        const hit = pushHit(grounds, push.id, [push], { id: push.id });
        const names = [...new Set(places.map(({ artifact }) => evidence.artifacts[artifact]!.path))];
        return [
          {
            ...hit,
            at: [...hit.at, ...places].slice(0, shownPlaces),
            count: 1 + places.length,
            values: { ...hit.values, places: someOf(names) },
          },
        ];
      }),
      100,
    );
  },
  title: text('Same push seen in two places', 'Même push vu deux fois'),
  seen: text('{id} of the push log stands in {places} too.', '{id} du journal push figure aussi dans {places}.'),
  cause: text('Both tell of the same push: read them together.', 'Les deux parlent du même push : les lire ensemble.'),
  causeIs: 'symptom',
  steps: [pushSteps.giveId],
  source: 'EN 6.4.1',
});

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
const log = (time: string, status: number) => ({
  'push.txt': [
    `2026-11-12T07:59:00Z push service idle`,
    `2026-11-12T${time}Z push user 2002 headers {'x-mitel-correlation-id': '${id}'} status ${status}`,
    `2026-11-12T08:05:00Z push service idle`,
  ],
});

export const examples: Examples = [
  {
    given: { files: log('08:00:01', 201), log: [`08:00:01 ERROR push refused x-mitel-correlation-id=${id}`] },
    expect: 'found',
  },
  {
    given: {
      files: log('08:00:01', 201),
      events: [`2026-11-12T08:00:02Z | NotificationSent | notifications | bob@example.org | ${id}`],
    },
    expect: 'found',
  },
  {
    given: {
      files: log('08:00:01', 201),
      log: ['08:00:01 ERROR push refused x-mitel-correlation-id=0f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b'],
    },
    expect: 'clear',
  },
  // nothing to compare with
  { given: { files: log('08:00:01', 201) }, expect: 'not-evaluated' },
];

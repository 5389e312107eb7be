import { level } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { clockAssumed, gistOf, incidentWindow, linesHit, shapeGroups } from '../lines';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { shownPlaces } from '../users';

/** Groups shown one by one; what is rarer is one more finding. */
const most = 40;

export default rule({
  id: 'daemon-errors',
  rows: ['f.cld.error'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['daemon-log'],
  find(grounds) {
    const groups = shapeGroups(grounds, level.error, level.fatal);
    const window = incidentWindow(grounds.facts);
    const { lines } = grounds.clock;
    const hits = groups.slice(0, most).map(([shape, found]): Hit => {
      const hit = linesHit(grounds, shape, found, { shape, gist: gistOf(shape) });
      const inside = window ? found.filter((line) => lines[line]! >= window.from && lines[line]! <= window.to) : [];
      if (inside.length === 0) return hit;
      const first = linesHit(grounds, shape, inside).at;
      return {
        ...hit,
        at: [...first, ...hit.at.filter((at) => !first.some(({ offset }) => offset === at.offset))].slice(
          0,
          shownPlaces,
        ),
        severity: 'error',
        clockAssumed: clockAssumed(grounds, inside),
      };
    });
    const rest = groups.slice(most);
    if (rest.length === 0) return hits;
    const shape = `+${rest.length}`;
    return [
      ...hits,
      linesHit(
        grounds,
        shape,
        rest.flatMap(([, found]) => found),
        { shape, gist: shape },
      ),
    ];
  },
  title: text('CloudLink daemon errors: “{gist}”', 'Erreurs du démon CloudLink : « {gist} »'),
  seen: text(
    '{count} {count|line|lines} at level ERROR from {from} to {to}: “{shape}”',
    '{count} {count|ligne|lignes} de niveau ERROR du {from} au {to} : « {shape} »',
  ),
  cause: text(
    'The daemon reports this itself; numbers, ids and addresses are masked to group it. What it means is in the lines.',
    'Le démon le signale lui-même ; nombres, identifiants et adresses sont masqués pour le regroupement. Le sens est dans les lignes.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Read the lines behind the largest groups first.', 'Lire d’abord les lignes des plus grands groupes.'),
      command: 'grep level=ERROR /var/log/cld/*.log',
      step: 'osv.chk.02',
    },
    steps.restartDaemon,
  ],
  source: 'EN 6.3.2',
});

const incident = { from: '2026-11-12T08:00', to: '2026-11-12T08:30', zone: 'UTC' };
const lines = ['08:10:00 ERROR request 17 failed', '08:11:00 ERROR request 18 failed', '08:12:00 INFO started'];

export const examples: Examples = [
  { given: { log: lines }, expect: 'found' },
  { given: { log: lines, facts: { incident } }, expect: 'found' },
  { given: { log: ['08:10:00 WARN request 17 failed', '08:12:00 INFO error counter reset'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

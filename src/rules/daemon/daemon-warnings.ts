import { level } from '../../evidence/schema';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { gistOf, linesHit, shapeGroups } from '../lines';
import { rule } from '../rule';

const most = 20;

export default rule({
  id: 'daemon-warnings',
  rows: ['f.cld.warn'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['daemon-log'],
  find(grounds) {
    const groups = shapeGroups(grounds, level.warning, level.warning);
    const hits = groups
      .slice(0, most)
      .map(([shape, found]) => linesHit(grounds, shape, found, { shape, gist: gistOf(shape) }));
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
  title: text('CloudLink daemon warnings: “{gist}”', 'Avertissements du démon CloudLink : « {gist} »'),
  seen: text(
    '{count} {count|line|lines} at level WARN from {from} to {to}: “{shape}”',
    '{count} {count|ligne|lignes} de niveau WARN du {from} au {to} : « {shape} »',
  ),
  cause: text(
    'The daemon checks its connectivity and the system time by itself; the guide asks to act on each warning.',
    'Le démon contrôle lui-même sa connectivité et l’heure du système ; le guide demande de traiter chaque avertissement.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Read the warnings in the interface of the daemon and act on each.',
        'Lire les avertissements dans l’interface du démon et traiter chacun.',
      ),
      step: 'osv.chk.01',
    },
  ],
  source: 'EN 6.3.1',
});

export const examples: Examples = [
  { given: { log: ['08:10:00 WARN clock drift 3 s', '08:11:00 INFO started'] }, expect: 'found' },
  { given: { log: ['08:10:00 ERROR clock drift 3 s', '08:11:00 INFO started'] }, expect: 'clear' },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

import { MINUTE } from '../../base/time';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule } from '../rule';
import { skewHits } from '../skew-hits';

const quarter = 15 * MINUTE;

export default rule({
  id: 'time-zone-difference',
  rows: ['f.time.tz'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['any'],
  find: (grounds) => skewHits(grounds, ({ zone }) => (Math.abs(zone) >= quarter ? zone : 0)),
  title: text('Time-zone difference of {amount}, not an error', 'Différence de fuseau de {amount}, pas une erreur'),
  seen: text(
    '{count} {count|event|events} in common: times of {ahead} are {amount} ahead of those of {behind}.',
    '{count} {count|événement commun|événements communs} : les heures de {ahead} avancent de {amount} sur celles de {behind}.',
  ),
  cause: text(
    'The two sources write local times of different zones, or the zone assumed for one of them is not its own.',
    'Les deux sources écrivent des heures locales de fuseaux différents, ou le fuseau supposé pour l’une n’est pas le sien.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Set the time zone of the source that writes none; its times move at once.',
        'Régler le fuseau de la source qui n’en écrit pas ; ses heures se déplacent aussitôt.',
      ),
      step: 'osv.chk.05',
    },
  ],
  source: 'EN 6.3.4',
});

const log = (time: string): string =>
  `${time} INFO push sent x-mitel-correlation-id=1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e01`;
const two = (a: string, b: string) => ({
  logs: { 'a.log': { lines: [log(a)] }, 'b.log': { zone: '', lines: [log(b)] } },
});

export const examples: Examples = [
  // written in Paris without a zone, read as UTC
  { given: two('08:00:00', '09:00:00'), expect: 'found', subjects: ['a.log ↔ b.log'] },
  // the zone part of a difference that is skew as well
  { given: two('08:00:00', '09:01:35'), expect: 'found' },
  { given: { ...two('08:00:00', '09:00:00'), facts: { zones: { 'b.log': 'Europe/Paris' } } }, expect: 'clear' },
  { given: two('08:00:00', '08:01:35'), expect: 'clear' },
  { given: { log: [log('08:00:00')] }, expect: 'not-evaluated' },
];

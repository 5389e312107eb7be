import { text } from '../../text/text';
import type { Examples } from '../example';
import { MINUTE } from '../../base/time';
import { digitsOf } from '../listings';
import { pushSteps } from '../push-steps';
import { pushesOf, pushHit, type Push } from '../pushes';
import { rule, type Hit } from '../rule';
import { capped } from '../users';

export default rule({
  id: 'push-id-reused',
  rows: ['f.push.id_reused'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log'],
  find(grounds) {
    const pushes = pushesOf(grounds).filter(({ id, cancel }) => id !== '' && !cancel);
    if (pushes.length === 0) return [{ subject: '', missing: ['art.sbc.push'] }];
    const byId = new Map<string, Push[]>();
    for (const push of pushes) byId.set(push.id, [...(byId.get(push.id) ?? []), push]);
    return capped(
      [...byId].flatMap(([id, own]): Hit[] => {
        const users = new Set(own.map(({ user }) => digitsOf(user)).filter((user) => user !== ''));
        const times = own.map(({ time }) => time);
        const apart = Math.max(...times) - Math.min(...times) > MINUTE;
        return users.size < 2 && !(own.length > 1 && apart) ? [] : [pushHit(grounds, id, own, { id })];
      }),
      100,
    );
  },
  title: text('Correlation id reused: {id}', 'Identifiant de corrélation réutilisé : {id}'),
  seen: text(
    '{id} stands on {count} pushes of different calls: {users}.',
    '{id} figure sur {count} push d’appels différents : {users}.',
  ),
  cause: text(
    'An id is unique from end to end: either the log was read wrongly here, or it is no id of a single push.',
    'Un identifiant est unique de bout en bout : soit le journal est mal lu ici, soit ce n’est pas l’identifiant d’un seul push.',
  ),
  causeIs: 'symptom',
  steps: [pushSteps.giveId],
  source: 'EN 6.4.1',
});

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
const line = (time: string, user: string) =>
  `2026-11-12T${time}Z push user ${user} headers {'x-mitel-correlation-id': '${id}'} status 201`;

export const examples: Examples = [
  {
    given: { files: { 'push.txt': [line('08:00:01', '2002'), line('08:00:09', '2003')] } },
    expect: 'found',
    subjects: [id],
  },
  { given: { files: { 'push.txt': [line('08:00:01', '2002'), line('09:00:01', '2002')] } }, expect: 'found' },
  // request and answer of one push
  { given: { files: { 'push.txt': [line('08:00:01', '2002'), line('08:00:02', '2002')] } }, expect: 'clear' },
  { given: { log: ['08:00:01 INFO started'] }, expect: 'not-evaluated' },
];

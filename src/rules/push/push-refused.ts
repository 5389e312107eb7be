import { text } from '../../text/text';
import type { Examples } from '../example';
import { pushSteps } from '../push-steps';
import { pushesOf, pushHit, type Push } from '../pushes';
import { rule } from '../rule';
import { steps } from '../steps';

export default rule({
  id: 'push-refused',
  rows: ['f.push.http'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['push-log'],
  find(grounds) {
    const pushes = pushesOf(grounds);
    if (pushes.length === 0) return [{ subject: '', missing: ['art.sbc.push'] }];
    const byStatus = new Map<number, Push[]>();
    for (const push of pushes) {
      if (push.status < 400) continue;
      byStatus.set(push.status, [...(byStatus.get(push.status) ?? []), push]);
    }
    return [...byStatus].map(([status, own]) =>
      pushHit(grounds, `HTTP ${status}`, own, {
        status,
        meaning: meanings.find(([from, to]) => status >= from && status <= to)?.[2] ?? other,
      }),
    );
  },
  title: text('CloudLink refused the push: HTTP {status}', 'Push refusé par CloudLink : HTTP {status}'),
  seen: text(
    '{count} {count|push|pushes} ended in {status}: {meaning}. Users: {users}.',
    '{count} {count|push s’est terminé|push se sont terminés} en {status} : {meaning}. Utilisateurs : {users}.',
  ),
  cause: text(
    'The status names where to look; the guide knows no further error text.',
    'Le statut indique où regarder ; le guide ne connaît pas d’autre texte d’erreur.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        '401 or 403: check clock and token. 404: the user and the mobile SIP phone. 407: the proxy. 5xx: the cloud, try later.',
        '401 ou 403 : contrôler l’heure et le jeton. 404 : l’utilisateur et son téléphone SIP mobile. 407 : le proxy. 5xx : le cloud, réessayer plus tard.',
      ),
    },
    steps.checkClock,
    pushSteps.giveId,
  ],
  source: 'EN 6.4.1, EN 6.3.4',
});

const meanings: readonly (readonly [from: number, to: number, ReturnType<typeof text>])[] = [
  [401, 401, text('the token, often the clock', 'le jeton, souvent l’heure')],
  [403, 403, text('the token, often the clock', 'le jeton, souvent l’heure')],
  [404, 404, text('the user or the device is unknown', 'l’utilisateur ou le terminal est inconnu')],
  [407, 407, text('the proxy asks for credentials', 'le proxy exige une authentification')],
  [500, 599, text('a fault of the cloud', 'un défaut du cloud')],
];
const other = text('refused', 'refusé');

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
const log = (status: number) => ({
  'push.txt': [`2026-11-12T08:00:01Z push user 2002 headers {'x-mitel-correlation-id': '${id}'} status ${status}`],
});

export const examples: Examples = [
  { given: { files: log(401) }, expect: 'found', subjects: ['HTTP 401'] },
  // as headers of a block
  {
    given: {
      files: {
        'push.txt': [
          '2026-11-12T08:00:01Z push to sip:2002@voice.example',
          'HTTP/1.1 503 Service Unavailable',
          `x-mitel-correlation-id: ${id}`,
        ],
      },
    },
    expect: 'found',
    subjects: ['HTTP 503'],
  },
  { given: { files: log(201) }, expect: 'clear' },
  { given: { log: ['08:00:01 ERROR push refused status=401'] }, expect: 'not-evaluated' },
];

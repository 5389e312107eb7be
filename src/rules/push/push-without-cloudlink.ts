import { text } from '../../text/text';
import type { Examples } from '../example';
import { MINUTE } from '../../base/time';
import { clockAssumed, isDaemonLog, linesHit, linesOf, mentions } from '../lines';
import { pushSteps } from '../push-steps';
import { absentPushes, downWords, pushAt, pushesOf, pushLogs } from '../pushes';
import { rule } from '../rule';
import { steps } from '../steps';
import { shownPlaces } from '../users';

const id = 'push-without-cloudlink';
/** A lost connection and a failed push belong together so far apart. */
const near = 2 * MINUTE;

export default rule({
  id,
  rows: ['f.push.cld_down'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log', 'daemon-log'],
  patterns: { down: downWords },
  explains: [
    { row: 'f.push.http', when: 'overlapping-time' },
    { row: 'f.push.absent', when: 'overlapping-time' },
  ],
  find(grounds) {
    const { evidence, clock } = grounds;
    const down = linesOf(mentions(evidence, id, 'down')).filter((line) =>
      isDaemonLog(evidence.artifacts[evidence.lines.artifact[line]!]!),
    );
    const failed = pushesOf(grounds).filter(({ status }) => status >= 400);
    const missed = absentPushes(grounds).calls.map(({ call }) => call);
    if (pushLogs(grounds).every(({ lines }) => lines === 0)) return [{ subject: '', missing: ['art.sbc.push'] }];
    const beside = (time: number): number[] => down.filter((line) => Math.abs(clock.lines[line]! - time) <= near);
    const pushes = failed.filter(({ time }) => beside(time).length > 0);
    const calls = missed.filter(({ start }) => beside(start).length > 0);
    if (pushes.length + calls.length === 0) return [];
    const times = [...pushes.map(({ time }) => time), ...calls.map(({ start }) => start)];
    const lines = [...new Set(times.flatMap(beside))].sort((a, b) => a - b);
    const hit = linesHit(grounds, 'cloudlink', lines, { pushes: times.length });
    return [
      {
        ...hit,
        from: Math.min(...times) - near,
        to: Math.max(...times) + near,
        at: [...hit.at.slice(0, shownPlaces / 2), ...pushes.flatMap((push) => pushAt(evidence, push))].slice(
          0,
          shownPlaces,
        ),
        ...(clockAssumed(grounds, lines) || pushes.some((push) => push.clockAssumed) ? { clockAssumed: true } : {}),
      },
    ];
  },
  title: text('Push cannot leave: the CloudLink link is down', 'Push impossible : lien CloudLink coupé'),
  seen: text(
    '{pushes} {pushes|push|pushes} failed or {pushes|was|were} not sent while the daemon log tells of a lost connection ({count} {count|line|lines} from {from} to {to}).',
    '{pushes} push en échec ou non envoyé(s) pendant que le journal du démon parle d’une connexion perdue ({count} {count|ligne|lignes} du {from} au {to}).',
  ),
  cause: text(
    'The daemon has no connection to CloudLink: repair that first, the pushes follow.',
    'Le démon n’a pas de connexion à CloudLink : la rétablir d’abord, les push suivront.',
  ),
  causeIs: 'cause',
  steps: [pushSteps.dashboard, steps.checkProxy, steps.restartDaemon],
  source: 'EN 6.4.2',
});

const log = (status: number) => ({
  'push.txt': [
    `2026-11-12T08:00:01Z push user 2002 headers {'x-mitel-correlation-id': '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b'} status ${status}`,
  ],
});

export const examples: Examples = [
  { given: { files: log(503), log: ['08:00:00 WARN tunnel lost tunnel=littlemole state=down'] }, expect: 'found' },
  { given: { files: log(201), log: ['08:00:00 WARN tunnel lost tunnel=littlemole state=down'] }, expect: 'clear' },
  // down at another time
  { given: { files: log(503), log: ['07:00:00 WARN tunnel lost tunnel=littlemole state=down'] }, expect: 'clear' },
  { given: { log: ['08:00:00 WARN tunnel lost tunnel=littlemole state=down'] }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import type { Examples } from '../example';
import { HOUR } from '../../base/time';
import { pushSteps } from '../push-steps';
import { mobileCalls, pushesOf, pushLogs } from '../pushes';
import { mobileCall, mobileReport, pushLog } from '../push-drawn';
import { rule, type Hit } from '../rule';

export default rule({
  id: 'push-service-off',
  rows: ['f.push.feature_off'],
  severity: 'blocker',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log'],
  explains: [{ row: 'f.push.absent', when: 'always' }],
  find(grounds) {
    const logs = pushLogs(grounds).filter(({ lines }) => lines > 0);
    if (logs.length === 0) return [{ subject: '', missing: ['art.sbc.push'] }];
    const filled = new Set(pushesOf(grounds).map(({ artifact }) => artifact));
    const calls = mobileCalls(grounds);
    return logs.flatMap((log): Hit[] => {
      if (filled.has(log.artifact)) return [];
      const span = log.to - log.from;
      const called = calls.filter(({ start }) => start >= log.from && start <= log.to);
      const proves = span >= DAY && called.length > 0;
      const { path } = grounds.evidence.artifacts[log.artifact]!;
      return [
        {
          subject: path,
          at: [{ artifact: log.artifact, offset: 0, length: 0 }],
          count: log.lines,
          ...(proves ? {} : { severity: 'note' }),
          values: { path, span: Number.isFinite(span) ? { duration: span } : '–', calls: called.length },
        },
      ];
    });
  },
  title: text('Push service disabled on the SBC?', 'Service push désactivé sur le SBC ?'),
  seen: text(
    '{path} spans {span} and holds no push, with {calls} {calls|call|calls} for users with a mobile client in it.',
    '{path} couvre {span} et ne contient aucun push, avec {calls} {calls|appel|appels} pour des utilisateurs ayant un client mobile.',
  ),
  cause: text(
    'Push notification services are not enabled on the SBC, or the change was not applied.',
    'Les services de notification push ne sont pas activés sur le SBC, ou la modification n’a pas été appliquée.',
  ),
  causeIs: 'cause',
  steps: [pushSteps.enable],
  source: 'EN 6.4.4',
});

const DAY = 24 * HOUR;
const empty = (first: string) => ({
  'push-notification.log': [`${first} service idle`, '2026-11-12T08:05:00Z service idle'],
});

export const examples: Examples = [
  { given: { report: mobileReport, ladder: mobileCall, files: empty('2026-11-11T07:00:00Z') }, expect: 'found' },
  // an hour without a push is a note only
  { given: { files: empty('2026-11-12T07:00:00Z') }, expect: 'found' },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 401) }, expect: 'clear' },
  { given: { report: mobileReport, ladder: mobileCall }, expect: 'not-evaluated' },
];

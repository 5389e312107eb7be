import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso, SECOND } from '../../base/time';
import { pushSteps } from '../push-steps';
import { cancelTime, isFor, mobileCalls, pushesFor, pushesOf, pushHit, pushLogs } from '../pushes';
import { mobileCall, mobileReport, pushId, pushLog } from '../push-drawn';
import { rule, type CannotTell, type Hit } from '../rule';

export default rule({
  id: 'push-cancel-missing',
  rows: ['f.push.cancel_missing'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log', 'report', 'signalling'],
  find(grounds) {
    const all = mobileCalls(grounds);
    if (all.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
    const logs = pushLogs(grounds);
    const cancels = pushesOf(grounds).filter(({ cancel }) => cancel);
    const verdicts: (Hit | CannotTell)[] = [];
    for (const call of all) {
      if (call.outcome !== 'cancelled') continue;
      const { own } = pushesFor(grounds, call, all);
      if (own.length === 0) continue;
      const given = cancelTime(grounds, call);
      if (!logs.some(({ to }) => to >= given + wait)) {
        verdicts.push({ subject: call.email, missing: ['art.sbc.push'] });
        continue;
      }
      const ids = new Set(own.map(({ id }) => id).filter((id) => id !== ''));
      const taken = cancels.some(
        (push) =>
          push.time >= call.start &&
          push.time <= given + wait &&
          (ids.has(push.id) || push.user === '' || isFor(grounds, push, call)),
      );
      if (!taken)
        verdicts.push(
          pushHit(grounds, `${call.email} ${iso(call.start)}`, own, {
            email: call.email,
            call: { time: call.start },
            given: { time: given },
          }),
        );
    }
    return verdicts;
  },
  title: text('{email}: cancel push not seen', '{email} : push d’annulation non vu'),
  seen: text(
    'The caller gave up at {given}; no push that takes the one of {call} back followed within 10 s.',
    'L’appelant a renoncé à {given} ; aucun push annulant celui de {call} n’a suivi en 10 s.',
  ),
  cause: text(
    'The mobile may go on ringing for a call that is over.',
    'Le mobile peut continuer à sonner pour un appel terminé.',
  ),
  causeIs: 'symptom',
  steps: [pushSteps.giveId, pushSteps.pushLog],
  source: 'EN 6.4.1',
});

const wait = 10 * SECOND;

const given = `
          zoom            sbc
    0.000 |--INVITE-1---->|
    0.010 |<----100-1-----|
    8.000 |--CANCEL-1---->|
    8.010 |<-200:CANCEL-1-|
    8.020 |<----487-1-----|
    8.030 |---ACK-1------>|
   60.000 |               |
`;
const taken = {
  'push.txt': [
    ...pushLog('08:00:01', 201)['push.txt'].slice(0, 2),
    `2026-11-12T08:00:09Z push cancel user 2002 headers {'x-mitel-correlation-id': '${pushId}'} status 201`,
    '2026-11-12T08:05:00Z push service idle',
  ],
};

export const examples: Examples = [
  { given: { report: mobileReport, ladder: given, files: pushLog('08:00:01', 201) }, expect: 'found' },
  { given: { report: mobileReport, ladder: given, files: taken }, expect: 'clear' },
  // nobody gave up
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 201) }, expect: 'clear' },
  // the log ends with the push itself
  {
    given: {
      report: mobileReport,
      ladder: given,
      files: { 'push.txt': pushLog('08:00:01', 201)['push.txt'].slice(0, 2) },
    },
    expect: 'not-evaluated',
  },
  { given: { report: mobileReport, ladder: given }, expect: 'not-evaluated' },
];

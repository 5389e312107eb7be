import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso } from '../../base/time';
import { pushSteps } from '../push-steps';
import { absentPushes, afterCall, pushLogs } from '../pushes';
import { mobileCall, mobileReport, pushId, pushLog } from '../push-drawn';
import { rule, type Hit } from '../rule';
import { messageAt } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

export default rule({
  id: 'push-not-sent',
  rows: ['f.push.absent'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['push-log', 'report', 'signalling'],
  find: (grounds) => {
    const { calls, open } = absentPushes(grounds);
    return [
      ...capped(
        calls.map(({ call, sure }): Hit => ({
          subject: `${call.email} ${iso(call.start)}`,
          also: [call.email, call.number],
          at: [messageAt(grounds.evidence, call.message)],
          from: call.start,
          to: call.start + afterCall,
          ...(sure ? {} : { confidence: 'likely' }),
          ...(pushLogs(grounds).some(({ artifact }) => grounds.clock.zones[artifact]?.origin === 'assumed')
            ? { clockAssumed: true }
            : {}),
          values: { email: call.email, number: call.number, call: { time: call.start } },
        })),
        100,
      ),
      ...open,
    ];
  },
  title: text('{email}: no push was sent for this call', '{email} : aucun push pour cet appel'),
  seen: text(
    'At {call} a call for {number} came in while no client of {email} was registered, and the push log holds no push for it.',
    'À {call}, un appel pour {number} est arrivé alors qu’aucun client de {email} n’était enregistré, et le journal push n’en contient aucun.',
  ),
  cause: text(
    'The push service is off, or the SBC does not know that this user has a mobile client.',
    'Le service push est désactivé, ou le SBC ne sait pas que cet utilisateur a un client mobile.',
  ),
  causeIs: 'symptom',
  steps: [pushSteps.enable, pushSteps.dashboard, sipSteps.listSubscribers],
  source: 'EN 6.4.1, EN 6.4.4',
});

const quiet = {
  'push.txt': [
    `2026-11-12T07:00:00Z push user 2009 headers {'x-mitel-correlation-id': '${pushId}'} status 201`,
    '2026-11-12T08:05:00Z push service idle',
  ],
};

export const examples: Examples = [
  { given: { report: mobileReport, ladder: mobileCall, files: quiet }, expect: 'found' },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 201) }, expect: 'clear' },
  // registered: no push is needed
  {
    given: {
      report: mobileReport,
      ladder: {
        drawn: `
          zoom            sbc
    0.000 |--REGISTER-1-->|
    0.010 |<----200-1-----|
    1.000 |--INVITE-1b--->|
    1.010 |<----480-1b----|
    1.020 |---ACK-1b----->|
   60.000 |               |
`,
        users: { '': ['2002', '2002'], b: ['2001', '2002'] },
      },
      files: quiet,
    },
    expect: 'clear',
  },
  // no mobile client
  {
    given: {
      report: ['anna@example.org | Anna | zmSipPhoneNumber=2002 | zmSipPhoneMobileId='],
      ladder: mobileCall,
      files: quiet,
    },
    expect: 'not-evaluated',
  },
  // the log ends before the call
  {
    given: { report: mobileReport, ladder: mobileCall, files: { 'push.txt': quiet['push.txt'].slice(0, 1) } },
    expect: 'not-evaluated',
  },
  { given: { report: mobileReport, ladder: mobileCall }, expect: 'not-evaluated' },
];

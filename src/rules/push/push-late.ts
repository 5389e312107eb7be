import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso, SECOND } from '../../base/time';
import { mobileCalls, pushesFor, pushHit } from '../pushes';
import { rule, type Hit } from '../rule';
import { steps } from '../steps';
import { capped } from '../users';

export default rule({
  id: 'push-late',
  rows: ['f.push.late'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log', 'report', 'signalling'],
  find(grounds) {
    const all = mobileCalls(grounds);
    if (all.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
    return capped(
      all.flatMap((call): Hit[] => {
        const [first] = pushesFor(grounds, call, all).own;
        if (!first || first.time - call.start <= most) return [];
        return [
          pushHit(grounds, `${call.email} ${iso(call.start)}`, [first], {
            email: call.email,
            call: { time: call.start },
            late: { duration: first.time - call.start },
          }),
        ];
      }),
      100,
    );
  },
  title: text('{email}: push sent late', '{email} : push tardif'),
  seen: text(
    'The push for the call of {call} left {late} after the INVITE.',
    'Le push pour l’appel du {call} est parti {late} après l’INVITE.',
  ),
  cause: text(
    'The SBC is busy or waits for something before it sends the push.',
    'Le SBC est chargé, ou attend quelque chose avant d’envoyer le push.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text('Look at the load and the alarms of the SBC.', 'Regarder la charge et les alarmes du SBC.'),
      step: 'sbc.dash.02',
    },
    steps.checkClock,
  ],
  source: 'EN 6.4.1',
});

/** After the INVITE, clocks corrected. */
const most = 3 * SECOND;

const id = '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b';
const log = (time: string, status: number, user = '2002') => ({
  'push.txt': [
    `2026-11-12T07:59:00Z push service idle`,
    `2026-11-12T${time}Z push user ${user} headers {'x-mitel-correlation-id': '${id}'} status ${status}`,
    `2026-11-12T08:05:00Z push service idle`,
  ],
});
const report = ['anna@example.org | Anna | zmSipPhoneNumber=2002 | zmSipPhoneMobileNumber=2002'];
const call = `
          zoom            sbc
    0.000 |--INVITE-1---->|
    0.010 |<----480-1-----|
    0.020 |---ACK-1------>|
   60.000 |               |
`;

export const examples: Examples = [
  { given: { report, ladder: call, files: log('08:00:05', 201) }, expect: 'found' },
  { given: { report, ladder: call, files: log('08:00:03', 201) }, expect: 'clear' },
  { given: { report, ladder: call }, expect: 'not-evaluated' },
];

import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso, SECOND } from '../../base/time';
import { mobileCalls, pushesFor, pushHit } from '../pushes';
import { mobileCall, mobileReport, pushLog } from '../push-drawn';
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

export const examples: Examples = [
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:05', 201) }, expect: 'found' },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:03', 201) }, expect: 'clear' },
  { given: { report: mobileReport, ladder: mobileCall }, expect: 'not-evaluated' },
];

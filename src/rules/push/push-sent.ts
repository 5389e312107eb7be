import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso } from '../../base/time';
import { pushSteps } from '../push-steps';
import { mobileCalls, pushesFor, pushHit } from '../pushes';
import { rule, type Hit } from '../rule';
import { capped } from '../users';

export default rule({
  id: 'push-sent',
  rows: ['f.push.sent'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['push-log', 'report', 'signalling'],
  find(grounds) {
    const all = mobileCalls(grounds);
    if (all.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
    return capped(
      all.flatMap((call): Hit[] => {
        const sent = pushesFor(grounds, call, all).own.filter(({ status }) => status >= 200 && status < 300);
        return sent.length === 0
          ? []
          : [
              pushHit(grounds, `${call.email} ${iso(call.start)}`, sent, {
                email: call.email,
                call: { time: call.start },
              }),
            ];
      }),
      100,
    );
  },
  title: text('{email}: push left the SBC', '{email} : push parti du SBC'),
  seen: text(
    'The push for the call of {call} was accepted ({status}), id {ids}.',
    'Le push pour l’appel du {call} a été accepté ({status}), identifiant {ids}.',
  ),
  cause: text(
    'The SBC did its part: what follows lies with the CloudLink platform, Zoom and the telephone.',
    'Le SBC a fait sa part : la suite relève de la plateforme CloudLink, de Zoom et du téléphone.',
  ),
  causeIs: 'symptom',
  steps: [pushSteps.giveId],
  source: 'EN 6.4.1',
});

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
  { given: { report, ladder: call, files: log('08:00:01', 201) }, expect: 'found' },
  // refused, or of another call
  { given: { report, ladder: call, files: log('08:00:01', 401) }, expect: 'clear' },
  { given: { report, ladder: call, files: log('08:00:30', 201) }, expect: 'clear' },
  { given: { report, ladder: call, files: log('08:00:01', 201, '2077') }, expect: 'clear' },
  { given: { report, ladder: call }, expect: 'not-evaluated' },
];

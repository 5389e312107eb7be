import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso } from '../../base/time';
import { pushSteps } from '../push-steps';
import { mobileCalls, pushesFor, pushHit } from '../pushes';
import { mobileCall, mobileReport, pushLog } from '../push-drawn';
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

export const examples: Examples = [
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 201) }, expect: 'found' },
  // refused, or of another call
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 401) }, expect: 'clear' },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:30', 201) }, expect: 'clear' },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 201, '2077') }, expect: 'clear' },
  { given: { report: mobileReport, ladder: mobileCall }, expect: 'not-evaluated' },
];

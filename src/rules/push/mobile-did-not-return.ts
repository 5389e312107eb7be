import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso, SECOND } from '../../base/time';
import { pushSteps } from '../push-steps';
import { mobileCalls, pushesFor, pushHit, registersOf } from '../pushes';
import { mobileCall, mobileReport, pushLog } from '../push-drawn';
import { rule, type CannotTell, type Hit } from '../rule';

export default rule({
  id: 'mobile-did-not-return',
  rows: ['f.push.no_clientreg'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['push-log', 'report', 'signalling'],
  guards: ['G2'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const all = mobileCalls(grounds);
    if (all.length === 0) return [{ subject: '', missing: ['art.ucr'] }];
    const registers = registersOf(grounds);
    const verdicts: (Hit | CannotTell)[] = [];
    for (const call of all) {
      const sent = pushesFor(grounds, call, all).own.filter(({ status }) => status >= 200 && status < 300);
      const [push] = sent;
      if (!push) continue;
      if (links.coverage[evidence.messages.artifact[call.message]!]! < push.time + wait) {
        verdicts.push({ subject: call.email, guards: ['G2'] });
        continue;
      }
      const back = registers.find(call.number).rows.some((row) => {
        const time = clock.messages[row]!;
        return time >= push.time - SECOND && time <= push.time + wait;
      });
      if (back) continue;
      verdicts.push({
        ...pushHit(grounds, `${call.email} ${iso(call.start)}`, sent, {
          email: call.email,
          call: { time: call.start },
          wait: { duration: wait },
        }),
      });
    }
    return verdicts;
  },
  title: text('{email}: push sent but the mobile did not come back', '{email} : push envoyé, mobile muet'),
  seen: text(
    'The push for the call of {call} was accepted ({status}, id {ids}), and no REGISTER of {email} followed within {wait}.',
    'Le push pour l’appel du {call} a été accepté ({status}, identifiant {ids}), et aucun REGISTER de {email} n’a suivi en {wait}.',
  ),
  cause: text(
    'The notification was lost behind the SBC, or the telephone does not let the app wake up.',
    'La notification s’est perdue après le SBC, ou le téléphone ne laisse pas l’application se réveiller.',
  ),
  causeIs: 'symptom',
  steps: [
    pushSteps.giveId,
    {
      do: text(
        'On the telephone: notifications of Zoom Workplace allowed, battery saving off, signed in.',
        'Sur le téléphone : notifications de Zoom Workplace autorisées, économie de batterie désactivée, utilisateur connecté.',
      ),
    },
  ],
  source: 'EN 6.4.1',
});

/** A telephone that wakes registers within this time. */
const wait = 15 * SECOND;

export const examples: Examples = [
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 201) }, expect: 'found' },
  // it came back
  {
    given: {
      report: mobileReport,
      ladder: {
        drawn: `
          zoom            sbc
    0.000 |--INVITE-1---->|
    5.000 |--REGISTER-1b->|
    5.010 |<----200-1b----|
   60.000 |               |
`,
        users: { b: ['2002', '2002'] },
      },
      files: pushLog('08:00:01', 201),
    },
    expect: 'clear',
  },
  { given: { report: mobileReport, ladder: mobileCall, files: pushLog('08:00:01', 401) }, expect: 'clear' },
  // the capture ends before the telephone could answer
  {
    given: { report: mobileReport, ladder: mobileCall.replace(/^ {3}60.*$/m, ''), files: pushLog('08:00:01', 201) },
    expect: 'not-evaluated',
  },
  { given: { report: mobileReport, ladder: mobileCall }, expect: 'not-evaluated' },
];

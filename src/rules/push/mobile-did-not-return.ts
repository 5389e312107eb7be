import { text } from '../../text/text';
import type { Examples } from '../example';
import { iso, SECOND } from '../../base/time';
import { pushSteps } from '../push-steps';
import { mobileCalls, pushesFor, pushHit, registersOf } from '../pushes';
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
  // it came back
  {
    given: {
      report,
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
      files: log('08:00:01', 201),
    },
    expect: 'clear',
  },
  { given: { report, ladder: call, files: log('08:00:01', 401) }, expect: 'clear' },
  // the capture ends before the telephone could answer
  { given: { report, ladder: call.replace(/^ {3}60.*$/m, ''), files: log('08:00:01', 201) }, expect: 'not-evaluated' },
  { given: { report, ladder: call }, expect: 'not-evaluated' },
];

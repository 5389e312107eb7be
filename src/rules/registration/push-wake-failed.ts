import { SECOND } from '../../base/time';
import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const slow = 5 * SECOND;

export default rule({
  id: 'push-wake-failed',
  rows: ['D10', 'f.sip.480_mobile'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G1'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const REGISTER = strings.find('REGISTER');
    const pushed = new Set<string>();
    const registered = new Map<string, number[]>();
    for (const row of links.order) {
      if (messages.method[row] !== REGISTER || messages.status[row] !== 0 || messages.expires[row] === 0) continue;
      const user = userOf(strings.text(messages.toUri[row]!));
      if ((messages.flags[row]! & messageFlags.push) !== 0) pushed.add(user);
      const times = registered.get(user);
      if (times) times.push(clock.messages[row]!);
      else registered.set(user, [clock.messages[row]!]);
    }
    // a user of the report with a mobile phone is one that must be woken, whatever its REGISTER shows
    const { users } = evidence;
    for (let row = 0; row < users.length; row++) {
      const mobile = strings.text(users.zmSipPhoneMobileNumber[row]!);
      if (mobile !== '' && users.damaged[row] === 0) pushed.add(mobile);
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const refusal of refusalsOf(
      grounds,
      'INVITE',
      (status) => status === 480 || status === 408 || status === 404,
    )) {
      const called = strings.text(messages.toUri[refusal.final]!);
      const user = userOf(called);
      if (!pushed.has(user) || refusal.request === -1) continue;
      const subject = addressOf(called);
      const [from, to] = [clock.messages[refusal.request]!, clock.messages[refusal.final]!];
      const back = (registered.get(user) ?? []).find((time) => time > from && time <= to + slow);
      if (back !== undefined && back - from <= slow) continue;
      // registrations of this user pass here at all?
      if (!registered.has(user)) {
        open.set(subject, { subject, guards: ['G1'] });
        continue;
      }
      sights.push({
        subject,
        rows: rowsOf(grounds, refusal),
        also: [user],
        severity: back === undefined ? 'error' : 'warning',
        values: {
          status: String(refusal.status),
          waited: { duration: to - from },
          why: back === undefined ? silent : late,
        },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: the mobile was not awake', '{subject} : le mobile n’était pas réveillé'),
  seen: text(
    '{count} {count|call|calls} to {subject} ended with {status} after {waited}; {why}.',
    '{count} {count|appel|appels} vers {subject} ont fini en {status} après {waited} ; {why}.',
  ),
  cause: text(
    'The push was not sent, not delivered, or the app did not come back in time. A phone usually registers 2 s after it is woken.',
    'Le push n’a pas été envoyé, pas remis, ou l’application n’est pas revenue à temps. Un téléphone s’enregistre d’ordinaire 2 s après son réveil.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.pushLog, sipSteps.captureBorder],
  source: 'RFC 8599 §5.6.2, EN 6.4.1',
});

const silent = text('no REGISTER came from it in between', 'aucun REGISTER n’en est venu entre-temps');
const late = text(
  'its REGISTER came more than 5 s after the INVITE',
  'son REGISTER est arrivé plus de 5 s après l’INVITE',
);

const pn = ['Contact: <sip:2001@10.0.0.1;pn-provider=apns;pn-prid=x>'];
const users = { b: ['2005', '2001'] } as const;
const withPush = (rest: readonly string[]) => ({
  drawn: two('0 >REGISTER-1', '0.1 <200-1', ...rest),
  with: { 'REGISTER-1': pn, 'REGISTER-2': pn },
  users,
});
export const examples: Examples = [
  { given: { ladder: withPush(['600 >INVITE-1b', '604 <480-1b']) }, expect: 'found', subjects: ['2001@pbx.example'] },
  // woken, and busy all the same
  {
    given: { ladder: withPush(['600 >INVITE-1b', '602 >REGISTER-2', '602.1 <200-2', '604 <480-1b']) },
    expect: 'clear',
  },
  // G1: the report says mobile, but no registration of this number passes here
  {
    given: {
      ladder: { drawn: two('0 >INVITE-1b', '4 <480-1b'), users },
      report: ['a@b.c | A | zmSipPhoneMobileNumber=2001'],
    },
    expect: 'not-evaluated',
  },
  noCapture,
];

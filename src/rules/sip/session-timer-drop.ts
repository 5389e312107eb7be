import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { byLeg, exchangesOf } from '../exchanges';
import { rule } from '../rule';
import { type Sight, timedHitsOf, wayOf } from '../sights';
import { headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

const slack = 5 * SECOND;

export default rule({
  id: 'session-timer-drop',
  rows: ['D48', 'f.sip.drop_fixed'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  headers: ['session-expires'],
  find(grounds) {
    const { evidence, clock } = grounds;
    const { messages, strings } = evidence;
    const timers = headerValues(evidence, 'session-expires');
    const BYE = strings.find('BYE');
    const byes = new Map<number, number>();
    for (const row of grounds.links.order) {
      if (messages.method[row] === BYE && messages.status[row] === 0 && !byes.has(grounds.links.legOf[row]!))
        byes.set(grounds.links.legOf[row]!, row);
    }
    const sights: Sight[] = [];
    for (const [leg, own] of byLeg(exchangesOf(grounds))) {
      const bye = byes.get(leg);
      if (bye === undefined) continue;
      const refreshed = own.filter(({ status, response }) => status >= 200 && status < 300 && response !== -1);
      const last = refreshed[refreshed.length - 1];
      const value = last === undefined ? undefined : timers.get(last.response)?.[0];
      const [, interval, , refresher = ''] = /^\s*(\d{1,9})(.*refresher\s*=\s*(ua[cs]))?/i.exec(value ?? '') ?? [];
      if (!last || interval === undefined) continue;
      const expires = Number(interval) * SECOND;
      const talked = clock.messages[bye]! - clock.messages[last.response]!;
      const early = expires - Math.min(32 * SECOND, expires / 3);
      const atEnd = [early, expires].find((point) => Math.abs(talked - point) <= slack);
      if (atEnd === undefined) continue;
      sights.push({
        subject: wayOf(grounds, bye),
        rows: [last.request, last.response, bye],
        values: {
          interval: { duration: expires },
          after: { duration: talked },
          who:
            refresher.toLowerCase() === 'uas'
              ? wayOf(grounds, last.response).split(' ')[0]!
              : strings.text(messages.source[last.request]!),
        },
      });
    }
    return timedHitsOf(grounds, sights);
  },
  title: text(
    '{subject}: calls end when the session timer runs out',
    '{subject} : appels coupés à l’échéance du temporisateur de session',
  ),
  seen: text(
    '{count} {count|call was|calls were} ended {after} after the last refresh, Session-Expires being {interval}. Whose turn it was: {who}.',
    '{count} {count|appel terminé|appels terminés} {after} après le dernier rafraîchissement, Session-Expires valant {interval}. À qui de rafraîchir : {who}.',
  ),
  cause: text(
    'The refresher sent no re-INVITE or UPDATE, or it was lost; the other side took the call for dead and hung up.',
    'Celui qui devait rafraîchir n’a envoyé ni re-INVITE ni UPDATE, ou ils se sont perdus ; l’autre côté a cru l’appel mort et a raccroché.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'See whether the refresher sent anything at half the interval; if not, correct its session timer, else follow the request.',
        'Voir si celui qui rafraîchit a envoyé quelque chose à mi-intervalle ; sinon corriger son temporisateur, si oui suivre la requête.',
      ),
    },
    sipSteps.firewall,
  ],
  source: 'RFC 4028 §10',
});

const timer = { '200-1': ['Session-Expires: 120;refresher=uac'], '200-2': ['Session-Expires: 120;refresher=uac'] };
export const examples: Examples = [
  {
    given: {
      ladder: { drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1', '88 <BYE-5', '88.1 >200-5'), with: timer },
    },
    expect: 'found',
    subjects: ['10.0.0.2 → 10.0.0.1'],
  },
  // refreshed, and ended by hand later
  {
    given: {
      ladder: {
        drawn: two(
          '0 >INVITE-1',
          '0.1 <200-1',
          '0.2 >ACK-1',
          '60 >INVITE-2',
          '60.1 <200-2',
          '60.2 >ACK-2',
          '88 <BYE-5',
          '88.1 >200-5',
        ),
        with: timer,
      },
    },
    expect: 'clear',
  },
  noCapture,
];

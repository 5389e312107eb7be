import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'registration-lapsed',
  rows: ['D06', 'f.reg.expiring'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G2'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { registrations, transactions } = links;
    const REGISTER = strings.find('REGISTER');
    /** Accepted bindings by registration: when granted, until when. */
    const grants = new Map<number, { row: number; from: number; until: number }[]>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [registration, final, request] = [
        transactions.registration[transaction]!,
        transactions.final[transaction]!,
        transactions.request[transaction]!,
      ];
      const status = transactions.status[transaction]!;
      if (registration === -1 || status < 200 || status >= 300 || transactions.method[transaction] !== REGISTER)
        continue;
      const asked = request === -1 ? -1 : messages.expires[request]!;
      const seconds = asked === 0 ? 0 : messages.expires[final]! >= 0 ? messages.expires[final]! : asked;
      if (seconds < 0) continue;
      const own = grants.get(registration) ?? [];
      grants.set(registration, own);
      own.push({ row: final, from: clock.messages[final]!, until: clock.messages[final]! + seconds * SECOND });
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const [registration, own] of grants) {
      own.sort((a, b) => a.from - b.from);
      const aor = strings.text(registrations.aor[registration]!);
      const subject = addressOf(aor);
      own.forEach(({ row, from, until }, n) => {
        // signed off, or refreshed in time (a grace for the network)
        if (until === from) return;
        const next = own[n + 1];
        if (next && next.from <= until + SECOND) return;
        const covered = links.coverage[messages.artifact[row]!]!;
        if (!next && covered < until + 32 * SECOND) {
          if (covered > until) open.set(subject, { subject, guards: ['G2'] });
          return;
        }
        sights.push({
          subject,
          rows: next ? [row, next.row] : [row],
          also: [userOf(aor)],
          values: {
            host: strings.text(registrations.host[registration]!),
            granted: { duration: until - from },
            gap: { duration: (next?.from ?? covered) - until },
          },
        });
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: registration ran out', '{subject} : enregistrement expiré'),
  seen: text(
    '{host} granted {granted}; no refresh came in time, {count} {count|time|times}. The first gap lasted at least {gap}.',
    '{host} a accordé {granted} ; aucun rafraîchissement n’est venu à temps, {count} fois. La première interruption a duré au moins {gap}.',
  ),
  cause: text(
    'The client was off, asleep or without network, or its refresh did not reach the registrar. Calls to it in the gap cannot be delivered.',
    'Le client était éteint, en veille ou sans réseau, ou son rafraîchissement n’a pas atteint le registrar. Pendant l’interruption, ses appels ne peuvent aboutir.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.listRegistrar, sipSteps.pushLog],
  source: 'RFC 3261 §10.2.4, RFC 3261 §10.3, EN 5.2.1.1',
});

const granted = { 'REGISTER-1': ['Expires: 60'] };
export const examples: Examples = [
  { given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1', '200'), with: granted } }, expect: 'found' },
  {
    given: {
      ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1', '150 >REGISTER-2', '150.1 <200-2', '160'), with: granted },
    },
    expect: 'found',
    subjects: ['2001@pbx.example'],
  },
  {
    given: {
      ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1', '50 >REGISTER-2', '50.1 <200-2', '60'), with: granted },
    },
    expect: 'clear',
  },
  // G2: the capture ends as it runs out
  { given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <200-1', '70'), with: granted } }, expect: 'not-evaluated' },
  noCapture,
];

import { SECOND } from '../../base/time';
import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** RFC 8599 §5.5: with push a binding is refreshed at least 120 s before it ends. */
const ahead = 120 * SECOND;

export default rule({
  id: 'binding-refreshed-late',
  rows: ['D11'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { registrations, transactions } = links;
    const last = new Map<string, { row: number; until: number }>();
    const sights: Sight[] = [];
    const byTime = [...transactions.registration.keys()]
      .filter(
        (transaction) => transactions.registration[transaction] !== -1 && transactions.request[transaction] !== -1,
      )
      .sort((a, b) => clock.messages[transactions.request[a]!]! - clock.messages[transactions.request[b]!]!);
    for (const transaction of byTime) {
      const [request, final] = [transactions.request[transaction]!, transactions.final[transaction]!];
      const key = `${transactions.registration[transaction]} ${messages.callId[request]}`;
      const before = last.get(key);
      const isPush = (messages.flags[request]! & messageFlags.push) !== 0;
      const time = clock.messages[request]!;
      if (before && isPush && time > before.until - ahead && time < before.until + ahead) {
        const aor = strings.text(registrations.aor[transactions.registration[transaction]!]!);
        sights.push({
          subject: addressOf(aor),
          rows: [before.row, request],
          also: [userOf(aor)],
          values: { left: { duration: Math.max(0, before.until - time) } },
        });
      }
      const expires = final === -1 ? -1 : messages.expires[final]!;
      if (transactions.status[transaction] === 200 && expires > 240 && isPush) {
        last.set(key, { row: final, until: clock.messages[final]! + expires * SECOND });
      } else if (transactions.status[transaction] === 200) last.delete(key);
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{subject}: refreshes its push registration too late',
    '{subject} : rafraîchit trop tard son enregistrement push',
  ),
  seen: text(
    '{count} {count|refresh|refreshes} of {subject} came with less than 120 s left; once {left} were left.',
    '{count} {count|rafraîchissement|rafraîchissements} de {subject} sont venus à moins de 120 s de la fin ; une fois il restait {left}.',
  ),
  cause: text(
    'With push the app must be woken for its refresh; one that comes late may find its registration gone.',
    'Avec le push, l’application doit être réveillée pour son rafraîchissement ; s’il vient tard, l’enregistrement peut avoir disparu.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.pushLog],
  source: 'RFC 8599 §5.5',
});

const pn = ['Contact: <sip:2001@10.0.0.1;pn-provider=apns;pn-prid=x>', 'Expires: 600'];
const refreshed = (at: number) => ({
  drawn: two('0 >REGISTER-1', '0.1 <200-1', `${at} >REGISTER-2`, `${at + 0.1} <200-2`),
  with: { 'REGISTER-1': pn, 'REGISTER-2': pn },
});
export const examples: Examples = [
  { given: { ladder: refreshed(590) }, expect: 'found', subjects: ['2001@pbx.example'] },
  { given: { ladder: refreshed(400) }, expect: 'clear' },
  noCapture,
];

import { SECOND } from '../../base/time';
import { text, type Text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { headerValues, ranOn, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'transfer-failed',
  rows: ['D50'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G2'],
  headers: ['refer-to', 'refer-sub', 'replaces'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const [REFER, NOTIFY] = [strings.find('REFER'), strings.find('NOTIFY')];
    const fragments = headerValues(evidence, 'body-sipfrag');
    const [refersTo, quiet, replaces] = ['refer-to', 'refer-sub', 'replaces'].map((name) =>
      headerValues(evidence, name),
    ) as [
      ReadonlyMap<number, readonly string[]>,
      ReadonlyMap<number, readonly string[]>,
      ReadonlyMap<number, readonly string[]>,
    ];
    const notified = new Map<number, number[]>();
    for (const row of links.order) {
      if (messages.method[row] === NOTIFY && messages.status[row] === 0)
        notified.set(links.legOf[row]!, [...(notified.get(links.legOf[row]!) ?? []), row]);
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [request, final] = [transactions.request[transaction]!, transactions.final[transaction]!];
      if (transactions.method[transaction] !== REFER || request === -1 || final === -1) continue;
      const status = transactions.status[transaction]!;
      const target = userOf(refersTo.get(request)?.[0]?.replace(/^[^<]*</, '') ?? '');
      const subject = wayOf(grounds, request);
      const later = (notified.get(links.legOf[request]!) ?? []).filter(
        (row) => clock.messages[row]! >= clock.messages[request]!,
      );
      const last = later
        .map((row) => /^SIP\/2\.0 (\d{3})[^\r\n]*/.exec(fragments.get(row)?.[0] ?? ''))
        .filter((one) => one !== null)
        .pop();
      const isQuiet = [request, final].some((row) => quiet.get(row)?.some((value) => /false/i.test(value)));
      let why: Text | undefined;
      let detail = '';
      if (status >= 300 && status !== 401 && status !== 407) {
        why = refused;
        detail = `${status} ${strings.text(messages.reason[final]!)}`;
      } else if (last && Number(last[1]) >= 300) {
        why = failed;
        detail = last[0];
      } else if (status < 300 && later.length === 0 && !isQuiet) {
        if (!ranOn(grounds, transaction, 32 * SECOND)) {
          open.set(subject, { subject, guards: ['G2'] });
          continue;
        }
        why = silent;
      }
      if (why)
        sights.push({ subject, rows: [request, final, ...later], also: [target], values: { why, detail, target } });
    }
    // the new call that should replace the old one
    for (const refusal of refusalsOf(grounds, 'INVITE', (status) => status === 481 || status === 603)) {
      if (refusal.request === -1 || !replaces.has(refusal.request)) continue;
      const target = userOf(strings.text(messages.toUri[refusal.final]!));
      sights.push({
        subject: wayOf(grounds, refusal.request),
        rows: rowsOf(grounds, refusal),
        also: [target],
        values: { why: noReplace, detail: String(refusal.status), target },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: transfer to {target} fails', '{subject} : échec du transfert vers {target}'),
  seen: text(
    '{count} {count|transfer|transfers}: {why}. {detail}',
    '{count} {count|transfert|transferts} : {why}. {detail}',
  ),
  cause: text(
    'The called target refused, the transferred side does not do transfers by REFER, or the call to be replaced was gone.',
    'La cible a refusé, le côté transféré ne gère pas le transfert par REFER, ou l’appel à remplacer n’existait plus.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder, sipSteps.checkNumber],
  source: 'RFC 3515 §2.4.4, RFC 3515 §2.4.5, RFC 3891 §3',
});

const refused = text('the REFER was refused', 'le REFER a été refusé');
const failed = text('NOTIFY says that the new call failed', 'le NOTIFY indique que le nouvel appel a échoué');
const silent = text(
  'the REFER was accepted and no NOTIFY tells what became of it',
  'le REFER a été accepté et aucun NOTIFY ne dit ce qu’il est devenu',
);
const noReplace = text('the call to be replaced was not found', 'l’appel à remplacer n’a pas été trouvé');
const talk = ['0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'];
const to = { 'REFER-2': ['Refer-To: <sip:2003@pbx.example>'] };
const refer = (...rest: readonly string[]) => ({ drawn: two(...talk, '5 >REFER-2', ...rest), with: to });
export const examples: Examples = [
  { given: { ladder: refer('5.1 <603-2') }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: refer('5.1 <202-2', '60') }, expect: 'found' },
  { given: { ladder: refer('5.1 <202-2', '5.2 <NOTIFY-9', '5.3 >200-9', '60') }, expect: 'clear' },
  // G2: the NOTIFY may still come
  { given: { ladder: refer('5.1 <202-2') }, expect: 'not-evaluated' },
  noCapture,
];

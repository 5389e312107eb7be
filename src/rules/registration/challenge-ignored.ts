import { SECOND } from '../../base/time';
import { createIntern } from '../../evidence/intern';
import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, two, wholeSeconds } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { type Sight, timedHitsOf } from '../sights';
import { addressOf, ranOn, repeatsOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const wait = 5 * SECOND;

export default rule({
  id: 'challenge-ignored',
  rows: ['D03'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G2'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const ACK = strings.find('ACK');
    const senders = createIntern();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [status, request] = [transactions.status[transaction]!, transactions.request[transaction]!];
      if (request === -1 || (status !== 401 && status !== 407)) continue;
      senders.id(messages.fromUri[request]!, transactions.method[transaction]);
    }
    if (senders.size === 0) return [];
    /** Times of requests by who sends them, method by method. */
    const later: number[][] = Array.from({ length: senders.size }, () => []);
    for (const row of links.order) {
      if (messages.status[row] !== 0 || messages.method[row] === ACK || links.repeatOf[row] !== -1) continue;
      const sender = senders.find(messages.fromUri[row]!, messages.method[row]);
      if (sender !== -1) later[sender]!.push(clock.messages[row]!);
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    const seen = new Set<string>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const status = transactions.status[transaction]!;
      const [request, final] = [transactions.request[transaction]!, transactions.final[transaction]!];
      if (request === -1 || (status !== 401 && status !== 407)) continue;
      const method = transactions.method[transaction]!;
      const time = clock.messages[final]!;
      const times = later[senders.find(messages.fromUri[request]!, method)]!;
      if (times.some((one) => one > time && one <= time + wait)) continue;
      // a peer check that is challenged was answered: the link lives
      if (strings.text(method) === 'OPTIONS' || (messages.flags[request]! & messageFlags.credentials) !== 0) continue;
      const key = `${messages.callId[request]} ${messages.cseq[request]}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const subject = addressOf(strings.text(messages.fromUri[request]!));
      const copies = repeatsOf(links, transaction, request).filter((row) => clock.messages[row]! > time);
      if (!ranOn(grounds, transaction, wait)) {
        open.set(subject, { subject, guards: ['G2'] });
        continue;
      }
      sights.push({
        subject,
        rows: [request, final, ...copies],
        also: [userOf(strings.text(messages.fromUri[request]!))],
        values: { host: strings.text(messages.source[final]!), status: String(status), method: strings.text(method) },
      });
    }
    return [...timedHitsOf(grounds, sights), ...open.values()];
  },
  title: text('{subject}: asked for credentials, sends none', '{subject} : identifiants demandés, jamais envoyés'),
  seen: text(
    '{host} answered {count} {method} with {status}; no new request followed within 5 s.',
    '{host} a répondu {status} à {count} {method} ; aucune nouvelle requête n’a suivi dans les 5 s.',
  ),
  cause: text(
    'The client has no credentials for this realm, does not take the digest method, or the challenge did not reach it.',
    'Le client n’a pas d’identifiants pour ce domaine, n’accepte pas la méthode de digest, ou le défi ne l’a pas atteint.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.newCredentials, sipSteps.md5, sipSteps.network],
  source: 'RFC 3261 §22.2',
});

export const examples: Examples = [
  { given: { ladder: two('0 >REGISTER-1', '0.1 <401-1', '30') }, expect: 'found', subjects: ['2001@pbx.example'] },
  { given: { ladder: two('0 >REGISTER-1', '0.1 <401-1', '0.3 >REGISTER-2', '0.4 <200-2', '30') }, expect: 'clear' },
  // G2: the capture stops at once
  { given: { ladder: two('0 >REGISTER-1', '0.1 <401-1') }, expect: 'not-evaluated' },
  // a trace of whole seconds measures nothing
  wholeSeconds('0 >INVITE-1', '0 <401-1', '30'),
  noCapture,
];

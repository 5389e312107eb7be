import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const enough = 4;

export default rule({
  id: 'refresh-too-fast',
  rows: ['D08'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { registrations, transactions } = links;
    const accepted = new Map<string, { row: number; time: number }[]>();
    const expiresOf = new Map<string, number>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [registration, final] = [transactions.registration[transaction]!, transactions.final[transaction]!];
      const status = transactions.status[transaction]!;
      if (registration === -1 || final === -1 || status >= 300) continue;
      const key = `${registration} ${messages.callId[final]}`;
      const own = accepted.get(key) ?? [];
      accepted.set(key, own);
      own.push({ row: final, time: clock.messages[final]! });
      expiresOf.set(key, messages.expires[final]!);
    }
    const sights: Sight[] = [];
    for (const [key, own] of accepted) {
      const expires = expiresOf.get(key)!;
      if (own.length < enough || expires <= 0) continue;
      const times = own.map(({ time }) => time).sort((a, b) => a - b);
      const mean = (times[times.length - 1]! - times[0]!) / (times.length - 1);
      if (mean >= 0.3 * expires * SECOND) continue;
      const registration = Number(key.split(' ')[0]);
      const aor = strings.text(registrations.aor[registration]!);
      sights.push({
        subject: addressOf(aor),
        rows: own.map(({ row }) => row),
        also: [userOf(aor)],
        values: { every: { duration: mean }, granted: { duration: expires * SECOND } },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: registers every {every}', '{subject} : s’enregistre toutes les {every}'),
  seen: text(
    'Granted are {granted}, refreshed is every {every} on average.',
    'La durée accordée est de {granted}, le rafraîchissement a lieu toutes les {every} en moyenne.',
  ),
  cause: text(
    'Usual behind NAT, where the refresh keeps the way open; it loads the registrar.',
    'Usuel derrière un NAT, où le rafraîchissement garde le chemin ouvert ; cela charge le registrar.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder],
  source: 'RFC 3261 §10.2.4',
});

const each = (seconds: number): string =>
  two(...[1, 2, 3, 4, 5].flatMap((n) => [`${n * seconds} >REGISTER-${n}`, `${n * seconds + 0.1} <200-${n}`]));
export const examples: Examples = [
  { given: { ladder: each(60) }, expect: 'found', subjects: ['2001@pbx.example'] },
  { given: { ladder: each(1800) }, expect: 'clear' },
  noCapture,
];

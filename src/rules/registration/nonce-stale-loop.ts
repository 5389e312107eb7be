import { text } from '../../text/text';
import { digests } from '../digest';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const enough = 3;

export default rule({
  id: 'nonce-stale-loop',
  rows: ['D01b'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['www-authenticate', 'proxy-authenticate'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const asked = [headerValues(evidence, 'www-authenticate'), headerValues(evidence, 'proxy-authenticate')] as const;
    const runs = new Map<string, number[]>();
    const worst = new Map<string, number[]>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const final = transactions.final[transaction]!;
      const request = transactions.request[transaction]!;
      if (final === -1 || request === -1) continue;
      const status = transactions.status[transaction]!;
      const isAsked = status === 401 || status === 407;
      if (!isAsked && (status >= 300 || runs.size === 0)) continue;
      const user = addressOf(strings.text(messages.fromUri[request]!));
      const key = `${user} ${messages.target[request]}`;
      if (status < 300) runs.delete(key);
      if (!isAsked) continue;
      const stale = digests(asked[status === 401 ? 0 : 1].get(final)).some(
        ({ stale: said }) => said?.toLowerCase() === 'true',
      );
      if (!stale) continue;
      const run = [...(runs.get(key) ?? []), final];
      runs.set(key, run);
      if (run.length >= enough && run.length > (worst.get(user)?.length ?? 0)) worst.set(user, run);
    }
    return hitsOf(
      grounds,
      [...worst].map(([subject, rows]): Sight => ({
        subject,
        rows,
        also: [userOf(`sip:${subject}`)],
        values: { host: strings.text(messages.source[rows[0]!]!), rounds: rows.length },
      })),
    );
  },
  title: text('{subject}: each nonce is stale at once', '{subject} : chaque nonce est aussitôt périmé'),
  seen: text(
    '{host} answered {rounds} times in a row with stale=true; the password was never judged.',
    '{host} a répondu {rounds} fois de suite avec stale=true ; le mot de passe n’a jamais été jugé.',
  ),
  cause: text(
    'Several registrars behind one address do not share their nonces, or the clock of the registrar jumps.',
    'Plusieurs registrars derrière une même adresse ne partagent pas leurs nonces, ou l’horloge du registrar saute.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Check that all requests of one client reach the same registrar (DNS, load balancer), and its clock.',
        'Vérifier que toutes les requêtes d’un client arrivent au même registrar (DNS, répartiteur), et son horloge.',
      ),
    },
    sipSteps.captureBorder,
  ],
  source: 'RFC 7616 §3.3',
});

const stale = (nonce: string): readonly string[] => [
  `WWW-Authenticate: Digest realm="mbg", nonce="${nonce}", stale=true`,
];
const rounds = (last: string): string =>
  two('0 >REGISTER-1', '0.1 <401-1', '1 >REGISTER-2', '1.1 <401-2', '2 >REGISTER-3', `2.1 <${last}`);
export const examples: Examples = [
  {
    given: {
      ladder: { drawn: rounds('401-3'), with: { '401-1': stale('a'), '401-2': stale('b'), '401-3': stale('c') } },
    },
    expect: 'found',
    subjects: ['2001@pbx.example'],
  },
  {
    given: { ladder: { drawn: rounds('200-3'), with: { '401-1': stale('a'), '401-2': stale('b') } } },
    expect: 'clear',
  },
  noCapture,
];

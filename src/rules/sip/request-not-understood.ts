import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { firstTexts, hitsOf, type Sight } from '../sights';
import { headerValues } from '../signalling';
import { sipSteps } from '../sip-steps';

const missing: Readonly<Record<number, string>> = { 405: 'allow', 415: 'accept', 420: 'unsupported', 421: 'require' };

export default rule({
  id: 'request-not-understood',
  rows: ['D30'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['allow', 'accept', 'unsupported', 'require'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const methods = new Set<string>();
    for (let row = 0; row < links.transactions.length; row++)
      methods.add(strings.text(links.transactions.method[row]!));
    const sights = [...methods]
      .filter((method) => method !== 'OPTIONS')
      .flatMap((method) =>
        // 415 to an offer is a matter of media: D40
        refusalsOf(
          grounds,
          method,
          (status) => missing[status] !== undefined && !(status === 415 && method === 'INVITE'),
          'any',
        ).map((refusal): Sight => {
          const host = strings.text(messages.source[refusal.final]!);
          const header = missing[refusal.status]!;
          return {
            subject: `${host} ${refusal.status} ${method}`,
            rows: rowsOf(grounds, refusal),
            values: {
              host,
              method,
              status: String(refusal.status),
              header,
              detail: firstTexts(headerValues(evidence, header).get(refusal.final) ?? []),
            },
          };
        }),
      );
    return hitsOf(grounds, sights);
  },
  title: text('{host} does not take {method} ({status})', '{host} n’accepte pas {method} ({status})'),
  seen: text(
    '{host} answered {status} to {count} {method}; its header {header} says: {detail}.',
    '{host} a répondu {status} à {count} {method} ; son en-tête {header} indique : {detail}.',
  ),
  cause: text(
    '405: the method is not allowed there. 415: the body has a type that it does not read. 420: an extension was required that it does not have. 421: it requires one that was not offered.',
    '405 : la méthode n’y est pas admise. 415 : le corps est d’un type qu’il ne lit pas. 420 : une extension exigée lui manque. 421 : il exige une extension qui n’a pas été proposée.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Compare Require, Supported and Content-Type of the request with what the answer names, and switch the feature off on the side that asks for it.',
        'Comparer Require, Supported et Content-Type de la requête avec ce que nomme la réponse, et désactiver la fonction du côté qui la demande.',
      ),
    },
    sipSteps.openLadder,
  ],
  source: 'RFC 3261 §8.2.2.3, RFC 3261 §21.4.13, RFC 3261 §21.4.15',
});

export const examples: Examples = [
  {
    given: {
      ladder: {
        drawn: two('0 >INVITE-1', '0.02 <420-1'),
        with: { 'INVITE-1': ['Require: 100rel'], '420-1': ['Unsupported: 100rel'] },
      },
    },
    expect: 'found',
    subjects: ['10.0.0.2 420 INVITE'],
  },
  // an OPTIONS that is not allowed proves that the peer lives
  { given: { ladder: two('0 >OPTIONS-1', '0.02 <405-1') }, expect: 'clear' },
  noCapture,
];

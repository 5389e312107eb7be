import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { firstTexts, hitsOf, type Sight } from '../sights';
import { headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** 408 on the wire was sent by somebody; a time-out inside a client leaves no trace (RFC 3261 §8.1.3.1). */
const counts = (status: number): boolean => status === 408 || (status >= 500 && status < 600 && status !== 555);

export default rule({
  id: 'server-failure',
  rows: ['D27', 'f.sip.5xx'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['retry-after', 'warning', 'reason'],
  find(grounds) {
    const { evidence } = grounds;
    const { messages, strings } = evidence;
    const said = ['retry-after', 'warning', 'reason'].map((name) => ({ name, values: headerValues(evidence, name) }));
    const sights = ['INVITE', 'REGISTER', 'SUBSCRIBE', 'REFER', 'MESSAGE'].flatMap((method) =>
      refusalsOf(grounds, method, counts, 'any').map((refusal): Sight => {
        const host = strings.text(messages.source[refusal.final]!);
        return {
          subject: `${host} ${refusal.status} ${method}`,
          rows: rowsOf(grounds, refusal),
          also: [
            userOf(strings.text(messages.toUri[refusal.final]!)),
            userOf(strings.text(messages.fromUri[refusal.final]!)),
          ],
          values: {
            host,
            method,
            status: String(refusal.status),
            reason: strings.text(messages.reason[refusal.final]!),
            detail: firstTexts(
              said.flatMap(({ name, values }) => (values.get(refusal.final) ?? []).map((value) => `${name}: ${value}`)),
            ),
          },
        };
      }),
    );
    return hitsOf(grounds, sights);
  },
  title: text('{host} answers {status} to {method}', '{host} répond {status} aux {method}'),
  seen: text(
    '{count} {method} {count|was|were} answered {status} {reason}. {detail}',
    '{count} {method} {count|a reçu|ont reçu} {status} {reason}. {detail}',
  ),
  cause: text(
    'The host, or one behind it, could not do its work: overloaded or starting (503), its next hop did not answer in time (408, 504), or a fault of its own (500).',
    'L’hôte, ou un autre derrière lui, n’a pas pu travailler : surcharge ou démarrage (503), saut suivant sans réponse à temps (408, 504), ou défaut interne (500).',
  ),
  causeIs: 'symptom',
  steps: [
    sipSteps.openLadder,
    {
      do: text(
        'Follow the request to the next hop of the host that answered: its own trace of that moment tells what it waited for.',
        'Suivre la requête vers le saut suivant de l’hôte qui a répondu : sa propre trace de ce moment dit ce qu’il attendait.',
      ),
    },
    sipSteps.captureBorder,
  ],
  source: 'RFC 3261 §21.5, RFC 3261 §21.4.9, RFC 3261 §20.33',
});

export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >INVITE-1', '0.02 <503-1'), with: { '503-1': ['Retry-After: 30'] } } },
    expect: 'found',
    subjects: ['10.0.0.2 503 INVITE'],
  },
  { given: { ladder: two('0 >REGISTER-1', '5 <408-1') }, expect: 'found' },
  // a callee that is not there is no failure of the server
  { given: { ladder: two('0 >INVITE-1', '0.02 <480-1') }, expect: 'clear' },
  noCapture,
];

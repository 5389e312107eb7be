import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { digests } from '../digest';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type CannotTell, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, ranOn, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'digest-unsupported',
  rows: ['D01c', 'f.reg.digest_alg'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G2'],
  headers: ['www-authenticate', 'proxy-authenticate', 'authorization', 'proxy-authorization'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const asked = ['www-authenticate', 'proxy-authenticate'].map((name) => headerValues(evidence, name));
    const given = ['authorization', 'proxy-authorization'].map((name) => headerValues(evidence, name));
    /** Requests with credentials by user: time and algorithm. */
    const tries = new Map<string, { time: number; algorithm: string }[]>();
    const userAt = (row: number): string => addressOf(strings.text(messages.fromUri[row]!));
    for (const values of given) {
      for (const [row, value] of values) {
        const [digest] = digests(value);
        const own = tries.get(userAt(row)) ?? [];
        tries.set(userAt(row), own);
        own.push({ time: clock.messages[row]!, algorithm: (digest?.algorithm ?? 'MD5').toUpperCase() });
      }
    }
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [request, final] = [transactions.request[transaction]!, transactions.final[transaction]!];
      const status = transactions.status[transaction]!;
      if (request === -1 || (status !== 401 && status !== 407)) continue;
      const algorithms = digests(asked[status === 401 ? 0 : 1]!.get(final)).map(({ algorithm }) =>
        (algorithm ?? 'MD5').toUpperCase(),
      );
      if (algorithms.length === 0 || algorithms.some((one) => one.startsWith('MD5'))) continue;
      const user = userAt(request);
      const time = clock.messages[final]!;
      const next = (tries.get(user) ?? []).find((one) => one.time > time && one.time <= time + 5 * SECOND);
      if (next && algorithms.includes(next.algorithm)) continue;
      if (!next && !ranOn(grounds, transaction, 5 * SECOND)) {
        open.set(user, { subject: user, guards: ['G2'] });
        continue;
      }
      sights.push({
        subject: user,
        rows: [request, final],
        also: [userOf(strings.text(messages.fromUri[request]!))],
        values: {
          host: strings.text(messages.source[final]!),
          algorithms: algorithms.join(', '),
          answer: next ? answersOther : answersNone,
        },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text(
    '{subject}: digest method {algorithms} is not answered',
    '{subject} : méthode de digest {algorithms} sans réponse',
  ),
  seen: text(
    '{host} asked {count} {count|time|times} for credentials by {algorithms} alone; {answer}.',
    '{host} a demandé {count} fois des identifiants par {algorithms} seulement ; {answer}.',
  ),
  cause: text(
    'The client takes MD5 only; the border must offer it on the set side.',
    'Le client n’accepte que MD5 ; la bordure doit le proposer côté postes.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.md5, sipSteps.captureBorder],
  source: 'RFC 8760 §2.1, RFC 8760 §2.4, FR 3.2.1',
});

const answersNone = text('no credentials followed', 'aucun identifiant n’a suivi');
const answersOther = text('the client answered with MD5', 'le client a répondu en MD5');

const challenge = (algorithm: string): readonly string[] => [
  `WWW-Authenticate: Digest realm="mbg", nonce="n", algorithm=${algorithm}`,
];
const answer = (algorithm: string): readonly string[] => [
  `Authorization: Digest username="2001", realm="mbg", nonce="n", algorithm=${algorithm}`,
];
export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <401-1', '30'), with: { '401-1': challenge('SHA-256') } } },
    expect: 'found',
    subjects: ['2001@pbx.example'],
  },
  {
    given: {
      ladder: {
        drawn: two('0 >REGISTER-1', '0.1 <401-1', '0.3 >REGISTER-2', '0.4 <200-2'),
        with: { '401-1': challenge('SHA-256'), 'REGISTER-2': answer('SHA-256') },
      },
    },
    expect: 'clear',
  },
  {
    given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <401-1'), with: { '401-1': challenge('MD5') } } },
    expect: 'clear',
  },
  // G2: it may follow
  {
    given: { ladder: { drawn: two('0 >REGISTER-1', '0.1 <401-1'), with: { '401-1': challenge('SHA-256') } } },
    expect: 'not-evaluated',
  },
  noCapture,
];

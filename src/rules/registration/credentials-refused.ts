import { MINUTE } from '../../base/time';
import type { Evidence } from '../../evidence/evidence';
import { text } from '../../text/text';
import type { Examples } from '../example';
import { rule, type Grounds, type Hit } from '../rule';
import { addressOf, headerValues, seenIn, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped } from '../users';

/** A success so soon after the refusals ends them: somebody typed the password again. */
const recovery = MINUTE;

interface Tries {
  readonly subject: string;
  readonly user: string;
  readonly host: number;
  realm: string;
  nonces: ReadonlySet<string>;
  refused: number[];
}

export default rule({
  id: 'credentials-refused',
  rows: ['D01', 'f.reg.401_loop'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['www-authenticate', 'proxy-authenticate', 'authorization', 'proxy-authorization'],
  find: (grounds) => capped(refusals(grounds)),
  title: text('{subject}: SIP credentials refused {count} times', '{subject} : identifiants SIP refusés {count} fois'),
  seen: text(
    '{host} answered {status} to {count} {count|request|requests} of {subject} that carried credentials for its current challenge (realm «{realm}»); none was accepted within a minute.',
    '{host} a répondu {status} à {count} {count|requête|requêtes} de {subject} portant des identifiants pour son défi en cours (domaine « {realm} ») ; aucune n’a été acceptée dans la minute.',
  ),
  cause: text(
    'User name or password of the client is not what the registrar holds: SIP credentials not yet or no longer in step, or a digest method that one side does not take.',
    'Le nom ou mot de passe du client n’est pas celui du registrar : identifiants SIP pas encore ou plus synchronisés, ou méthode de digest refusée par un côté.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.newCredentials, sipSteps.md5, sipSteps.listRegistrar],
  explains: [
    { row: 'D06', when: 'same-subject' },
    { row: 'f.reg.absent', when: 'same-subject' },
  ],
  source: 'RFC 3261 §22.2–22.3, RFC 7616 §3.3, FR 3.2.1, FR 4.1.4',
});

function refusals(grounds: Grounds): Hit[] {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const challenges = [
    headerValues(evidence, 'www-authenticate'),
    headerValues(evidence, 'proxy-authenticate'),
  ] as const;
  const answers = [headerValues(evidence, 'authorization'), headerValues(evidence, 'proxy-authorization')] as const;
  const REGISTER = strings.find('REGISTER');
  const known = new Map<string, Tries>();
  const done: Tries[] = [];
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const status = transactions.status[transaction]!;
    const request = transactions.request[transaction]!;
    const final = transactions.final[transaction]!;
    if (request === -1 || final === -1) continue;
    const own = transactions.method[transaction] === REGISTER ? messages.toUri[request]! : messages.fromUri[request]!;
    const host = messages.target[request]!;
    const key = `${own} ${host}`;
    const tries = known.get(key);
    if (status >= 200 && status < 300) {
      const last = tries?.refused[tries.refused.length - 1];
      if (last === undefined) continue;
      known.delete(key);
      if (clock.messages[final]! - clock.messages[last]! > recovery) done.push(tries!);
      continue;
    }
    if (status !== 401 && status !== 407) continue;
    const side = status === 401 ? 0 : 1;
    const asked = parameters(challenges[side].get(final));
    const given = parameters(answers[side].get(request));
    const current = tries ?? { ...nameOf(evidence, own), host, realm: '', nonces: new Set<string>(), refused: [] };
    known.set(key, current);
    const fresh = asked.filter(({ stale }) => stale !== 'true');
    const counts = given.some(
      ({ realm, nonce }) =>
        fresh.some((challenge) => challenge.realm === realm) &&
        nonce !== undefined &&
        (current.nonces.has(nonce) || fresh.some((challenge) => challenge.nonce === nonce)),
    );
    if (counts) current.refused.push(final);
    current.realm = asked[0]?.realm ?? current.realm;
    current.nonces = new Set(asked.map(({ nonce }) => nonce ?? ''));
  }
  const bySubject = new Map<string, Tries>();
  for (const tries of [...done, ...known.values()]) {
    if (tries.refused.length < 2) continue;
    const same = bySubject.get(tries.subject);
    // a proxy passes the refusal on: one finding, told by the hop that saw most of it
    if (!same || same.refused.length < tries.refused.length) bySubject.set(tries.subject, tries);
  }
  return [...bySubject.values()].map((tries) => ({
    subject: tries.subject,
    also: tries.user === '' ? [] : [tries.user],
    ...seenIn(grounds, tries.refused),
    count: tries.refused.length,
    values: {
      subject: tries.subject,
      host: strings.text(tries.host),
      count: tries.refused.length,
      status: String(messages.status[tries.refused[0]!]),
      realm: tries.realm,
    },
  }));
}

function nameOf({ strings }: Evidence, uri: number): { subject: string; user: string } {
  return { subject: addressOf(strings.text(uri)), user: userOf(strings.text(uri)) };
}

interface Digest {
  readonly realm?: string;
  readonly nonce?: string;
  readonly stale?: string;
}

/** `Digest realm="mbg", nonce="…", stale=true`, RFC 7616 §3.3; names in any case. */
function parameters(values: readonly string[] | undefined): readonly Digest[] {
  return (values ?? []).map((value) => {
    const found = new Map<string, string>();
    for (const [, name = '', quoted, bare] of value.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]*))/g)) {
      const key = name.toLowerCase();
      if (!found.has(key)) found.set(key, quoted ?? bare ?? '');
    }
    const [realm, nonce, stale] = ['realm', 'nonce', 'stale'].map((name) => found.get(name));
    return {
      ...(realm === undefined ? {} : { realm }),
      ...(nonce === undefined ? {} : { nonce }),
      ...(stale === undefined ? {} : { stale: stale.toLowerCase() }),
    };
  });
}

const challenge = (nonce: string, more = ''): string => `WWW-Authenticate: Digest realm="mbg", nonce="${nonce}"${more}`;
const answer = (nonce: string): string =>
  `Authorization: Digest username="2001", realm="mbg", nonce="${nonce}", uri="sip:mbg", response="0"`;
const rounds = `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.010 |<----401-1-----|
     0.100 |--REGISTER-2-->|
     0.110 |<----401-2-----|
     0.200 |--REGISTER-3-->|
     0.210 |<----401-3-----|`;

export const examples: Examples = [
  {
    given: {
      ladder: {
        drawn: rounds,
        with: {
          '401-1': [challenge('n1')],
          'REGISTER-2': [answer('n1')],
          '401-2': [challenge('n2')],
          'REGISTER-3': [answer('n2')],
          '401-3': [challenge('n3')],
        },
      },
    },
    expect: 'found',
    subjects: ['2001@pbx.example'],
  },
  // the nonce was stale each time: the credentials were never judged
  {
    given: {
      ladder: {
        drawn: rounds,
        with: {
          '401-1': [challenge('n1')],
          'REGISTER-2': [answer('n1')],
          '401-2': [challenge('n2', ', stale=true')],
          'REGISTER-3': [answer('n2')],
          '401-3': [challenge('n3', ', stale=true')],
        },
      },
    },
    expect: 'clear',
  },
  // one refusal, then the right password
  {
    given: {
      ladder: {
        drawn: rounds.replace('401-3', '200-3'),
        with: {
          '401-1': [challenge('n1')],
          'REGISTER-2': [answer('n1')],
          '401-2': [challenge('n2')],
          'REGISTER-3': [answer('n2')],
        },
      },
    },
    expect: 'clear',
  },
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

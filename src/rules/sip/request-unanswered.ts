import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { wholeSeconds } from '../drawn';
import type { Examples } from '../example';
import { rule, type CannotTell, type Grounds, type Guard, type Hit } from '../rule';
import { finer, isCoarse } from '../sights';
import { addressOf, ranOn, seenFrom, seenIn, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';
import { capped, someOf } from '../users';

/** Timers B and F, RFC 3261 §17.1.1.2, §17.1.2.2: 64·T1. */
const wait = 32 * SECOND;
/** Timer C, §16.6: a phone that rings for less is normal. */
const ringing = 180 * SECOND;

const silent = text('no response', 'sans réponse');
const rang = text('rang, nobody answered', 'a sonné, personne n’a décroché');

interface Silence {
  readonly subject: string;
  readonly also: Set<string>;
  readonly host: number;
  readonly methods: Set<string>;
  readonly rows: number[];
  count: number;
  rang: boolean;
}

export default rule({
  id: 'request-unanswered',
  rows: ['D02', 'f.reg.no_answer', 'f.sip.no_final'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  guards: ['G1', 'G2'],
  find: (grounds) => silences(grounds),
  title: text('{methods} to {subject}: {state}', '{methods} vers {subject} : {state}'),
  seen: text(
    '{host} gave no final response to {count} {count|request|requests} ({methods}) for {subject}; with repeats {copies} were sent. It was heard at other times, and the capture runs on for 32 s.',
    '{host} n’a donné de réponse finale à {count} {count|requête|requêtes} ({methods}) pour {subject} ; avec les répétitions, {copies} ont été envoyées. Il s’est fait entendre à d’autres moments, et la capture continue pendant 32 s.',
  ),
  cause: text(
    'The host is off, does not listen on this port, blocks the sender, or its answers take another way: the capture cannot tell which. Where it rang, nobody picked up.',
    'L’hôte est arrêté, n’écoute pas sur ce port, bloque l’émetteur, ou ses réponses prennent un autre chemin : la capture ne dit pas lequel. S’il a sonné, personne n’a décroché.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.network, sipSteps.allowList, sipSteps.captureBorder],
  explains: [{ row: 'D06', when: 'same-subject' }],
  source: 'RFC 3261 §17.1.1.2, RFC 3261 §17.1.2.2, EN 5.1',
});

function silences(grounds: Grounds): readonly (Hit | CannotTell)[] {
  const { evidence, clock, links } = grounds;
  const { messages, strings } = evidence;
  const { transactions } = links;
  const [REGISTER, INVITE, CANCEL] = ['REGISTER', 'INVITE', 'CANCEL'].map((name) => strings.find(name));
  const cancelled = new Set<string>();
  const attempt = (row: number): string => `${messages.callId[row]} ${messages.cseq[row]}`;
  for (let row = 0; row < messages.length; row++) if (messages.method[row] === CANCEL) cancelled.add(attempt(row));
  const found = new Map<string, Silence>();
  const open = new Map<string, CannotTell>();
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const request = transactions.request[transaction]!;
    if (transactions.final[transaction] !== -1 || request === -1) continue;
    const method = transactions.method[transaction]!;
    const rings = transactions.ringing[transaction] !== -1;
    // who rings and hangs up has no complaint about the missing 487
    if (rings && cancelled.has(attempt(request))) continue;
    const named = method === REGISTER || method === INVITE;
    const uri = strings.text(messages.toUri[request]!);
    const subject = (named ? addressOf(uri) : '') || strings.text(messages.target[request]!);
    if (isCoarse(grounds, request)) {
      open.set(`${subject} coarse`, { subject, missing: finer });
      continue;
    }
    const guards: Guard[] = [];
    if (!seenFrom(evidence, messages.target[request]!, messages.source[request]!)) guards.push('G1');
    const longEnough = rings
      ? links.coverage[messages.artifact[request]!]! >= clock.messages[request]! + ringing
      : ranOn(grounds, transaction, wait);
    if (!longEnough) guards.push('G2');
    if (guards.length > 0) {
      open.set(`${subject} ${guards.join()}`, { subject, guards });
      continue;
    }
    const known = found.get(subject) ?? {
      subject,
      also: new Set<string>(),
      host: messages.target[request]!,
      methods: new Set<string>(),
      rows: [],
      count: 0,
      rang: true,
    };
    found.set(subject, known);
    known.methods.add(strings.text(method));
    known.rows.push(...[...links.transactionMessages(transaction)].filter((row) => links.duplicateOf[row] === -1));
    known.count++;
    known.rang &&= rings;
    if (named) {
      for (const name of [userOf(uri), strings.text(messages.callId[request]!)]) if (name !== '') known.also.add(name);
    }
  }
  const hits = [...found.values()].map((silence): Hit => {
    const { subject, also, rows, methods, count } = silence;
    return {
      subject,
      also: [...also].slice(0, 50),
      ...seenIn(grounds, rows),
      count,
      ...(silence.rang ? { severity: 'note' } : {}),
      values: {
        subject,
        host: strings.text(silence.host),
        methods: someOf([...methods]),
        count,
        copies: rows.filter((row) => messages.status[row] === 0).length,
        state: silence.rang ? rang : silent,
      },
    };
  });
  return [...capped(hits), ...[...open.values()].slice(0, 50)];
}

export const examples: Examples = [
  {
    given: {
      ladder: `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.020 |<----200-1-----|
    10.000 |--REGISTER-2-->|
    10.500 |--REGISTER-2-->|
    11.500 |--REGISTER-2-->|
    60.000 |               |`,
    },
    expect: 'found',
    subjects: ['2001@pbx.example'],
  },
  // TCP: sent once, and 100 is no answer
  {
    given: {
      ladder: {
        transport: 'TCP',
        drawn: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---100-1----|\n 40.000 |  |',
      },
    },
    expect: 'found',
    subjects: ['2002@pbx.example'],
  },
  // three minutes of ringing
  {
    given: { ladder: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---180-1----|\n 181.000 |  |' },
    expect: 'found',
  },
  // answered in the end
  {
    given: {
      ladder: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.500 |--INVITE-1-->|\n 20.000 |<---486-1----|\n 90.000 |  |',
    },
    expect: 'clear',
  },
  // rang until the caller hung up
  {
    given: {
      ladder: `
           zoom          mbg
     0.000 |--INVITE-1-->|
     0.020 |<---180-1----|
     5.000 |--CANCEL-1-->|
     5.010 |<-200:CANCEL-1-|
   300.000 |             |`,
    },
    expect: 'clear',
  },
  // G1: nothing was ever heard from the other side
  { given: { ladder: '\n  zoom  mbg\n 0.000 |--REGISTER-1-->|\n 60.000 |  |' }, expect: 'not-evaluated' },
  // G2: the capture ends too early
  {
    given: { ladder: '\n  zoom  mbg\n 0.000 |--INVITE-1-->|\n 0.010 |<---100-1----|\n 20.000 |  |' },
    expect: 'not-evaluated',
  },
  // a trace of whole seconds measures nothing
  wholeSeconds('0 >OPTIONS-1', '0 <200-1', '10 >INVITE-2', '60'),
  { given: { report: ['anna@example.org | Anna'] }, expect: 'not-evaluated' },
];

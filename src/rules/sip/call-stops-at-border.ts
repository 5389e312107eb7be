import { SECOND } from '../../base/time';
import { registrationOutcomes } from '../../evidence/links';
import { messageFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { noCapture, three } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { borderAddresses, digitsOf, numberIndex, userIndex } from '../listings';
import { pushesOf } from '../pushes';
import { type CannotTell, type Grounds, type Guard, rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** A border passes an INVITE on within milliseconds; more is a lookup, a queue, a slow link. */
const wait = 4 * SECOND;
/** Two captures of both sides may disagree by a little. */
const early = SECOND / 2;

export default rule({
  id: 'call-stops-at-border',
  rows: ['f.sip.leg_missing'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  guards: ['G1', 'G2'],
  find(grounds) {
    const borders = borderAddresses(grounds);
    if (borders.size === 0) return [{ subject: '', missing: ['hosts'] }];
    const { taken, passed } = invites(grounds, borders);
    if (taken.length === 0) return [];
    const { evidence, clock, links } = grounds;
    const { messages, strings } = evidence;
    const numbers = numberIndex(passed.map((row) => [row, userOf(strings.text(messages.requestUri[row]!))] as const));
    const isAwaited = mobiles(grounds);
    const sights: Sight[] = [];
    const open = new Map<string, CannotTell>();
    for (const { row, transaction } of taken) {
      const time = clock.messages[row]!;
      const called = [messages.requestUri[row]!, messages.toUri[row]!].map((uri) => userOf(strings.text(uri)));
      const isNear = (other: number): boolean => {
        const later = clock.messages[other]! - time;
        // not back to whom it came from
        return later >= -early && later <= wait && messages.target[other] !== messages.source[row];
      };
      const own = passed.some((other) => links.callOf[other] === links.callOf[row] && isNear(other));
      if (own || called.some((user) => user !== '' && numbers.find(user).rows.some(isNear))) continue;
      const status = links.transactions.status[transaction]!;
      if (answersItself(status) || isAwaited(called, time)) continue;
      const subject = addressOf(strings.text(messages.toUri[row]!));
      const guards: Guard[] = [];
      // nothing of the other side is in this capture: it says nothing about what the border sent there
      if (!passed.some((other) => messages.target[other] !== messages.source[row])) guards.push('G1');
      if (status === 0 && links.coverage[messages.artifact[row]!]! < time + wait) guards.push('G2');
      if (guards.length > 0) {
        open.set(`${subject} ${guards.join()}`, { subject, guards });
        continue;
      }
      sights.push({
        subject,
        rows: [row, ...[links.transactions.final[transaction]!].filter((final) => final !== -1)],
        also: called,
        values: {
          border: strings.text(messages.target[row]!),
          source: strings.text(messages.source[row]!),
          state: status === 0 ? unanswered : text(`it was answered with ${status}`, `il a reçu ${status} en réponse`),
        },
      });
    }
    return [...hitsOf(grounds, sights), ...open.values()];
  },
  title: text('The call to {subject} stops at the border element', 'L’appel vers {subject} s’arrête à la bordure'),
  seen: text(
    '{count} INVITE for {subject} reached {border} from {source}, and no INVITE for this user left it within 4 s; {state}. Other calls are seen on both sides.',
    '{count} INVITE pour {subject} ont atteint {border} depuis {source}, et aucun INVITE pour cet utilisateur n’en est sorti en 4 s ; {state}. D’autres appels sont vus des deux côtés.',
  ),
  cause: text(
    'The border does not know where to send this call, does not allow it, or waits for something: a route, a registration, a licence, a push.',
    'La bordure ne sait pas où envoyer cet appel, ne le permet pas, ou attend quelque chose : une route, un enregistrement, une licence, un push.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Take the log of the MBG or SBC at this time: it says what it did with the INVITE.',
        'Prendre le journal du MBG ou du SBC à cette heure : il dit ce qu’il a fait de l’INVITE.',
      ),
    },
    sipSteps.listSubscribers,
    sipSteps.pushLog,
  ],
  explains: [{ row: 'D02', when: 'same-subject' }],
  source: 'EN 5.2.1.3b, EN 6.4.1',
});

const unanswered = text('it got no final answer', 'il n’a pas reçu de réponse finale');

/** A challenge or redirect is no end; 408, 480: the border says itself that the user is away (push rules decide). */
const answersItself = (status: number): boolean =>
  (status >= 200 && status < 400) || [401, 407, 408, 480, 482, 483, 487, 491].includes(status);

/** Initial INVITEs, each once: those that a border takes, and those that it sends. */
function invites({ evidence, links }: Grounds, borders: ReadonlySet<string>) {
  const { messages, strings } = evidence;
  const { transactions } = links;
  const INVITE = strings.find('INVITE');
  const ids = new Set([...borders].map((address) => strings.find(address)));
  const taken: { readonly row: number; readonly transaction: number }[] = [];
  const passed: number[] = [];
  for (let transaction = 0; transaction < transactions.length; transaction++) {
    const row = transactions.request[transaction]!;
    if (transactions.method[transaction] !== INVITE || row === -1 || messages.toTag[row] !== 0) continue;
    const [from, to] = [ids.has(messages.source[row]!), ids.has(messages.target[row]!)];
    if (from && !to) passed.push(row);
    else if (to && !from) taken.push({ row, transaction });
  }
  return { taken, passed };
}

/** Is a called user one whose mobile must be woken first: a push was seen, or the phone is a mobile and not registered? */
function mobiles(grounds: Grounds): (called: readonly string[], time: number) => boolean {
  const { evidence, links } = grounds;
  const { messages, users, strings } = evidence;
  const { registrations } = links;
  const registered = new Set<string>();
  for (let row = 0; row < registrations.length; row++) {
    if (registrations.outcome[row] !== registrationOutcomes.indexOf('registered')) continue;
    registered.add(digitsOf(userOf(strings.text(registrations.aor[row]!))));
  }
  const pushes = pushesOf(grounds).filter(({ time }) => Number.isFinite(time));
  const REGISTER = strings.find('REGISTER');
  const pushed = new Set<string>();
  for (let row = 0; row < messages.length; row++) {
    if (messages.method[row] !== REGISTER || (messages.flags[row]! & messageFlags.push) === 0) continue;
    pushed.add(digitsOf(userOf(strings.text(messages.toUri[row]!))));
  }
  const index = userIndex(evidence);
  return (called, time) =>
    pushes.some((push) => push.time >= time - 2 * SECOND && push.time <= time + 10 * SECOND) ||
    called.some(
      (user) =>
        user !== '' &&
        !registered.has(digitsOf(user)) &&
        (pushed.has(digitsOf(user)) || index.find(user).rows.some((row) => users.zmSipPhoneMobileId[row] !== 0)),
    );
}

const calls = (end: string, ...second: readonly string[]): DrawnCapture => ({
  drawn: three(
    '0 >INVITE-1',
    '0.01 >>INVITE-1',
    '0.1 <<486-1',
    '0.11 <486-1',
    '10 >INVITE-1b',
    '10.01 <100-1b',
    ...second,
    end,
  ),
  users: { b: ['2001', '2009'] },
});
const hosts = { hosts: [{ address: '10.0.0.2', role: 'border' as const }] };

export const examples: Examples = [
  { given: { ladder: calls('60'), facts: hosts }, expect: 'found', subjects: ['2009@pbx.example'] },
  { given: { ladder: calls('60', '10.5 <404-1b'), facts: hosts }, expect: 'found' },
  // passed on, late but in time
  { given: { ladder: calls('60', '13 >>INVITE-1b', '13.1 <<486-1b', '13.2 <486-1b'), facts: hosts }, expect: 'clear' },
  // the border says itself that the user is away; a mobile that must be woken first
  { given: { ladder: calls('60', '11 <480-1b'), facts: hosts }, expect: 'clear' },
  {
    given: {
      ladder: calls('60'),
      facts: hosts,
      report: ['a@b.c | A | zmSipPhoneMobileNumber=2009'],
    },
    expect: 'clear',
  },
  // G1: only one side of the border was captured
  {
    given: { ladder: { drawn: three('0 >INVITE-1', '0.01 <100-1', '60') }, facts: hosts },
    expect: 'not-evaluated',
  },
  // G2: the capture ends
  { given: { ladder: calls('11'), facts: hosts }, expect: 'not-evaluated' },
  // who is the border?
  { given: { ladder: three('0 >INVITE-1', '60') }, expect: 'not-evaluated' },
  noCapture,
];

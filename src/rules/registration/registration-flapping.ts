import { MINUTE } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const window = 10 * MINUTE;
const enough = 3;

export default rule({
  id: 'registration-flapping',
  rows: ['D07', 'f.reg.flap'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links, clock } = grounds;
    const { messages, strings } = evidence;
    const REGISTER = strings.find('REGISTER');
    interface Change {
      readonly row: number;
      readonly time: number;
    }
    const removed = new Map<string, Change[]>();
    const moved = new Map<string, Change[]>();
    const contacts = new Map<string, number>();
    for (const row of links.order) {
      if (messages.method[row] !== REGISTER || messages.status[row] !== 0) continue;
      if (links.repeatOf[row] !== -1 || links.duplicateOf[row] !== -1) continue;
      // one client is an AOR and its device: two devices of one user do not flap
      const key = `${messages.toUri[row]} ${messages.agent[row]} ${messages.target[row]} ${messages.callId[row]}`;
      const change = { row, time: clock.messages[row]! };
      const put = (map: Map<string, Change[]>): void => {
        const own = map.get(key);
        if (own) own.push(change);
        else map.set(key, [change]);
      };
      if (messages.expires[row] === 0) put(removed);
      else if (messages.contact[row] !== 0) {
        const before = contacts.get(key);
        if (before !== undefined && before !== messages.contact[row]) put(moved);
        contacts.set(key, messages.contact[row]!);
      }
    }
    const sights: Sight[] = [];
    for (const [map, what] of [
      [removed, off],
      [moved, elsewhere],
    ] as const) {
      for (const changes of map.values()) {
        const start = changes.findIndex(({ time }, n) => (changes[n + enough - 1]?.time ?? Infinity) - time <= window);
        if (start < 0) continue;
        const aor = strings.text(messages.toUri[changes[start]!.row]!);
        sights.push({
          subject: addressOf(aor),
          rows: changes.slice(start).map(({ row }) => row),
          also: [userOf(aor)],
          values: { changes: changes.length, what },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: registration is unstable', '{subject} : enregistrement instable'),
  seen: text(
    'Within ten minutes {subject} {what}; {changes} times in all.',
    'En dix minutes, {subject} {what} ; {changes} fois au total.',
  ),
  cause: text(
    'The client loses and regains its network or changes its address: NAT with a brief timeout, a handover between networks, or an app that the phone puts to sleep.',
    'Le client perd et retrouve son réseau ou change d’adresse : NAT à durée brève, passage d’un réseau à l’autre, ou application mise en veille par le téléphone.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.firewall, sipSteps.openLadder],
  source: 'RFC 3261 §10.2, RFC 5626 §4.2',
});

const off = text('signed off three times or more', 's’est désenregistré au moins trois fois');
const elsewhere = text(
  'came from another Contact three times or more',
  'est venu d’un autre Contact au moins trois fois',
);

const cycles = (every: number): string =>
  two(
    ...[0, 1, 2].flatMap((n) => [
      `${n * every} >REGISTER-${n * 2 + 1}`,
      `${n * every + 0.1} <200-${n * 2 + 1}`,
      `${n * every + 2} >REGISTER-${n * 2 + 2}`,
      `${n * every + 2.1} <200-${n * 2 + 2}`,
    ]),
  );
const signOff = Object.fromEntries([2, 4, 6].map((n) => [`REGISTER-${n}`, ['Expires: 0']]));
export const examples: Examples = [
  { given: { ladder: { drawn: cycles(30), with: signOff } }, expect: 'found', subjects: ['2001@pbx.example'] },
  // three times in a morning is a user who comes and goes
  { given: { ladder: { drawn: cycles(3600), with: signOff } }, expect: 'clear' },
  noCapture,
];

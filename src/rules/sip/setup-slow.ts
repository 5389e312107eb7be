import { SECOND } from '../../base/time';
import { text } from '../../text/text';
import { noCapture, two, wholeSeconds } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { type Sight, timedHitsOf } from '../sights';
import { addressOf, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** Session request delay, RFC 6076 §4.3.1: INVITE to the first sign of ringing. */
const slow = 3 * SECOND;
const grave = 8 * SECOND;
/** A pushed mobile registers anew before it rings. */
const wake = 15 * SECOND;

export default rule({
  id: 'setup-slow',
  rows: ['D33'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, clock, links } = grounds;
    const { messages, strings } = evidence;
    const { calls } = links;
    const REGISTER = strings.find('REGISTER');
    const registered = new Map<string, number[]>();
    for (const row of links.order) {
      if (messages.method[row] !== REGISTER || messages.status[row] !== 0) continue;
      const user = userOf(strings.text(messages.toUri[row]!));
      const times = registered.get(user);
      if (times) times.push(clock.messages[row]!);
      else registered.set(user, [clock.messages[row]!]);
    }
    const sights: Sight[] = [];
    for (let call = 0; call < calls.length; call++) {
      const start = calls.start[call]!;
      const delay = calls.ring[call]! - start;
      if (!(delay > slow)) continue;
      const called = strings.text(calls.to[call]!);
      const woken = (registered.get(userOf(called)) ?? []).some(
        (time) => time > start && time < start + Math.min(wake, delay),
      );
      const rows = [...links.callMessages(call)];
      const ring = rows.find(
        (row) =>
          messages.status[row]! > 100 && messages.status[row]! < 200 && clock.messages[row]! >= calls.ring[call]!,
      );
      sights.push({
        subject: addressOf(called),
        rows: [rows[0]!, ...(ring === undefined ? [] : [ring])],
        also: [userOf(called)],
        severity: woken ? 'note' : delay > grave ? 'error' : 'warning',
        values: { delay: { duration: delay }, why: woken ? pushed : unknown },
      });
    }
    return timedHitsOf(grounds, sights);
  },
  title: text('{subject}: {delay} until it rings', '{subject} : {delay} avant de sonner'),
  seen: text(
    '{count} {count|call|calls} to {subject} rang later than 3 s after the INVITE; the first after {delay}: {why}.',
    '{count} {count|appel|appels} vers {subject} ont sonné plus de 3 s après l’INVITE ; le premier après {delay} : {why}.',
  ),
  cause: text(
    'Somebody on the way waits: a look-up, a hunt group, a first route that fails, or a phone that must be woken.',
    'Quelqu’un attend en chemin : une résolution, un groupement, une première route en échec, ou un téléphone à réveiller.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'In the ladder, see between which two messages the time passes, and ask the host that stands there.',
        'Dans le diagramme, voir entre quels deux messages le temps passe, et interroger l’hôte qui s’y trouve.',
      ),
    },
    sipSteps.pushLog,
  ],
  source: 'RFC 6076 §4.3',
});

const pushed = text(
  'the phone registered anew in between, as one that was woken by push does',
  'le téléphone s’est réenregistré entre-temps, comme après un réveil par push',
);
const unknown = text('no registration explains it', 'aucun enregistrement ne l’explique');

export const examples: Examples = [
  {
    given: { ladder: two('0 >INVITE-1', '0.1 <100-1', '5 <180-1', '9 <200-1') },
    expect: 'found',
    subjects: ['2002@pbx.example'],
  },
  // rings at once, answered late
  { given: { ladder: two('0 >INVITE-1', '0.1 <100-1', '0.4 <180-1', '20 <200-1') }, expect: 'clear' },
  // a trace of whole seconds measures nothing
  wholeSeconds('0 >INVITE-1', '5 <180-1', '9 <200-1', '9 >ACK-1'),
  noCapture,
];

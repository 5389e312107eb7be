import { text, type Text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { type Refusal, refusalsOf, rowsOf } from '../refusals';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

const closed = /^\s*terminated\b/i;
/** Endings that the subscriber or a normal timer brings about. */
const usual = /reason\s*=\s*"?(?:timeout|noresource|deactivated)\b/i;

export default rule({
  id: 'subscription-failed',
  rows: ['D51'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  headers: ['event', 'subscription-state'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const [events, states] = [headerValues(evidence, 'event'), headerValues(evidence, 'subscription-state')];
    const eventOf = (row: number): string => (events.get(row)?.[0] ?? '').split(';')[0]!.trim();
    const sights: Sight[] = [];
    const put = (refusal: Refusal, why: Text): void => {
      const event = eventOf(refusal.request === -1 ? refusal.final : refusal.request);
      const user = strings.text(messages.fromUri[refusal.final]!);
      sights.push({
        subject: `${addressOf(strings.text(messages.toUri[refusal.final]!))} ${event}`.trim(),
        rows: rowsOf(grounds, refusal),
        also: [userOf(user)],
        values: { event, status: String(refusal.status), host: strings.text(messages.source[refusal.final]!), why },
      });
    };
    for (const refusal of refusalsOf(
      grounds,
      'SUBSCRIBE',
      (status) => status === 489 || status === 481 || status === 403 || status === 404,
      'any',
    ))
      put(refusal, refused);
    for (const refusal of refusalsOf(grounds, 'NOTIFY', (status) => status === 481, 'any')) put(refusal, unknown);
    for (const [row, values] of states) {
      if (links.duplicateOf[row] !== -1 || links.repeatOf[row] !== -1 || eventOf(row) === 'refer') continue;
      const value = values[0] ?? '';
      if (!closed.test(value) || usual.test(value) || !/reason/i.test(value)) continue;
      sights.push({
        subject: `${addressOf(strings.text(messages.toUri[row]!))} ${eventOf(row)}`.trim(),
        rows: [row],
        values: {
          event: eventOf(row),
          status: value.slice(0, 100),
          host: strings.text(messages.source[row]!),
          why: over,
        },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: subscription fails', '{subject} : échec d’abonnement'),
  seen: text(
    '{host}, event «{event}»: {why} ({status}). {count} {count|time|times}.',
    '{host}, événement « {event} » : {why} ({status}). {count} fois.',
  ),
  cause: text(
    'The notifier does not offer this event to this user, or one side has forgotten the subscription.',
    'Le notificateur n’offre pas cet événement à cet utilisateur, ou un côté a oublié l’abonnement.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.openLadder],
  source: 'RFC 6665 §4.1, RFC 6665 §4.2, RFC 6665 §8.3.2',
});

const refused = text('the SUBSCRIBE was refused', 'le SUBSCRIBE a été refusé');
const unknown = text('the NOTIFY found no subscription', 'le NOTIFY n’a trouvé aucun abonnement');
const over = text('the notifier ended it', 'le notificateur y a mis fin');
const event = {
  'SUBSCRIBE-1': ['Event: message-summary'],
  'NOTIFY-5': ['Event: message-summary', 'Subscription-State: terminated;reason=rejected'],
};
export const examples: Examples = [
  {
    given: { ladder: { drawn: two('0 >SUBSCRIBE-1', '0.1 <489-1'), with: event } },
    expect: 'found',
    subjects: ['2002@pbx.example message-summary'],
  },
  {
    given: { ladder: { drawn: two('0 >SUBSCRIBE-1', '0.1 <200-1', '9 <NOTIFY-5', '9.1 >200-5'), with: event } },
    expect: 'found',
  },
  { given: { ladder: { drawn: two('0 >SUBSCRIBE-1', '0.1 <200-1'), with: event } }, expect: 'clear' },
  noCapture,
];

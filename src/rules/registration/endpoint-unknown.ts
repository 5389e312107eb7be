import { text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { addressOf, headerValues, userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

/** What OpenScape Voice writes into Warning 399 where it does not know who asks. */
const unknown = /originating endpoint is not configured or registered|check provisioning of\s+([+\w.-]{1,40})/i;

export default rule({
  id: 'endpoint-unknown',
  rows: ['f.reg.osv_warning'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  pbx: ['osv'],
  headers: ['warning'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const sights: Sight[] = [];
    for (const [row, warnings] of headerValues(evidence, 'warning')) {
      const status = messages.status[row]!;
      if ((status !== 400 && status !== 403) || links.duplicateOf[row] !== -1) continue;
      const said = warnings.find((value) => /^\s*399\b/.test(value) && unknown.test(value));
      if (said === undefined) continue;
      // From of the request: who asks, of whom the warning speaks
      const uri = strings.text(messages.fromUri[row]!);
      const number = /check provisioning of\s+([+\w.-]{1,40})/i.exec(said)?.[1]?.replace(/[.-]+$/, '') ?? userOf(uri);
      sights.push({
        subject: addressOf(uri),
        rows: [row],
        also: [number, userOf(uri)],
        values: {
          host: strings.text(messages.source[row]!),
          number,
          status: String(status),
          method: strings.text(messages.method[row]!),
          warning: said.replace(/^\s*399\s+\S+\s+/, '').slice(0, 200),
        },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('OpenScape Voice does not know the endpoint {number}', 'Endpoint {number} inconnu d’OpenScape Voice'),
  seen: text(
    '{host} answered {count} {method} of {subject} with {status}: {warning}',
    '{host} a répondu {status} à {count} {method} de {subject} : {warning}',
  ),
  cause: text(
    'The number is not provisioned as a subscriber or endpoint in OpenScape Voice, or is not registered there when it calls.',
    'Le numéro n’est pas créé comme abonné ou endpoint dans OpenScape Voice, ou n’y est pas enregistré au moment de l’appel.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.checkNumber, sipSteps.listSubscribers],
  explains: [
    { row: 'D04', when: 'same-subject' },
    { row: 'D29', when: 'same-subject' },
    { row: 'D30', when: 'same-subject' },
  ],
  source: 'RFC 3261 §20.43',
});

const warned = (status: string, warning: string) => ({
  drawn: two('0 >INVITE-1', `0.1 <${status}-1`),
  with: { [`${status}-1`]: [`Warning: 399 10.0.0.2 "${warning}"`] },
});
const said = 'Originating Endpoint is not configured or registered on system. Check provisioning of 2001, or register';
export const examples: Examples = [
  { given: { ladder: warned('403', said) }, expect: 'found', subjects: ['2001@pbx.example'] },
  // another warning, another status
  { given: { ladder: warned('403', 'Call barred') }, expect: 'clear' },
  { given: { ladder: warned('486', said) }, expect: 'clear' },
  noCapture,
];

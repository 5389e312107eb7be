import { text } from '../../text/text';
import { hostOf } from '../addresses';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { headerValues, repeatsOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'ack-misrouted',
  rows: ['D22'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  headers: ['record-route', 'route'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const INVITE = strings.find('INVITE');
    const [recorded, routed] = [headerValues(evidence, 'record-route'), headerValues(evidence, 'route')];
    const sights: Sight[] = [];
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const status = transactions.status[transaction]!;
      const [final, ack] = [transactions.final[transaction]!, transactions.ack[transaction]!];
      if (transactions.method[transaction] !== INVITE || status < 200 || status >= 300 || ack === -1) continue;
      const copies = repeatsOf(links, transaction, final).filter(
        (row) => grounds.clock.messages[row]! > grounds.clock.messages[ack]!,
      );
      if (copies.length < 2) continue;
      const contact = strings.text(messages.contact[final]!);
      const uri = strings.text(messages.requestUri[ack]!);
      const otherUri = contact !== '' && hostOf(contact) !== hostOf(uri);
      const otherHost = messages.target[ack] !== messages.source[final];
      const lostRoute = (recorded.get(final)?.length ?? 0) > 0 && (routed.get(ack)?.length ?? 0) === 0;
      const why = otherUri ? causes.uri : lostRoute ? causes.route : otherHost ? causes.host : causes.unknown;
      sights.push({
        subject: wayOf(grounds, ack),
        rows: [final, ack, ...copies],
        values: { copies: copies.length, contact, uri, why },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{subject}: the ACK goes astray', '{subject} : l’ACK s’égare'),
  seen: text(
    'For {count} {count|call|calls} an ACK was sent to {uri} and the 2xx (Contact {contact}) was still repeated {copies} times: {why}.',
    'Pour {count} {count|appel|appels}, un ACK a été envoyé à {uri} et le 2xx (Contact {contact}) a encore été répété {copies} fois : {why}.',
  ),
  cause: text(
    'The ACK does not come to who waits for it; the call drops about 32 s after the answer.',
    'L’ACK n’arrive pas à celui qui l’attend ; l’appel tombe environ 32 s après la réponse.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Compare Request-URI and Route of the ACK with Contact and Record-Route of the 2xx; look for a NAT or SIP ALG that rewrites one of them.',
        'Comparer Request-URI et Route de l’ACK avec Contact et Record-Route du 2xx ; chercher un NAT ou SIP ALG qui réécrit l’un d’eux.',
      ),
    },
    sipSteps.firewall,
  ],
  source: 'RFC 3261 §12.1.2, RFC 3261 §12.2.1.1, RFC 3261 §13.2.2.4',
});

const causes = {
  uri: text('its Request-URI is not the Contact of the 2xx', 'son Request-URI n’est pas le Contact du 2xx'),
  route: text(
    'it carries no Route though the 2xx has Record-Route',
    'il ne porte pas de Route alors que le 2xx a Record-Route',
  ),
  host: text(
    'it went to another host than the one that answered',
    'il est parti vers un autre hôte que celui qui a répondu',
  ),
  unknown: text('it was lost behind this point', 'il s’est perdu après ce point'),
} as const;

const answered = ['0 >INVITE-1', '0.5 <200-1', '0.6 >ACK-1', '1 <200-1', '2 <200-1', '4 <200-1'];
export const examples: Examples = [
  {
    given: { ladder: { drawn: two(...answered), with: { '200-1': ['Contact: <sip:2002@192.0.2.99>'] } } },
    expect: 'found',
    subjects: ['10.0.0.1 → 10.0.0.2'],
  },
  // one copy crossed the ACK
  { given: { ladder: two('0 >INVITE-1', '0.5 <200-1', '0.6 >ACK-1', '1 <200-1') }, expect: 'clear' },
  noCapture,
];

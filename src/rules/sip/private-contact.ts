import { createIntern } from '../../evidence/intern';
import { text } from '../../text/text';
import { hostsOf } from '../addresses';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'private-contact',
  rows: ['T11'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const REGISTER = strings.find('REGISTER');
    const hosts = hostsOf(strings);
    const unanswered = createIntern();
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const request = transactions.request[transaction]!;
      if (request === -1 || transactions.final[transaction] !== -1 || messages.toTag[request] === 0) continue;
      unanswered.id(messages.callId[request]!, hosts.of(messages.requestUri[request]!));
    }
    const sights: Sight[] = [];
    const known = createIntern();
    for (const row of links.order) {
      if (messages.contact[row] === 0 || links.duplicateOf[row] !== -1 || messages.method[row] === REGISTER) continue;
      if (hosts.reachOf(messages.target[row]!) !== 'public') continue;
      const host = hosts.of(messages.contact[row]!);
      if (hosts.reach(host) !== 'private') continue;
      const dead = unanswered.find(messages.callId[row]!, host) !== -1;
      const before = known.size;
      if (known.id(messages.source[row]!, host, dead ? 1 : 0) < before) continue;
      const contact = hosts.name(host);
      const source = strings.text(messages.source[row]!);
      const target = strings.text(messages.target[row]!);
      sights.push({
        subject: `${source} (${contact})`,
        rows: [row],
        severity: dead ? 'error' : 'note',
        values: { source, contact, target, why: dead ? lost : seems },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('{source} gives a private Contact to the public side', '{source} donne un Contact privé côté public'),
  seen: text(
    '{source} wrote Contact {contact} towards {target}: {why}.',
    '{source} a écrit Contact {contact} vers {target} : {why}.',
  ),
  cause: text(
    'The address cannot be reached from the public network. A client behind NAT does so and is reached through the border; where it is the border’s own, later requests of the call are lost.',
    'Cette adresse n’est pas joignable depuis le réseau public. Un client derrière NAT fait ainsi et est joint par la bordure ; si c’est celle de la bordure, les requêtes suivantes de l’appel se perdent.',
  ),
  causeIs: 'symptom',
  steps: [
    {
      do: text(
        'Check the address that the border announces on its public side.',
        'Vérifier l’adresse que la bordure annonce côté public.',
      ),
    },
    sipSteps.firewall,
  ],
  source: 'RFC 3261 §12.1.1, RFC 3261 §8.1.1.8',
});

const lost = text('a later request to it got no answer', 'une requête ultérieure vers elle est restée sans réponse');
const seems = text('no request to it was lost here', 'aucune requête vers elle ne s’est perdue ici');
const call = (host: string): DrawnCapture => ({
  drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'),
  hosts: { zoom: '203.0.113.9', mbg: '198.51.100.1' },
  with: { '200-1': [`Contact: <sip:2002@${host}>`] },
});
export const examples: Examples = [
  { given: { ladder: call('192.168.7.2') }, expect: 'found', subjects: ['198.51.100.1 (192.168.7.2)'] },
  { given: { ladder: call('198.51.100.1') }, expect: 'clear' },
  noCapture,
];

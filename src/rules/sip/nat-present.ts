import { createIntern } from '../../evidence/intern';
import { text } from '../../text/text';
import { hostsOf } from '../addresses';
import { noCapture, two } from '../drawn';
import type { Examples } from '../example';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { userOf } from '../signalling';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'nat-present',
  rows: ['T09'],
  severity: 'note',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  find(grounds) {
    const { evidence, links } = grounds;
    const { messages, strings } = evidence;
    const { transactions } = links;
    const sights: Sight[] = [];
    const hosts = hostsOf(strings);
    const known = new Set<string>();
    /** What says the same again costs no string. */
    const looked = createIntern(transactions.length >> 2);
    for (let transaction = 0; transaction < transactions.length; transaction++) {
      const [request, final] = [transactions.request[transaction]!, transactions.final[transaction]!];
      if (request === -1) continue;
      const before = looked.size;
      const told = final === -1 ? 0 : messages.received[final]!;
      if (looked.id(messages.sentBy[request]!, messages.source[request], told) < before) continue;
      const own = hosts.of(messages.sentBy[request]!);
      if (hosts.reach(own) !== 'private') continue;
      const host = hosts.name(own);
      const source = strings.text(messages.source[request]!);
      const received = strings.text(told);
      const behind = host !== source && hosts.reachOf(messages.source[request]!) !== 'private';
      const rewritten = received !== '' && received !== host;
      if (!behind && !rewritten) continue;
      const seen = received || source;
      const subject = `${host} ⇢ ${seen}`;
      // one request tells it; a phone sends thousands
      if (known.has(subject)) continue;
      known.add(subject);
      sights.push({
        subject,
        rows: final === -1 ? [request] : [request, final],
        also: [userOf(strings.text(messages.fromUri[request]!))],
        values: { host, seen },
      });
    }
    return hitsOf(grounds, sights);
  },
  title: text('NAT between {host} and its peer', 'NAT entre {host} et son pair'),
  seen: text('Requests of {host} arrive from {seen}.', 'Les requêtes de {host} arrivent depuis {seen}.'),
  cause: text(
    'An address translation stands between the client and the border. That is normal for clients at home; the border must then answer to where requests come from and learn where media come from.',
    'Une traduction d’adresses se trouve entre le client et la bordure. C’est normal pour des clients à domicile ; la bordure doit alors répondre là d’où viennent les requêtes et apprendre d’où viennent les médias.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.firewall],
  source: 'RFC 3261 §18.2.1, RFC 3581 §4',
});

export const examples: Examples = [
  {
    given: {
      ladder: {
        drawn: two('0 >REGISTER-1', '0.1 <200-1'),
        hosts: { zoom: '203.0.113.9', mbg: '198.51.100.1' },
        with: {
          'REGISTER-1': ['Via: SIP/2.0/UDP 192.168.1.20:5060;branch=z9hG4bK-n;rport'],
          '200-1': ['Via: SIP/2.0/UDP 192.168.1.20:5060;branch=z9hG4bK-n;rport=5060;received=203.0.113.9'],
        },
      },
    },
    expect: 'found',
    subjects: ['192.168.1.20 ⇢ 203.0.113.9'],
  },
  { given: { ladder: two('0 >REGISTER-1', '0.1 <200-1') }, expect: 'clear' },
  noCapture,
];

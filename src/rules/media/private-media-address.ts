import { mediaFlags } from '../../evidence/schema';
import { text } from '../../text/text';
import { hostsOf } from '../addresses';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { exchangesOf, mediaChains, talksOf, type Talk } from '../exchanges';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'private-media-address',
  rows: ['M03', 'f.sip.private_sdp'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find(grounds) {
    const { evidence } = grounds;
    const { media, messages, strings } = evidence;
    const hosts = hostsOf(strings);
    const { first } = mediaChains(evidence);
    let talks: ReadonlyMap<number, Talk> | undefined;
    const sights: Sight[] = [];
    for (const { offer, answer, leg, side, request } of exchangesOf(grounds)) {
      for (const message of [offer, answer]) {
        if (message === -1) continue;
        const row = first[message]!;
        if (row === -1 || media.port[row] === 0) continue;
        // what the border says of itself; a client behind NAT writes its own address and is latched on
        if (hosts.reachOf(messages.target[message]!) !== 'public') continue;
        if (hosts.reachOf(messages.source[message]!) !== 'public') continue;
        if (hosts.reachOf(media.address[row]!) !== 'private') continue;
        if ((media.flags[row]! & mediaFlags.candidates) !== 0) continue;
        const speaker = (message === offer) === (offer === request) ? side : 1 - side;
        talks ??= new Map(talksOf(grounds).map((talk) => [talk.leg, talk]));
        const talk = talks.get(leg);
        const came = talk !== undefined && talk.towards[speaker]!.length > 0;
        if (came) continue;
        const address = strings.text(media.address[row]!);
        const [source, target] = [strings.text(messages.source[message]!), strings.text(messages.target[message]!)];
        sights.push({
          subject: `${source} (${address})`,
          rows: [message],
          severity: talk && talk.towards[1 - speaker]!.length > 0 ? 'error' : 'warning',
          values: { source, address, target },
        });
      }
    }
    return hitsOf(grounds, sights);
  },
  title: text(
    '{source} announces the private media address {address}',
    '{source} annonce l’adresse de média privée {address}',
  ),
  seen: text(
    'In {count} {count|description|descriptions} towards {target}, {source} asks for media at {address}; none came there.',
    'Dans {count} {count|description|descriptions} vers {target}, {source} demande le média à {address} ; rien n’y est arrivé.',
  ),
  cause: text(
    'The public side cannot send to a private address. The border must announce its public one.',
    'Le côté public ne peut émettre vers une adresse privée. La bordure doit annoncer son adresse publique.',
  ),
  causeIs: 'cause',
  steps: [
    {
      do: text(
        'Check the Internet-visible address in the settings of the border.',
        'Vérifier l’adresse visible d’Internet dans les réglages de la bordure.',
      ),
    },
    sipSteps.firewall,
  ],
  source: 'RFC 3264 §5.1, RFC 8866 §5.7',
});

const call = (address: string): DrawnCapture => ({
  drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'),
  hosts: { zoom: '203.0.113.9', mbg: '198.51.100.1' },
  with: {
    'INVITE-1': ['m=audio 40000 RTP/AVP 8'],
    '200-1': ['v=0', `o=- 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0', 'm=audio 41000 RTP/AVP 8'],
  },
});
export const examples: Examples = [
  { given: { ladder: call('10.4.4.4') }, expect: 'found', subjects: ['198.51.100.1 (10.4.4.4)'] },
  { given: { ladder: call('198.51.100.1') }, expect: 'clear' },
  // it was latched on: media came
  {
    given: {
      ladder: { ...call('10.4.4.4'), media: [{ from: 'zoom:40000', to: 'mbg:41000', start: 0.3, end: 3, ptime: 100 }] },
    },
    expect: 'clear',
  },
  noCapture,
];

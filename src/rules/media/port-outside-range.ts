import { text } from '../../text/text';
import { isPublic } from '../addresses';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { exchangesOf, mediaOf } from '../exchanges';
import { borderAddresses } from '../listings';
import { rule } from '../rule';
import { hitsOf, type Sight } from '../sights';
import { sipSteps } from '../sip-steps';

export default rule({
  id: 'port-outside-range',
  rows: ['f.rtp.port_outside'],
  severity: 'error',
  basis: 'diagnosis',
  confidence: 'certain',
  needs: ['signalling'],
  facts: ['rtpRanges'],
  find(grounds) {
    const { evidence, facts } = grounds;
    const { media, messages, strings } = evidence;
    const ranges = (facts.rtpRanges?.value ?? []).flatMap((range) => rangeOf(range));
    if (ranges.length === 0) return [{ subject: '', missing: ['rtpRanges'] }];
    const borders = borderAddresses(grounds);
    if (borders.size === 0) return [{ subject: '', missing: ['hosts'] }];
    const rowsOf = mediaOf(evidence);
    // ports count where both sides have described themselves, and where the border says that it listens
    const said = exchangesOf(grounds)
      .filter(({ offer, answer }) => offer !== -1 && answer !== -1)
      .flatMap(({ offer, answer }) => [offer, answer])
      .filter((message) => borders.has(strings.text(messages.source[message]!)));
    // the firewall stands before the public side; in a network without one, all of it counts
    const outward = said.filter((message) => isPublic(strings.text(messages.target[message]!)));
    const sights = (outward.length > 0 ? outward : said).flatMap((message): Sight[] => {
      const row = rowsOf(message).find((one) => isOutside(ranges, media.port[one]!));
      if (row === undefined) return [];
      const source = strings.text(messages.source[message]!);
      return [
        {
          subject: source,
          rows: [message],
          values: {
            source,
            port: String(media.port[row]),
            ranges: { list: ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)) },
          },
        },
      ];
    });
    return hitsOf(grounds, sights);
  },
  title: text('{source} takes media at ports that are not open', '{source} reçoit le média sur des ports non ouverts'),
  seen: text(
    '{count} {count|description|descriptions} of {source} ask for media at a port such as {port}, outside {ranges}.',
    '{count} {count|description|descriptions} de {source} demandent le média sur un port tel que {port}, hors de {ranges}.',
  ),
  cause: text(
    'The RTP range of the border is wider than what the firewall in front of it forwards: calls that get such a port have one-way audio or none. An MBG may use more than one range.',
    'La plage RTP de la bordure est plus large que ce que transmet le pare-feu devant elle : les appels qui reçoivent un tel port ont un audio à sens unique, ou aucun. Un MBG peut utiliser plusieurs plages.',
  ),
  causeIs: 'cause',
  steps: [sipSteps.rtpRange],
  explains: [
    { row: 'M01', when: 'same-hosts' },
    { row: 'M02', when: 'same-hosts' },
  ],
  source: 'RFC 3264 §5.1',
});

type Range = readonly [from: number, to: number];

function rangeOf(range: string): readonly Range[] {
  const [, from = '', to = from] = /^\s*(\d{1,5})(?:\s*[-–:]\s*(\d{1,5}))?\s*$/.exec(range) ?? [];
  return from === '' ? [] : [[Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))]];
}

/** Port 0 declines a medium, 9 stands for none yet (RFC 8840 §4.1.1). */
const isOutside = (ranges: readonly Range[], port: number): boolean =>
  port !== 0 && port !== 9 && !ranges.some(([from, to]) => port >= from && port <= to);

const call = (port: number, agent = 'Mitel Border GW/4.11.0.163-01'): DrawnCapture => ({
  drawn: two('0 >INVITE-1', '0.1 <200-1', '0.2 >ACK-1'),
  hosts: { zoom: '203.0.113.9', mbg: '198.51.100.1' },
  with: { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'], '200-1': [`Server: ${agent}`, `m=audio ${port} RTP/AVP 8`] },
});
const facts = { rtpRanges: ['20000-31000'] };
export const examples: Examples = [
  // the second range of a real MBG was not forwarded
  { given: { ladder: call(32000), facts }, expect: 'found', subjects: ['198.51.100.1'] },
  { given: { ladder: call(31000), facts }, expect: 'clear' },
  { given: { ladder: call(32000), facts: { rtpRanges: ['20000-31000', '32000-33500'] } }, expect: 'clear' },
  // the client's port is none of the border's
  { given: { ladder: call(20000), facts }, expect: 'clear' },
  // who is the border?
  { given: { ladder: call(32000, 'PBX'), facts }, expect: 'not-evaluated' },
  { given: { ladder: call(32000) }, expect: 'not-evaluated' },
  noCapture,
];

import { SECOND } from '../../base/time';
import { createIntern } from '../../evidence/intern';
import { messageFlags, transports } from '../../evidence/schema';
import { text, type Text } from '../../text/text';
import { noCapture, two } from '../drawn';
import type { DrawnCapture, Examples } from '../example';
import { mediaOf } from '../exchanges';
import { type Grounds, rule } from '../rule';
import { hitsOf, type Sight, wayOf } from '../sights';
import { sipSteps } from '../sip-steps';

/** Two capture points see one message so far apart, their clocks included. */
const together = 2 * SECOND;
/** Sightings of one message that are compared. */
const mostSightings = 8;

export default rule({
  id: 'message-rewritten',
  rows: ['T12'],
  severity: 'warning',
  basis: 'diagnosis',
  confidence: 'likely',
  needs: ['signalling'],
  find: (grounds) => hitsOf(grounds, [...rewritten(grounds), ...misfit(grounds)]),
  title: text('{subject}: something on the way rewrites SIP', '{subject} : un élément du chemin réécrit le SIP'),
  seen: text(
    '{count} {count|message|messages} changed between two capture points, or with a length that does not fit: {what}.',
    '{count} {count|message modifié|messages modifiés} entre deux points de capture, ou d’une longueur qui ne convient pas : {what}.',
  ),
  cause: text(
    'A SIP ALG of a router or firewall writes its own addresses into messages that it should only forward. What it breaks depends on the call.',
    'Un SIP ALG d’un routeur ou pare-feu écrit ses propres adresses dans des messages qu’il devrait seulement transmettre. Ce qu’il casse dépend de l’appel.',
  ),
  causeIs: 'symptom',
  steps: [sipSteps.firewall, sipSteps.network],
  source: 'RFC 3261 §18.3, RFC 3261 §20.14',
});

const names = {
  via: text('Via {before} became {after}', 'Via {before} est devenu {after}'),
  contact: text('Contact {before} became {after}', 'Contact {before} est devenu {after}'),
  media: text('the media address {before} became {after}', 'l’adresse de média {before} est devenue {after}'),
} as const satisfies Record<string, Text>;
const tooLong = text(
  'Content-Length says more than the datagram holds',
  'Content-Length annonce plus que ce que contient le datagramme',
);

/**
 * One message by all that no forwarder may touch, seen at two places in two forms. A proxy adds a Via and so another
 * branch, a B2BUA another Call-ID: whoever keeps both forwards, and may change nothing.
 */
function rewritten(grounds: Grounds): Sight[] {
  const { evidence, clock } = grounds;
  const { messages, strings } = evidence;
  const media = mediaOf(evidence);
  const sights: Sight[] = [];
  const suspects = inTwoForms(grounds);
  const keys = createIntern();
  const firstOf: number[] = [];
  const seen = new Map<number, number[]>();
  for (const row of suspects) {
    const before = keys.size;
    const { branch, callId, method, status, cseq } = messages;
    const key = keys.id(branch[row]!, callId[row], method[row], status[row], cseq[row]);
    if (key === before) {
      firstOf[key] = row;
      continue;
    }
    const first = firstOf[key]!;
    if (messages.digest[first] === messages.digest[row]) continue;
    const own = seen.get(key) ?? [first];
    seen.set(key, own);
    if (own.length < mostSightings) own.push(row);
    for (const other of own) {
      if (other === row || !isSame(other, row)) continue;
      if (Math.abs(clock.messages[row]! - clock.messages[other]!) > together) continue;
      // one sender to one receiver in one capture: two different messages
      const samePlace =
        messages.artifact[other] === messages.artifact[row] &&
        messages.source[other] === messages.source[row] &&
        messages.target[other] === messages.target[row];
      if (samePlace) continue;
      const change = changed(other, row);
      if (change === undefined) continue;
      sights.push({ subject: wayOf(grounds, other), rows: [other, row], values: { what: change } });
      break;
    }
  }
  return sights;

  function isSame(one: number, other: number): boolean {
    const { digest, fromTag, toTag, maxForwards, agent } = messages;
    return (
      digest[one] !== digest[other] &&
      fromTag[one] === fromTag[other] &&
      toTag[one] === toTag[other] &&
      maxForwards[one] === maxForwards[other] &&
      agent[one] === agent[other]
    );
  }

  function changed(before: number, after: number): Text | undefined {
    const said = (of: Text, a: number, b: number): Text => ({
      en: fill(of.en, strings.text(a), strings.text(b)),
      fr: fill(of.fr, strings.text(a), strings.text(b)),
    });
    const column = (one: Uint32Array, of: Text): Text | undefined =>
      one[before] !== one[after] && one[before] !== 0 && one[after] !== 0
        ? said(of, one[before]!, one[after]!)
        : undefined;
    const [first, second] = [media(before), media(after)];
    const at = first.findIndex((row, n) => {
      const other = second[n];
      return other !== undefined && evidence.media.address[row] !== evidence.media.address[other];
    });
    return (
      column(messages.sentBy, names.via) ??
      column(messages.contact, names.contact) ??
      (at < 0 || first.length !== second.length
        ? undefined
        : said(names.media, evidence.media.address[first[at]!]!, evidence.media.address[second[at]!]!))
    );
  }
}

/**
 * Messages that may share a key with one of other bytes, in order. A table of one digest a slot tells most of those that
 * do not, so that hardly any key is made.
 */
function inTwoForms({ evidence: { messages }, links }: Grounds): readonly number[] {
  const { branch, callId, method, status, cseq, digest, flags } = messages;
  let size = 1024;
  while (size < messages.length * 2) size *= 2;
  const digests = new Uint32Array(size);
  // 0 = none, 1 = one digest, 2 = several
  const kinds = new Uint8Array(size);
  const slotOf = (row: number): number => {
    let hash = Math.imul(branch[row]!, 0x9e3779b1) ^ Math.imul(callId[row]!, 0x85ebca6b);
    hash =
      Math.imul(hash ^ (hash >>> 15) ^ status[row]!, 0xc2b2ae35) ^ Math.imul(method[row]!, 0x27d4eb2f) ^ cseq[row]!;
    return (hash ^ (hash >>> 15)) & (size - 1);
  };
  const barred = messageFlags.cut | messageFlags.inferred;
  const counts = (row: number): boolean =>
    links.duplicateOf[row] === -1 && branch[row] !== 0 && (flags[row]! & barred) === 0;
  for (let row = 0; row < messages.length; row++) {
    if (!counts(row)) continue;
    const slot = slotOf(row);
    if (kinds[slot] === 0) {
      kinds[slot] = 1;
      digests[slot] = digest[row]!;
    } else if (digests[slot] !== digest[row]) kinds[slot] = 2;
  }
  const rows: number[] = [];
  for (const row of links.order) if (counts(row) && kinds[slotOf(row)] === 2) rows.push(row);
  return rows;
}

const fill = (template: string, before: string, after: string): string =>
  template.replace('{before}', () => before.slice(0, 80)).replace('{after}', () => after.slice(0, 80));

/** Whole datagrams that end before their Content-Length does: somebody changed the body and not its length. */
function misfit(grounds: Grounds): Sight[] {
  const { messages, packets } = grounds.evidence;
  const sights: Sight[] = [];
  const cut = new Map<number, number>();
  for (let row = 0; row < messages.length; row++) {
    if ((messages.flags[row]! & messageFlags.cut) === 0 || transports[messages.transport[row]!] !== 'UDP') continue;
    cut.set(messages.artifact[row]! * 2 ** 32 + messages.packet[row]!, row);
  }
  if (cut.size === 0) return sights;
  for (let packet = 0; packet < packets.length; packet++) {
    const row = cut.get(packets.artifact[packet]! * 2 ** 32 + packets.number[packet]!);
    if (row === undefined || packets.cut[packet] !== 0) continue;
    sights.push({ subject: wayOf(grounds, row), rows: [row], values: { what: tooLong } });
  }
  return sights;
}

const lan: DrawnCapture = {
  path: 'lan.pcap',
  drawn: two('0 >INVITE-1', '0.1 <486-1'),
  with: { 'INVITE-1': ['m=audio 40000 RTP/AVP 8'] },
};
const wan = (address: string, via = '10.0.0.1'): DrawnCapture => ({
  path: 'wan.pcap',
  drawn: two('0.004 >INVITE-1'),
  hosts: { zoom: '203.0.113.9' },
  with: {
    'INVITE-1': [
      `Via: SIP/2.0/UDP ${via}:5060;branch=z9hG4bK-INVITE-1-zoom-mbg`,
      'Contact: <sip:2001@10.0.0.1:5060>',
      'v=0',
      'o=- 20001 1 IN IP4 10.0.0.1',
      's=-',
      `c=IN IP4 ${address}`,
      't=0 0',
      'm=audio 40000 RTP/AVP 8',
    ],
  },
});
/** A datagram whose body has four bytes. */
const short = (length: number): DrawnCapture => ({
  drawn: two('0 >INVITE-1', '0.1 <486-1'),
  media: [
    {
      from: 'zoom:5060',
      to: 'mbg:5060',
      start: 1,
      end: 2,
      ptime: 1000,
      payload: new TextEncoder().encode(
        `INFO sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKi\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:b@b>;tag=2\r\nCall-ID: i\r\nCSeq: 1 INFO\r\nContent-Length: ${length}\r\n\r\nabcd`,
      ),
    },
  ],
});
export const examples: Examples = [
  // the address in SDP was changed, Via and all else is as it was
  { given: { ladder: [lan, wan('203.0.113.9')] }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: [lan, wan('10.0.0.1', '203.0.113.9')] }, expect: 'found' },
  // the body is shorter than it says
  { given: { ladder: short(40) }, expect: 'found', subjects: ['10.0.0.1 → 10.0.0.2'] },
  { given: { ladder: short(4) }, expect: 'clear' },
  // NAT that leaves the text alone
  { given: { ladder: [lan, wan('10.0.0.1')] }, expect: 'clear' },
  // a proxy has a branch of its own
  {
    given: { ladder: '\n zoom proxy mbg\n 0 |--INVITE-1-->|  |\n 0.01 |  |--INVITE-1-->|\n 0.1 |  |<--486-1--|' },
    expect: 'clear',
  },
  noCapture,
];

/**
 * Answer of the MiVB maintenance command `sip registrar all` (EN 5.2.1.1), pasted or saved. Its columns are not known
 * (domain.md 2.5): `decode/listing.ts` tells them by their look, and a person confirms them once.
 *
 *   sip registrar all
 *   DN     Contact                        Expires  User Agent
 *   4001   sip:4001@10.0.0.5:5061         1800     Zoom/6.6.0
 *   Total: 1
 */
import { readListing } from '../decode/listing';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample } from './kind';
import { sampleLines } from './text/sample';
import { listingRows } from './text/listing-rows';
import { speaksOfSubscribers } from './sbc-subscribers';

const command = /(?:^|[\s>#$])sip registrar (?:all|ua|hotdesk|dect|onsecondary)\b/im;
const heading = /registered (?:sip )?(?:devices|phones|sets)|sip registrar\b/i;

export default artifactKind({
  id: 'registrar-listing',
  name: text('MiVB list of registered phones', 'Liste MiVB des téléphones enregistrés'),
  provides: ['art.mivb.registrar'],
  sniff(head, path) {
    const sample = sampleLines(head, path);
    // a log tells of registrations with a time at each line
    if (!sample || sample.timed > 3 || speaksOfSubscribers(sample.text)) return notThis;
    const start = sample.text.slice(0, 4000);
    const told = command.test(start) || heading.test(start);
    const listing = readListing(sample.text.split(/\r?\n/, 400));
    if (!listing) return notThis;
    const { entries, parts } = listing;
    // an entry has where it is, or what it is, besides a number
    const whole = entries.filter(({ contact, agent }) => contact !== '' || agent !== '').length;
    const columns = parts.filter(({ column }) => column !== '').length;
    if (whole === 0 || whole * 2 < entries.length) return notThis;
    if (!told && (sample.timed > 0 || entries.length * 2 < sample.lines)) return notThis;
    if (!told && (listing.form === 'blocks' || columns < 3 || entries.length < 2)) return notThis;
    if (!told && !entries.some(({ contact }) => /sips?:|\d{1,3}(?:\.\d{1,3}){3}/i.test(contact))) return notThis;
    return {
      certainty: told ? 2 : 1,
      reason: told
        ? text('a list of registered phones: {count} of them', 'une liste de téléphones enregistrés : {count}')
        : text('{count} lines with a number and a SIP address', '{count} lignes avec un numéro et une adresse SIP'),
      values: { count: entries.length },
    };
  },
  open: listingRows,
});

export const examples: readonly KindExample[] = [
  {
    name: 'registrar.txt',
    bytes: [
      '> sip registrar all',
      '2026-11-12 10:05:00',
      'DN     Contact                        Expires  User Agent',
      '-----  -----------------------------  -------  ----------',
      '4001   sip:4001@10.0.0.5:5061         1800     Zoom/6.6.0',
      '4002   sip:4002@10.0.0.5:5061         12       Zoom/6.6.0',
      'Total: 2',
      '',
    ].join('\n'),
  },
  {
    name: 'without headings',
    bytes: [
      'sip registrar all',
      '4001 <sip:4001@10.0.0.5:5061;transport=tls> 1800 "Zoom 6.6.0"',
      '     expires in 1800',
      '4002 <sip:4002@10.0.0.6:5061;transport=tls> 900 "Mitel-6920-SIP/6.4.0.140"',
      '2 devices registered',
      '',
    ].join('\r\n'),
  },
];

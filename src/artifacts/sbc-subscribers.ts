/**
 * Registered subscribers of an OpenScape SBC (EN 6.4.5, *Confirm the client is registered*): Show beside Registered
 * subscribers on its dashboard, copied as text or CSV. Its columns are not known; read as `registrar-listing.ts` is.
 *
 *   Subscriber;Status;Contact
 *   4001@voice.example;Registered;10.0.0.5:5061
 */
import { readListing } from '../decode/listing';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample } from './kind';
import { sampleLines } from './text/sample';
import { listingRows } from './text/listing-rows';

/** Someone else's listing may hold a column `subscriber` too; the word stands in front here. */
export const speaksOfSubscribers = (sample: string): boolean =>
  /registered subscribers|abonn[eé]s enregistr[eé]s/i.test(sample.slice(0, 4000)) ||
  /^\W{0,3}(?:sip )?(?:subscriber|abonn[eé])(?: ?(?:id|name|number|uri|aor))?"?\s{0,20}(?:[,;|:\t]|\s{2})/im.test(
    sample.slice(0, 2000),
  );

export default artifactKind({
  id: 'sbc-subscribers',
  name: text('SBC list of registered subscribers', 'Liste SBC des abonnés enregistrés'),
  provides: ['art.sbc.subs'],
  sniff(head, path) {
    const sample = sampleLines(head, path);
    if (!sample || sample.timed > 3 || !speaksOfSubscribers(sample.text)) return notThis;
    const listing = readListing(sample.text.split(/\r?\n/, 400));
    if (!listing) return notThis;
    return {
      certainty: 2,
      reason: text('a list of registered subscribers: {count}', 'une liste d’abonnés enregistrés : {count}'),
      values: { count: listing.entries.length },
    };
  },
  open: listingRows,
});

export const examples: readonly KindExample[] = [
  {
    name: 'subscribers.csv',
    bytes:
      'Subscriber;Status;Contact\r\n4001@voice.example;Registered;10.0.0.5:5061\r\n4002@voice.example;Registered;\r\n',
  },
  {
    name: 'copied from the page',
    bytes: [
      'Registered subscribers: 2',
      '',
      'Subscriber : sip:4001@voice.example',
      'Contact : sip:4001@192.0.2.7:5061;transport=tls',
      'Status : Registered',
      'Expires : 3600',
      '',
      'Subscriber : sip:4002@voice.example',
      'Contact : sip:4002@192.0.2.8:5061;transport=tls',
      'Status : Registered',
      'Expires : 1200',
      '',
    ].join('\n'),
  },
];

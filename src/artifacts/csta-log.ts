/**
 * CSTA messages as XML (ECMA-323, application sessions ECMA-354), alone or in a log around them (EN 5.2.2.4, 5.2.3.3):
 * one record a message, or a log record with the message in it. Prefixes vary, so local names count (domain.md 2.8).
 *
 *   2026-11-12 08:00:01,120 INFO sent 0001
 *   <?xml version="1.0"?><ns3:MonitorStart xmlns:ns3="http://www.ecma-international.org/standards/ecma-323/csta/ed4">…
 */
import { textOfHead } from '../decode/encoding';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample } from './kind';
import { logRows } from './text/log-rows';

const namespace =
  /(?:ecma-international\.org|ecma\.ch)\/standards\/(?:ecma-323\/csta|ecma-354\/appl_session)|www\.siemens\.com\/schema\/csta/;
/** Events and commands that follow one monitor share its reference. */
const reference = /<(?:\w{1,20}:)?monitorCrossRefID>\s{0,8}([\w.:-]{1,64})\s{0,8}</;

export default artifactKind({
  id: 'csta-log',
  name: text('CSTA log', 'Journal CSTA'),
  provides: [],
  sniff(head) {
    const content = textOfHead(head);
    if (content === undefined || !namespace.test(content)) return notThis;
    // a SIP trace carries CSTA in bodies of its messages and is read as SIP
    if (/^SIP\/2\.0 \d{3} |^[A-Z]{3,12} sips?:\S{1,255} SIP\/2\.0\s*$/m.test(content)) return notThis;
    return { certainty: 2, reason: text('XML in the namespace of CSTA', 'XML dans l’espace de noms CSTA') };
  },
  open: (sink) => logRows(sink, { correlation: reference }),
});

const ed4 = 'xmlns="http://www.ecma-international.org/standards/ecma-323/csta/ed4"';

export const examples: readonly KindExample[] = [
  {
    name: 'csta.log',
    bytes: [
      '2026-11-12 08:00:01,120 INFO received 9999',
      `<?xml version="1.0"?><DeliveredEvent ${ed4}>`,
      '<monitorCrossRefID>m-17</monitorCrossRefID></DeliveredEvent>',
      '2026-11-12 08:00:02,400 INFO sent 0002',
      `<MonitorStop ${ed4}><monitorCrossRefID>m-17</monitorCrossRefID></MonitorStop>`,
      '',
    ].join('\n'),
  },
  {
    name: 'message.xml',
    bytes: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<ns3:SystemStatus ${ed4.replace('xmlns', 'xmlns:ns3')}/>`,
      '',
    ].join('\n'),
  },
];

/** `D0 CF 11 E0 A1 B1 1A E1`: Outlook messages, old Office files, and encrypted ones. Recognised and named, not read. */
import { notThis } from '../../artifacts/kind';
import { text } from '../../text/text';
import { bySignature, hasBytes } from '../sniffing';
import { container } from './container';

const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export default container({
  id: 'ole',
  name: text('Outlook message or old Office file', 'Message Outlook ou ancien fichier Office'),
  sniff: (head) => (hasBytes(head, signature) ? bySignature('OLE') : notThis),
  // eslint-disable-next-line require-yield
  async *members(_input, report) {
    report.problem('office-file', 0);
  },
});

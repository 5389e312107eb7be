/** RAR: `Rar!`, 1A 07. Recognised and named, not read. */
import { same } from '../../text/text';
import { ascii, byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: 'rar',
  name: same('RAR'),
  sniff: (head, path) => (hasBytes(head, ascii('Rar!\x1a\x07')) ? bySignature('RAR') : byName('RAR', /\.rar$/i, path)),
  members: namedOnly('RAR'),
});

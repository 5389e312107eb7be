/** lzip: `LZIP`, version. Recognised and named, not read. */
import { same } from '../../text/text';
import { ascii, byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: 'lzip',
  name: same('lzip'),
  sniff: (head, path) => (hasBytes(head, ascii('LZIP')) ? bySignature('lzip') : byName('lzip', /\.(lz|tlz)$/i, path)),
  members: namedOnly('lzip'),
});

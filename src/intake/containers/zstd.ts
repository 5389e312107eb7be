/** Zstandard, RFC 8878: `28 B5 2F FD`. Recognised and named, not read. */
import { same } from '../../text/text';
import { byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: 'zstd',
  name: same('Zstandard'),
  sniff: (head, path) =>
    hasBytes(head, [0x28, 0xb5, 0x2f, 0xfd]) ? bySignature('Zstandard') : byName('Zstandard', /\.(zst|tzst)$/i, path),
  members: namedOnly('Zstandard'),
});

/** 7z: `37 7A BC AF 27 1C`. Recognised and named, not read. */
import { same } from '../../text/text';
import { byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: '7z',
  name: same('7z'),
  sniff: (head, path) =>
    hasBytes(head, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) ? bySignature('7z') : byName('7z', /\.7z$/i, path),
  members: namedOnly('7z'),
});

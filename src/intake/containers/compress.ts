/** compress: `1F 9D`. Recognised and named, not read. */
import { same } from '../../text/text';
import { byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: 'compress',
  name: same('compress (.Z)'),
  sniff: (head, path) =>
    hasBytes(head, [0x1f, 0x9d]) ? bySignature('compress (.Z)') : byName('compress (.Z)', /\.(Z|taz)$/, path),
  members: namedOnly('compress (.Z)'),
});

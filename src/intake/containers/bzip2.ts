/** bzip2: `BZh`, block size 1–9, then a block or the end of an empty stream. Recognised and named, not read. */
import { same } from '../../text/text';
import { ascii, byName, bySignature, hasBytes } from '../sniffing';
import { namedOnly } from '../named-only';
import { container } from './container';

export default container({
  id: 'bzip2',
  name: same('bzip2'),
  sniff: (head, path) =>
    hasBytes(head, ascii('BZh')) &&
    (hasBytes(head, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4) || hasBytes(head, [0x17, 0x72, 0x45, 0x38, 0x50, 0x90], 4))
      ? bySignature('bzip2')
      : byName('bzip2', /\.(bz2?|tbz2?)$/i, path),
  members: namedOnly('bzip2'),
});

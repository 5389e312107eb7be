/**
 * LZMA alone (.lzma): no signature, but properties < 225, a dictionary size of 2ⁿ or 2ⁿ + 2ⁿ⁻¹, and a size below 256 GiB
 * or all ones where it is unknown (as `file` and liblzma tell it). Recognised and named, not read.
 */
import { same } from '../../text/text';
import { namedOnly } from '../named-only';
import { byContent, byName } from '../sniffing';
import { container } from './container';

export default container({
  id: 'lzma',
  name: same('LZMA'),
  sniff: (head, path) => (looksLikeLzma(head) ? byContent('LZMA') : byName('LZMA', /\.lzma$/i, path)),
  members: namedOnly('LZMA'),
});

function looksLikeLzma(head: Uint8Array): boolean {
  // 0x5D is what every writer uses by default; other properties are told by the name alone
  if (head.length < 14 || head[0] !== 0x5d) return false;
  const view = new DataView(head.buffer, head.byteOffset, 13);
  const dictionary = view.getUint32(1, true);
  const sized =
    view.getUint32(9, true) < 64 || (view.getUint32(5, true) === 0xffffffff && view.getUint32(9, true) === 0xffffffff);
  // the first byte of the range coder is always 0
  return sized && head[13] === 0 && isRoundSize(dictionary);
}

function isRoundSize(size: number): boolean {
  for (let n = 12; n < 32; n++) if (size === 2 ** n || size === 2 ** n + 2 ** (n - 1)) return true;
  return size === 0xffffffff;
}

/** In which encoding a text file was written, looked at once. */
import { detectEncoding, headForEncoding, type Encoding } from '../decode/encoding';
import type { Evidence } from '../evidence/evidence';
import { per } from './per';
import type { Read } from './scan';

const known = per((_: Evidence) => new Map<number, Promise<Encoding>>());

export function encodingOf(evidence: Evidence, artifact: number, read: Read): Promise<Encoding> {
  const found = known(evidence).get(artifact);
  if (found) return found;
  const looked = read(artifact, 0, headForEncoding).then((head) => detectEncoding(head).encoding);
  known(evidence).set(artifact, looked);
  looked.catch(() => known(evidence).delete(artifact));
  return looked;
}

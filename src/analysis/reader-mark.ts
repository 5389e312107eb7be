import { crc32 } from '../base/crc32';
import type { Wants } from '../evidence/evidence';
import { references, schemas } from '../evidence/schema';

/** To be raised where readers give other rows from the same bytes, and neither tables nor rules' patterns show it. */
const readerVersion = 1;

/**
 * Names what a stored source was read into: the tables, and what rules asked to be kept. A source whose mark is another
 * one is read again from its original.
 */
export function readerMark({ headers, patterns }: Wants): string {
  const wanted = patterns.map(({ id, regex }) => [id, regex.source, regex.flags]);
  const all = JSON.stringify([readerVersion, schemas, references, headers, wanted]);
  return crc32(new TextEncoder().encode(all)).toString(16).padStart(8, '0');
}

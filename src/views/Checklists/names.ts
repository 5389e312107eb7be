/** Names of what a step or a check waits for: a piece of evidence, or a fact. */
import type { FactId } from '../../facts/facts';
import { factDefinition } from '../../facts/list';
import { provenanceRow } from '../../provenance/table';
import type { Ids } from '../../state/selection.svelte';
import { same, type Text } from '../../text/text';

export interface Wanted {
  readonly id: string;
  readonly name: Text;
  /** Ids of the address, in the view of findings, where it is got or said. */
  readonly ids: Ids;
  readonly kind: 'piece' | 'fact';
}

export function wantedOf(id: string): Wanted {
  if (id.startsWith('art.')) {
    return { id, name: provenanceRow(id)?.name ?? same(id), ids: { piece: id }, kind: 'piece' };
  }
  return { id, name: factDefinition(id as FactId)?.label ?? same(id), ids: { fact: id }, kind: 'fact' };
}

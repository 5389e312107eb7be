import type { KindName } from '../../analysis/desk';
import { t } from '../../state/preferences.svelte';
import { evidenceText } from './text';

/** A kind by its name; one that no reader has stands by its id. */
export function kindName(kind: string, kinds: readonly KindName[]): string {
  if (kind === 'unrecognised' || kind === 'folder' || kind === 'link' || kind === 'other') return t(evidenceText[kind]);
  const found = kinds.find(({ id }) => id === kind);
  return found ? t(found.name) : kind;
}

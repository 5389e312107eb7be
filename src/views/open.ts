/** From a place in the evidence to the view that shows it. */
import type { At } from '../evidence/evidence';
import { selection } from '../state/selection.svelte';
import { workspace } from '../state/workspace.svelte';

export async function openEvidence(at: At): Promise<void> {
  const place = await workspace.locate(at);
  switch (place?.view) {
    case 'calls':
      return selection.go('ladder', { call: place.call, message: place.message });
    case 'registrations':
      return selection.go('ladder', { registration: place.registration, message: place.message });
    case 'users':
      return selection.go('users', { row: place.row });
    case 'logs':
      return selection.go('logs', { row: place.row });
    case 'evidence':
      return selection.go('evidence', { artifact: place.artifact, offset: place.offset });
    case undefined:
      return selection.go('evidence', { artifact: at.artifact, offset: at.offset });
  }
}

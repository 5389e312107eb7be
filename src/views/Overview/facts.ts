/** Facts as the side pane asks for them and as «missing» lists name them. */
import type { Declared, FactId } from '../../facts/facts';
import { factDefinition, factIds } from '../../facts/list';
import { t } from '../../state/preferences.svelte';
import { workspace } from '../../state/workspace.svelte';

export const factName = (id: string): string =>
  factIds.includes(id as FactId) ? t(factDefinition(id as FactId).label) : id;

/** Declares one fact; undefined takes it back, so that evidence speaks again. */
export function declare<Id extends FactId>(id: Id, value: Declared[Id] | undefined): void {
  void workspace.declare({ [id]: value });
}

/** Zones to choose from: the ones at hand first. */
export function zoneChoices(...first: readonly (string | undefined)[]): string[] {
  const own = [...first, Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC'].filter((zone) => zone !== undefined);
  const all = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([...own.filter(Boolean), ...all])];
}

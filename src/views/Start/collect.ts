/** The list of what to collect, as rows to show. */
import type { Pbx, Trouble } from '../../facts/facts';
import { provenances, type Provenance, type System } from '../../provenance/table';
import { t } from '../../state/preferences.svelte';
import { systemNames } from '../../text/ui/facts';

export interface CollectRow {
  readonly id: string;
  readonly name: string;
  readonly system: string;
  readonly collect: string;
  readonly command?: string;
}

const systems: Readonly<Record<Pbx, readonly System[]>> = {
  mivb: ['mivb', 'mbg', 'cloudlink', 'zoom', 'any'],
  mv5000: ['mv5000', 'mbg', 'cloudlink', 'zoom', 'any'],
  os4k: ['os4k', 'ossbc', 'cloudlink', 'zoom', 'any'],
  osv: ['osv', 'ossbc', 'cloudlink', 'zoom', 'any'],
};

export function collectRow(piece: Provenance, pbx?: Pbx): CollectRow {
  const system = (pbx && systems[pbx].find((one) => piece.systems.includes(one))) ?? piece.systems[0] ?? 'any';
  return {
    id: piece.id,
    name: t(piece.name),
    system: t(systemNames[system]),
    collect: t(piece.collect),
    ...(piece.command ? { command: piece.command } : {}),
  };
}

export function collectList(pbx: Pbx, _trouble: Trouble): CollectRow[] {
  return provenances
    .filter(({ systems: of }) => of.some((system) => systems[pbx].includes(system)))
    .map((piece) => collectRow(piece, pbx));
}

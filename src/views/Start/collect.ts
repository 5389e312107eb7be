/** The list of what to collect as rows to show; loaded when a system and a trouble are chosen. */
import { systems, type Checklist, type ChecklistStep } from '../../checklists/checklist';
import { silentOn, toCollect, type Piece } from '../../checklists/collect';
import { stepOf } from '../../checklists';
import type { Pbx, Trouble } from '../../facts/facts';
import { provenanceRow } from '../../provenance/table';
import { same, type Text } from '../../text/text';
import { systemNames } from '../../text/ui/facts';
import { start } from '../../text/ui/start';

export interface CollectRow {
  readonly id: string;
  readonly name: Text;
  readonly system: Text;
  readonly note?: Text;
  readonly times: number;
  /** The guides print its steps for another system only. */
  readonly elsewhere: boolean;
  readonly steps: readonly CollectStep[];
  /** In a sentence, where no step gives it. */
  readonly how?: Text;
}
export interface CollectStep {
  readonly id: string;
  /** Empty where the row's name says it. */
  readonly ask?: Text;
  readonly path?: string;
  readonly commands: readonly string[];
  readonly warning?: Text;
}
export interface CollectList {
  readonly rows: readonly CollectRow[];
  readonly silent: boolean;
}

export function collectList(pbx: Pbx, trouble: Trouble): CollectList {
  const pieces = toCollect(pbx, trouble);
  // what to note of the incident is one row of questions, after the files
  const notes = pieces.filter(({ id }) => id.startsWith('psi.data.'));
  const rows = pieces.filter((piece) => !notes.includes(piece)).map(rowOf);
  return {
    silent: silentOn(pbx, trouble),
    rows: [
      ...rows,
      {
        id: 'psi.data',
        name: start.incidentData,
        system: same('PSI'),
        times: 1,
        elsewhere: false,
        steps: notes.flatMap(({ steps }) => steps.flatMap(stepRow)),
      },
    ],
  };
}

function rowOf({ id, steps, elsewhere, times, note }: Piece): CollectRow {
  const piece = provenanceRow(id);
  const own = stepOf(id);
  const rows = steps.flatMap(stepRow);
  return {
    id,
    name: piece?.name ?? own?.step.ask ?? same(id),
    system: piece ? systemNames[piece.systems[0] ?? 'any'] : own ? systems[own.step.system] : same(''),
    ...(note ? { note } : {}),
    times,
    elsewhere,
    steps: own ? rows.map(({ ask: _, ...rest }) => rest) : rows,
    ...(rows.length === 0 && piece ? { how: piece.collect } : {}),
  };
}

function stepRow(id: string): CollectStep[] {
  const found: { readonly list: Checklist; readonly step: ChecklistStep } | undefined = stepOf(id);
  if (!found) return [];
  const { ask, where, commands = [], warning } = found.step;
  return [
    {
      id,
      ask,
      ...(where ? { path: where.path } : {}),
      commands: commands.map(({ run }) => run),
      ...(warning ? { warning } : {}),
    },
  ];
}

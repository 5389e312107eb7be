/** The list of what to collect as rows to show, each with what is there already; loaded when system and trouble are chosen. */
import type { CaseState } from '../../analysis/desk';
import { caseForms } from '../../checklists/case-forms';
import { systems, type ChecklistStep } from '../../checklists/checklist';
import { silentOn, toCollect, type Piece } from '../../checklists/collect';
import { stepOf } from '../../checklists';
import type { Facts, Pbx, Trouble } from '../../facts/facts';
import { provenanceRow } from '../../provenance/table';
import { same, type Text } from '../../text/text';
import { systemNames } from '../../text/ui/facts';
import { start } from '../../text/ui/start';
import { standingOf } from '../Checklists/standing';

export interface CollectRow {
  readonly id: string;
  readonly name: Text;
  readonly system: Text;
  readonly note?: Text;
  readonly times: number;
  /** How many of `times` are there. */
  readonly there: number;
  /** The guides print its steps for another system only. */
  readonly elsewhere: boolean;
  readonly steps: readonly CollectStep[];
  /** In a sentence, where no step gives it. */
  readonly how?: Text;
}
export interface CollectStep {
  readonly step: ChecklistStep;
  /** False where the row's name says it. */
  readonly asks: boolean;
  readonly there: boolean;
}
export interface CollectList {
  readonly rows: readonly CollectRow[];
  readonly silent: boolean;
}

/** What is known of the case so far. */
export type Known = Pick<CaseState, 'artifacts' | 'provided' | 'facts' | 'findings' | 'notes'>;

export function collectList(pbx: Pbx, trouble: Trouble, known: Known): CollectList {
  const pieces = toCollect(pbx, trouble);
  // what to note of the incident is one row of questions, after the files
  const notes = pieces.filter(({ id }) => id.startsWith('psi.data.'));
  const rows = pieces.filter((piece) => !notes.includes(piece)).map((piece) => rowOf(piece, known));
  const questions = notes.flatMap(({ steps }) => steps.flatMap((id) => stepRow(id, known)));
  return {
    silent: silentOn(pbx, trouble),
    rows: [
      ...rows,
      {
        id: 'psi.data',
        name: start.incidentData,
        system: same('PSI'),
        times: questions.length,
        there: questions.filter(({ there }) => there).length,
        elsewhere: false,
        steps: questions,
      },
    ],
  };
}

function rowOf({ id, steps, elsewhere, times, note }: Piece, known: Known): CollectRow {
  const piece = provenanceRow(id);
  const own = stepOf(id);
  const rows = steps.flatMap((one) => stepRow(one, known));
  return {
    id,
    name: piece?.name ?? own?.step.ask ?? same(id),
    system: piece ? systemNames[piece.systems[0] ?? 'any'] : own ? systems[own.step.system] : same(''),
    ...(note ? { note } : {}),
    times,
    there: Math.min(times, own ? Number(rows[0]?.there ?? false) : countOf(id, known)),
    elsewhere,
    steps: own ? rows.map((row) => ({ ...row, asks: false })) : rows,
    ...(rows.length === 0 && piece ? { how: piece.collect } : {}),
  };
}

/** Parts of a typed piece without which it is not there. */
const typed: Readonly<Record<string, (facts: Facts) => boolean>> = {
  'art.status': ({ status }) => Boolean(status?.value.integration && status.value.oauth),
  'art.versions': ({ versions }) => Object.values(versions?.value ?? {}).some((version) => version !== ''),
};

/** Outermost files that are the piece, whatever their names: an archive and its members are one. */
function countOf(id: string, { artifacts, facts }: Known): number {
  const byHand = typed[id];
  if (byHand) return Number(byHand(facts));
  return artifacts.filter(
    ({ provides, parent, excluded }) => !excluded && provides.includes(id) && !artifacts[parent]?.provides.includes(id),
  ).length;
}

/** A step is over where a person or the evidence answered it, or its field of the case is filled in. */
function stepRow(id: string, known: Known): CollectStep[] {
  const found = stepOf(id);
  if (!found) return [];
  const { answers, fields } = known.notes;
  const { state } = standingOf(found.step, known.findings, Object.hasOwn(answers, id) ? answers[id] : undefined, known);
  const key = `${caseForms[0]!.id}.${id}`;
  const filled = Object.hasOwn(fields, key) && fields[key]!.trim() !== '';
  return [{ step: found.step, asks: true, there: filled || ['done', 'pass', 'fail', 'not-relevant'].includes(state) }];
}

/**
 * What to collect for a trouble on a phone system, each piece with the steps that give it. The matrix itself is
 * `facts/scenarios.ts`.
 */
import type { Pbx, Trouble } from '../facts/facts';
import { wantedFor, type Wanted } from '../facts/scenarios';
import type { Checklist } from './checklist';
import { checklists, stepOf } from './index';

export { silentOn } from '../facts/scenarios';

export interface Piece extends Wanted {
  readonly times: number;
  /** Row ids of the steps that give it on this system. */
  readonly steps: readonly string[];
  /** True where the guides print the steps for another system only. */
  readonly elsewhere: boolean;
}

/** The pieces in the order to get them, each once. */
export const toCollect = (pbx: Pbx, trouble: Trouble): readonly Piece[] =>
  wantedFor(pbx, trouble).map((wanted) => ({ times: 1, ...wanted, ...stepsOf(wanted.id, pbx) }));

function stepsOf(id: string, pbx: Pbx): Pick<Piece, 'steps' | 'elsewhere'> {
  if (stepOf(id)) return { steps: [id], elsewhere: false };
  const giving = (list: Checklist): string[] => {
    const steps = list.steps.filter(({ yields }) => yields?.includes(id));
    // a step that fixes something asks for the piece again; the one that collects it is what is meant
    const collecting = steps.filter(({ phase }) => phase === 'collect');
    return (collecting.length > 0 ? collecting : steps).map((step) => step.id);
  };
  const near = checklists.filter((list) => list.pbx === undefined || list.pbx.includes(pbx)).flatMap(giving);
  return near.length > 0 ? { steps: near, elsewhere: false } : { steps: checklists.flatMap(giving), elsewhere: true };
}

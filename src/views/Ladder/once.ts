/**
 * A ladder asked for once: a row that is chosen in a list is mostly opened next, so its ladder is on its way before the
 * view asks. The last few answers are kept, for this revision of the evidence only.
 */
import type { Ladder, LadderOf } from '../../analysis/desk';
import { workspace } from '../../state/workspace.svelte';

const most = 3;
let known = new Map<string, Promise<Ladder>>();
let at = -1;

export function ladderOnce(of: LadderOf, revision: number): Promise<Ladder> {
  if (revision !== at) {
    known = new Map();
    at = revision;
  }
  const key = `${of.kind} ${of.row} ${of.point ?? ''}`;
  let answer = known.get(key);
  if (!answer) {
    answer = workspace.ask((desk) => desk.ladder(of));
    answer.catch(() => known.delete(key));
  }
  known.delete(key);
  known.set(key, answer);
  if (known.size > most) known.delete(known.keys().next().value!);
  return answer;
}

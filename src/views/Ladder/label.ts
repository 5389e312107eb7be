/** What stands on an arrow. Over-long: the summary is cut first, then the reason, never the method or the code. */
import type { LadderMessage } from '../../analysis/desk';

export interface Label {
  readonly head: string;
  /** Offsets of repeats, where they find no room beside the arrow. */
  readonly aside: string;
  readonly rest: string;
}

/** Mean width of a letter at 12 px. */
const letter = 6.3;

export function labelOf(
  { method, status, reason, summary }: Pick<LadderMessage, 'method' | 'status' | 'reason' | 'summary'>,
  /** px between the two lanes. */
  room: number,
  repeats = 0,
  aside = '',
): Label {
  const all = Math.floor((Math.max(150, room) - 22) / letter);
  const core = status > 0 ? String(status) : method;
  const used = core.length + (repeats > 0 ? 4 : 0) + (aside ? aside.length + 1 : 0);
  const words = status > 0 && reason ? cut(reason, all - used - 1) : '';
  return {
    head: words ? `${core} ${words}` : core,
    aside,
    rest: shortened(summary, all - used - words.length - 2),
  };
}

/** Whole parts first; the first part alone is cut within. */
function shortened(summary: string, limit: number): string {
  const parts = summary.split(' · ');
  while (parts.length > 1 && parts.join(' · ').length > limit) parts.pop();
  return cut(parts.join(' · '), limit);
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : limit < 4 ? '' : `${text.slice(0, limit - 1).trimEnd()}…`;

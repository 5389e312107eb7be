/** Menu paths and sections of the guides, as they are shown. */
import { cited } from '../../checklists/guides';
import { checklists } from '../../checklists';
import type { ChecklistStep, Where } from '../../checklists/checklist';
import { slips, type Slip } from '../../checklists/slips';

/** A menu path begins with a capital; `root\vmail` is a folder and stays as it is. */
export const menuPath = (path: string): string => (/^[A-ZÀ-Ý]/.test(path) ? path.replaceAll('\\', ' › ') : path);

/** Our translation of a printed path, where the reader's language is not the printed one. */
export const glossFor = ({ printed, gloss }: Where, locale: string): string | undefined =>
  gloss !== undefined && printed !== locale ? menuPath(gloss) : undefined;

export interface Citation {
  readonly guide: 'EN' | 'FR';
  readonly section: string;
  readonly title?: string;
}

/** Sections cited by a step; ids of known slips are not sections. */
export const citations = (source: string): readonly Citation[] =>
  cited(source).flatMap(({ at, title }) => {
    const match = /^(EN|FR) (\S+)/.exec(at);
    if (!match) return [];
    const guide = match[1] as 'EN' | 'FR';
    return [{ guide, section: match[2]!, ...(title === undefined ? {} : { title }) }];
  });

/** Slips of the guides that a step has to do with. */
export const slipsOf = (source: string): readonly Slip[] =>
  cited(source).flatMap(({ at }) => slips.filter(({ id }) => id === at));

/** Steps of other lists that stand in the same section of the same guide: a task in detail. */
export function detailsOf(task: ChecklistStep): readonly ChecklistStep[] {
  const places = new Set(citations(task.source).map(({ guide, section }) => `${guide} ${section}`));
  return checklists
    .filter(({ form }) => form === 'phases')
    .flatMap(({ steps }) =>
      steps.filter(({ source }) => citations(source).some(({ guide, section }) => places.has(`${guide} ${section}`))),
    );
}

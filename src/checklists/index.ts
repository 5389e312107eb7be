import type { Checklist, ChecklistStep } from './checklist';

/** Every checklist, by file. */
export const checklists: readonly Checklist[] = Object.values(
  import.meta.glob<Checklist>('./platforms/*.ts', { eager: true, import: 'default' }),
);

const byId = new Map(checklists.flatMap((list) => list.steps.map((step) => [step.id, { list, step }] as const)));

/** A step and its checklist, by row id. */
export const stepOf = (id: string): { readonly list: Checklist; readonly step: ChecklistStep } | undefined =>
  byId.get(id);

/** From harvests to everything that the result prints, by the same desk that the app asks. */
import { createDesk } from '../../src/analysis/create-desk';
import type { View } from '../../src/analysis/view';
import type { Harvest } from '../../src/evidence/evidence';
import type { Declared } from '../../src/facts/facts';
import { rules, ruleWants } from '../../src/rules';
import type { Notes } from '../../src/session/notes';

export interface Derived extends View {
  readonly timing: { readonly linkMs: number; readonly rulesMs: number };
}

export interface Read {
  readonly harvest: Harvest;
  readonly original: Blob;
}

export async function derive(read: readonly Read[], declared: Declared, notes: Partial<Notes>): Promise<Derived> {
  let rulesMs = 0;
  const timed = rules.map(({ layer, rule }) => ({
    layer,
    rule: {
      ...rule,
      find: (grounds: Parameters<typeof rule.find>[0]) => {
        const start = performance.now();
        try {
          return rule.find(grounds);
        } finally {
          rulesMs += performance.now() - start;
        }
      },
    },
  }));
  const desk = createDesk({
    rules: timed,
    wants: ruleWants,
    computerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  await desk.declare(declared);
  await desk.note(notes);
  rulesMs = 0;
  const start = performance.now();
  await desk.add(
    read.map(({ harvest }) => harvest),
    read.map(({ original }) => original),
    read.map(() => []),
  );
  const view = desk.view();
  return { ...view, timing: { linkMs: performance.now() - start - rulesMs, rulesMs } };
}

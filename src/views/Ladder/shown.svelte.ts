/** What is drawn and how, kept with the history entry: check boxes of «Show», form of the times. */
import type { Ladder } from '../../analysis/desk';
import { t } from '../../state/preferences.svelte';
import { selection } from '../../state/selection.svelte';
import { workspace } from '../../state/workspace.svelte';
import { hiddenOf } from './arrange';
import { arrange } from './lane-acts';
import { noises, type Noise } from './rows';
import { ladderText } from './text';
import { laneName, type Digits, type TimeForm } from './words';

const boxes = { fold: true, notes: true, media: true, micros: false, scaled: false } as const;
type Box = keyof typeof boxes;

export interface Display {
  readonly on: Readonly<Record<Box, boolean>>;
  readonly without: ReadonlySet<Noise>;
  readonly digits: Digits;
  form: TimeForm;
  /** Check boxes for a ladder, lanes that are left out last. */
  options(ladder: Ladder | undefined): readonly Option[];
}
interface Option {
  readonly id: string;
  readonly label: string;
  readonly on: boolean;
  readonly first?: boolean;
  set(on: boolean): void;
}

export function createDisplay(): Display {
  const keep = (name: string, value: unknown): void => selection.keep(`ladder.${name}`, value);
  const kept = Object.fromEntries(
    Object.entries(boxes).map(([id, on]) => [id, selection.kept(`ladder.${id}`, on)]),
  ) as Record<Box, boolean>;
  let on = $state.raw<Readonly<Record<Box, boolean>>>(kept);
  let without = $state.raw<ReadonlySet<Noise>>(new Set(selection.kept<Noise[]>('ladder.without', [])));
  let form = $state<TimeForm>(selection.kept<TimeForm>('ladder.form', 'start'));

  const box = (id: Box, first = false): Option => ({
    id,
    label: t(ladderText[id]),
    on: on[id],
    first,
    set(is) {
      on = { ...on, [id]: is };
      keep(id, is);
    },
  });
  const noise = (id: Noise): Option => ({
    id,
    label: t(ladderText[id]),
    on: !without.has(id),
    first: id === 'trying',
    set(is) {
      const next = new Set(without);
      if (is) next.delete(id);
      else next.add(id);
      without = next;
      keep('without', [...next]);
    },
  });
  return {
    get on() {
      return on;
    },
    get without() {
      return without;
    },
    get digits() {
      return on.micros ? 6 : 3;
    },
    get form() {
      return form;
    },
    set form(next) {
      form = next;
      keep('form', next);
    },
    options(ladder) {
      const { ladder: arrangement } = workspace.state.notes;
      return [
        box('fold'),
        box('notes'),
        box('media'),
        ...noises.filter((id) => id !== 'beside' || ladder?.call).map(noise),
        box('micros', true),
        box('scaled'),
        ...(ladder ? hiddenOf(ladder, arrangement) : []).map((lane, n) => ({
          id: lane.host,
          label: laneName(lane),
          on: false,
          first: n === 0,
          set: () => arrange({ hidden: arrangement.hidden.filter((host) => host !== lane.host) }),
        })),
      ];
    },
  };
}

/** What a person does with the lanes of a ladder; all of it is kept in the session. */
import type { Ladder, LadderLane } from '../../analysis/desk';
import type { Notes } from '../../session/notes';
import { selection } from '../../state/selection.svelte';
import { workspace } from '../../state/workspace.svelte';
import { moved } from './arrange';
import { laneName } from './words';

type Arrangement = Notes['ladder'];

/** What a person may do with a lane; absent where it makes no sense for this one. */
export interface LaneActs {
  rename(lane: LadderLane, name: string): void;
  move(to: number): void;
  hide(): void;
  /** Name of the lane to the left, and merging with it. */
  merge?: { readonly name: string; run(): void } | undefined;
  apart?: (() => void) | undefined;
  split?: (() => void) | undefined;
  unsplit?: (() => void) | undefined;
  copy(): void;
  pin(): void;
}

export const arrange = (change: Partial<Arrangement>): void =>
  void workspace.note({ ladder: { ...workspace.state.notes.ladder, ...change } });

/** Addresses of a lane; a port that a person split off belongs to its host. */
const addresses = (lane: { readonly host: string; readonly also?: readonly string[] }): string[] => [
  lane.host,
  ...(lane.also ?? []),
];

function rename(hosts: readonly string[], name: string): void {
  const lanes = { ...workspace.state.notes.lanes };
  for (const host of hosts) {
    if (name) lanes[host] = name;
    else delete lanes[host];
  }
  void workspace.note({ lanes });
}

export function laneActs({ lanes }: Ladder, index: number, copy: (text: string) => void): LaneActs {
  const { split, hidden } = workspace.state.notes.ladder;
  const lane = lanes[index]!;
  const left = lanes[index - 1];
  const host = split.find((one) => lane.host.startsWith(one.includes(':') ? `[${one}]:` : `${one}:`)) ?? lane.host;
  return {
    rename: (_, name) => rename(addresses(lane), name),
    move: (to) => arrange({ order: moved(lanes, index, to) }),
    hide: () => arrange({ hidden: [...hidden, lane.host] }),
    // lanes of one name are one lane
    merge: left && {
      name: laneName(left),
      run: () => rename([...addresses(left), ...addresses(lane)], left.name || laneName(left)),
    },
    apart: lane.also && (() => rename(addresses(lane), '')),
    split: lane.ports.length > 1 ? () => arrange({ split: [...split, lane.host] }) : undefined,
    unsplit: host === lane.host ? undefined : () => arrange({ split: split.filter((one) => one !== host) }),
    copy: () => copy(addresses(lane).join(' ')),
    pin: () => selection.pin({ kind: 'host', label: laneName(lane), values: addresses(lane) }),
  };
}

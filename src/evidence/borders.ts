/**
 * Addresses that are one host: what a person gave one name, and the addresses of a border, which stands with one foot in
 * each network and signs all its messages alike (`User-Agent: Mitel Border GW/4.11.0.163-01`).
 */
import type { Evidence } from './evidence';

const border = /Mitel Border GW|MiVoice Border|OpenScape SBC/i;
/** More addresses than this sign alike where an agent's name is passed on: then it names no host. */
const mostAddresses = 8;

/** Per address id that has others beside it: the id that stands for all of them. */
export function addressGroups(
  { messages, strings }: Evidence,
  sameHost: readonly (readonly string[])[],
): ReadonlyMap<number, number> {
  const byAgent = new Map<number, Set<number> | undefined>();
  for (let row = 0; row < messages.length; row++) {
    const agent = messages.agent[row]!;
    if (agent === 0) continue;
    if (!byAgent.has(agent)) byAgent.set(agent, border.test(strings.text(agent)) ? new Set() : undefined);
    byAgent.get(agent)?.add(messages.source[row]!);
  }
  const declared = sameHost.map((addresses) =>
    addresses.map((address) => strings.find(address)).filter((id) => id > 0),
  );
  const signed = [...byAgent.values()].flatMap((addresses) =>
    addresses && addresses.size <= mostAddresses ? [[...addresses]] : [],
  );
  const groupOf = new Map<number, number>();
  for (const group of [...declared, ...signed]) {
    if (group.length < 2) continue;
    const known = group.find((id) => groupOf.has(id));
    const name = known === undefined ? group[0]! : groupOf.get(known)!;
    for (const id of group) if (!groupOf.has(id)) groupOf.set(id, name);
  }
  return groupOf;
}

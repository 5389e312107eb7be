/**
 * Hosts as lanes of a ladder: ports in the label, roles recognised from what the host says of itself and does. Callers
 * stand left, the border in the middle, the PBX right.
 */
import type { HostRole } from '../facts/facts';
import { per } from './per';
import type { View } from './view';

const roles: readonly HostRole[] = ['zoom-client', 'other', 'border', 'pbx', 'cloudlink', 'proxy'];

/** Role of each address, as far as it can be told. Declared ones win. */
export const hostRoles = per(({ evidence, facts }: View): ReadonlyMap<string, HostRole> => {
  const { messages, strings, fields } = evidence;
  const found = new Map<string, HostRole>();
  const registered = new Map<string, number>();
  for (let row = 0; row < messages.length; row++) {
    const source = strings.text(messages.source[row]!);
    const agent = strings.text(messages.agent[row]!);
    if (agent !== '' && !found.has(source)) {
      const role = roleOfAgent(agent);
      if (role) found.set(source, role);
    }
    if (messages.status[row] === 0 && strings.text(messages.method[row]!) === 'REGISTER') {
      registered.set(source, (registered.get(source) ?? 0) + 1);
    }
  }
  const oss = strings.find('x-siemens-oss');
  for (let row = 0; row < fields.length; row++) {
    if (fields.name[row] === oss) found.set(strings.text(messages.source[fields.message[row]!]!), 'border');
  }
  // who registers and says nothing of itself is a client
  for (const host of registered.keys()) if (!found.has(host)) found.set(host, 'zoom-client');
  for (const { address, role } of facts.hosts?.value ?? []) if (role) found.set(address, role);
  return found;
});

function roleOfAgent(agent: string): HostRole | undefined {
  if (/Mitel Border GW|MiVoice Border|OpenScape SBC/i.test(agent)) return 'border';
  if (/zoom/i.test(agent)) return 'zoom-client';
  if (/3300|MiVB|MiVoice|OpenScape|HiPath/i.test(agent)) return 'pbx';
  return undefined;
}

/** Lane order: by role, then by who spoke first. */
export function orderLanes(view: View, hosts: readonly string[]): string[] {
  const known = hostRoles(view);
  const rank = (host: string): number => roles.indexOf(known.get(host) ?? 'other');
  return [...hosts].sort((a, b) => rank(a) - rank(b) || hosts.indexOf(a) - hosts.indexOf(b));
}

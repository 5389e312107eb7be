import type { Focus, UserRow } from '../analysis/desk';
import { workspace } from '../state/workspace.svelte';

/** A person of the report as a pin: by e-mail and by the numbers of both phones. */
export function userFocus({ name, email, desktop, mobile }: UserRow): Focus {
  const values = [...new Set([email, desktop, mobile])].filter((value) => value !== '');
  return { kind: 'user', label: name || email, values };
}

/** What an id in a text stands for: an e-mail of the report is that person, all else is the id itself. */
export async function focusOf(id: string): Promise<Focus> {
  if (id.includes('@')) {
    const rows = await workspace.ask((desk) => desk.users({ filter: `email="${id.replaceAll('"', '')}"` }));
    const [user] = await workspace.ask((desk) => desk.userRows([...rows.subarray(0, 1)]));
    if (user) return userFocus(user);
  }
  return { kind: 'id', label: id, values: [id] };
}

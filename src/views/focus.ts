import type { Focus, UserRow } from '../analysis/desk';
import { workspace } from '../state/workspace.svelte';

/** A person of the report as a pin: by e-mail and by the numbers of both phones. */
export function userFocus({ name, email, desktop, mobile }: UserRow): Focus {
  const values = [...new Set([email, desktop, mobile])].filter((value) => value !== '');
  return { kind: 'user', label: name || email, values };
}

/** What an id in a text stands for: an e-mail or number of the report is that person, all else is what it says. */
export async function focusOf(id: string): Promise<Focus> {
  const [, number] = /^(?:sips?:)?(\+?\d{2,20})@/.exec(id) ?? [];
  if (number !== undefined || id.includes('@')) {
    const filter = number === undefined ? `email="${id.replaceAll('"', '')}"` : `number=${number}`;
    const rows = await workspace.ask((desk) => desk.users({ filter }));
    // a number that two people share stays a number
    if (rows.length === 1) {
      const [user] = await workspace.ask((desk) => desk.userRows([rows[0]!]));
      if (user) return userFocus(user);
    }
  }
  if (number !== undefined) return { kind: 'number', label: number, values: [number] };
  return { kind: 'id', label: id, values: [id] };
}

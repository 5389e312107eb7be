/** Call-IDs of which one is made of the other, as some back-to-back user agents name their second leg. */
import type { Evidence } from './evidence';
import type { Note } from './join-evidence';
import type { Features } from './leg-features';

/** Shorter ones meet by chance. */
const shortestCallId = 12;
const weight = 85;

/**
 * `a84b4c76e66710@pbx` and `a84b4c76e66710@pbx-b2b_1`: what one has more stands behind or before the other and is set off
 * by a sign. Sorted, a Call-ID stands right behind those that it begins with; written backwards, that it ends with.
 */
export function byCallId({ messages, strings }: Evidence, features: Features, note: Note): void {
  const forward: { readonly text: string; readonly leg: number }[] = [];
  features.opening.forEach((row, leg) => {
    const text = row === -1 ? '' : strings.text(messages.callId[row]!);
    if (text.length >= shortestCallId) forward.push({ text, leg });
  });
  const backward = forward.map(({ text, leg }) => ({ text: Array.from(text).reverse().join(''), leg }));
  for (const rows of [forward, backward]) {
    rows.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.leg - b.leg));
    const open: typeof rows = [];
    for (const row of rows) {
      while (open.length > 0 && !row.text.startsWith(open.at(-1)!.text)) open.pop();
      for (const { text, leg } of open.slice(-4)) {
        const apart = !/[\da-z]/i.test(row.text[text.length] ?? '') || !/[\da-z]/i.test(text.at(-1)!);
        if (apart && features.meet(leg, row.leg) && !features.parallel(leg, row.leg)) {
          note(leg, row.leg, weight, 'call-id');
        }
      }
      open.push(row);
    }
  }
}

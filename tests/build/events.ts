/**
 * Draws an Event History export.
 *
 *   events('2026-11-12T08:00:00Z | User updated | admin@example.com | alice@example.com | licence removed')
 *
 * A drawn row is `date | event | actor | target | details`; ids are ev-1, ev-2, …
 */
export const eventColumns = {
  en: ['Event ID', 'Event Date', 'Event Name', 'Actor Name', 'Target', 'Details'],
  fr: ['ID de l’événement', 'Date de l’événement', 'Nom de l’événement', 'Nom de l’acteur', 'Cible', 'Détails'],
} as const;

export const events = (...rows: readonly string[]): string => eventsIn(eventColumns.en, ...rows);

/** With other headings in the same order; an empty heading leaves its column out. */
export function eventsIn(headings: readonly string[], ...rows: readonly string[]): string {
  const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const table = [
    [...headings],
    ...rows.map((drawn, n) => {
      const [date = '', name = '', actor = '', target = '', details = ''] = drawn.split('|').map((part) => part.trim());
      return [`ev-${n + 1}`, date, name, actor, target, details];
    }),
  ];
  return table
    .map(
      (cells) =>
        cells
          .filter((_, n) => headings[n] !== '')
          .map(cell)
          .join(',') + '\r\n',
    )
    .join('');
}

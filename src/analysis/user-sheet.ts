/** What leaves the Users view: lots of e-mails to paste, and CSV for spreadsheets or as it is. */
import type { UserRow } from './desk';

/** Zoom adds at most so many users to an integration at once (guide FR 4.1.4). */
export const lotSize = 50;

export interface Lot {
  readonly number: number;
  readonly first: number;
  readonly emails: readonly string[];
}

/** E-mails as the report spells them, each once, in the order given. */
export function lotsOf(emails: readonly string[], size = lotSize): Lot[] {
  const each = [...new Set(emails)].filter((email) => email !== '');
  return Array.from({ length: Math.ceil(each.length / size) }, (_, n) => ({
    number: n + 1,
    first: n * size + 1,
    emails: each.slice(n * size, (n + 1) * size),
  }));
}

const columns: readonly (readonly [name: string, cell: (row: UserRow) => string])[] = [
  ['email', ({ email }) => email],
  ['name', ({ name }) => name],
  ['clUserId', ({ clUserId }) => clUserId],
  ['licenses', ({ licenses }) => licenses],
  ['zmUserId', ({ zmUserId }) => zmUserId],
  ['zmUserStatus', ({ status }) => status],
  ['zmSipPhoneId', ({ desktopId }) => desktopId],
  ['zmSipPhoneNumber', ({ desktop }) => desktop],
  ['zmSipPhoneMobileId', ({ mobileId }) => mobileId],
  ['zmSipPhoneMobileNumber', ({ mobile }) => mobile],
  ['issues', ({ issues }) => issues.map(({ code }) => code).join('|')],
];

/**
 * `spreadsheet`: no cell can become a formula (an apostrophe goes in front), with a byte order mark, so that accents
 * survive. `raw`: the values as the report has them.
 */
export function sheetOf(
  rows: readonly UserRow[],
  form: { readonly for: 'spreadsheet' | 'raw'; readonly delimiter: ',' | ';' },
): string {
  const cell = (text: string): string => quoted(form.for === 'spreadsheet' ? harmless(text) : text, form.delimiter);
  const head = columns.map(([name]) => name).join(form.delimiter);
  const lines = rows.map((row) => columns.map(([, value]) => cell(value(row))).join(form.delimiter));
  return `${form.for === 'spreadsheet' ? '\ufeff' : ''}${[head, ...lines].join('\r\n')}\r\n`;
}

/** Spreadsheets run what starts so, full-width forms and a leading line feed included. */
const harmless = (text: string): string => (/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text);

const quoted = (text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

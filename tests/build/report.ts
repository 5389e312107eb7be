/**
 * Draws a User Comparison Report (the CSV with eleven columns that Mitel Administration gives).
 *
 *   report(
 *     'alice@example.com | Alice Martin',                                   a healthy user
 *     'bob@example.com   | Bob | NoClZoomPsiLicense',                       issues, split by blanks or commas
 *     'eve@example.com   | Eve | ZoomUserNotFound | zmUserStatus=pending',  then columns by hand
 *   )
 *
 * What an issue empties in a real report is empty here as well; a column written by hand wins.
 */
export const reportColumns = [
  'email',
  'name',
  'clUserId',
  'licenses',
  'zmUserId',
  'zmUserStatus',
  'zmSipPhoneId',
  'zmSipPhoneNumber',
  'zmSipPhoneMobileId',
  'zmSipPhoneMobileNumber',
  'issues',
] as const;
export type ReportColumn = (typeof reportColumns)[number];
export type ReportRow = Record<ReportColumn, string>;

const zoomColumns = ['zmUserId', 'zmUserStatus'] as const;
const phoneColumns = ['zmSipPhoneId', 'zmSipPhoneNumber', 'zmSipPhoneMobileId', 'zmSipPhoneMobileNumber'] as const;

/** The cells of one drawn row; `index` counts from 0 and gives the numbers 4001, 4002, … */
export function reportRow(drawn: string, index: number): ReportRow {
  const [email = '', name = '', third = '', ...rest] = drawn.split('|').map((part) => part.trim());
  const byHand = [third, ...rest].flatMap((part) => (part.includes('=') ? [part] : []));
  const issues = third.includes('=') ? [] : third.split(/[\s,]+/).filter((code) => code !== '');
  const row: ReportRow = {
    email,
    name,
    clUserId: `cl-${index + 1}`,
    licenses: '["ZoomPSI"]',
    zmUserId: `zm-${index + 1}`,
    zmUserStatus: 'active',
    zmSipPhoneId: `sip-${index + 1}`,
    zmSipPhoneNumber: String(4001 + index),
    zmSipPhoneMobileId: `mob-${index + 1}`,
    zmSipPhoneMobileNumber: String(4001 + index),
    issues: issues.length === 0 ? '' : JSON.stringify(issues),
  };
  const empty = (...columns: readonly ReportColumn[]): void => columns.forEach((column) => (row[column] = ''));
  for (const issue of issues) {
    if (/^NoC/i.test(issue)) {
      row.licenses = '[]';
      empty(...zoomColumns, ...phoneColumns);
    }
    if (issue === 'CloudLinkUserNotFound') empty('clUserId');
    if (issue === 'ZoomUserNotFound') empty(...zoomColumns, ...phoneColumns);
    if (issue === 'ZoomSipPhoneNotFound') empty(...phoneColumns);
    if (issue === 'ZoomUserStatusInactive') row.zmUserStatus = 'inactive';
    if (issue === 'ZoomUserStatusPending') row.zmUserStatus = 'pending';
  }
  for (const pair of byHand) {
    const [column = '', value = ''] = pair.split(/=(.*)/s);
    if (!reportColumns.includes(column as ReportColumn)) throw new Error(`no such column: ${column}`);
    row[column as ReportColumn] = value;
  }
  return row;
}

export interface ReportStyle {
  readonly delimiter?: string;
  readonly newline?: string;
  /** Columns in this order, renamed with `as`: `{ column: 'issues', as: 'Issue' }`. */
  readonly columns?: readonly (ReportColumn | { readonly column: ReportColumn; readonly as: string })[];
}

export const report = (...rows: readonly string[]): string => reportIn({}, ...rows);

export function reportIn(style: ReportStyle, ...rows: readonly string[]): string {
  const { delimiter = ',', newline = '\r\n', columns = reportColumns } = style;
  const cell = (value: string): string =>
    /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
  const plain = columns.map((entry) => (typeof entry === 'string' ? { column: entry, as: entry as string } : entry));
  const table = [
    plain.map(({ as }) => as),
    ...rows.map((drawn, n) => plain.map(({ column }) => reportRow(drawn, n)[column])),
  ];
  return table.map((cells) => cells.map(cell).join(delimiter) + newline).join('');
}

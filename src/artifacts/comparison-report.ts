/**
 * User Comparison Report of Mitel Administration (EN 6.4.5.2, FR 5.2.1): CSV with eleven named columns, one row a user,
 * told apart by e-mail (case counts). Columns may come in another order, renamed, or not at all.
 *
 *   email,name,clUserId,licenses,zmUserId,zmUserStatus,zmSipPhoneId,zmSipPhoneNumber,zmSipPhoneMobileId,…,issues
 *   bob@example.com,Bob,cl-2,"[""ZoomPSI""]",,,,,,,"[""ZoomUserNotFound""]"
 */
import { textOfHead } from '../decode/encoding';
import { csvReader, firstRow } from '../decode/csv';
import { knownIssue } from '../evidence/issue-codes';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { spreadsheetDamage } from './text/spreadsheet';

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
type Column = (typeof reportColumns)[number];
const columns = reportColumns;

/** Headings in other words, without case, blanks and signs. */
const otherNames: Readonly<Record<string, Column>> = {
  mail: 'email',
  emailaddress: 'email',
  useremail: 'email',
  adressemail: 'email',
  displayname: 'name',
  username: 'name',
  nom: 'name',
  cluserid: 'clUserId',
  cloudlinkuserid: 'clUserId',
  license: 'licenses',
  licence: 'licenses',
  licences: 'licenses',
  zoomuserid: 'zmUserId',
  zoomuserstatus: 'zmUserStatus',
  zoomsipphoneid: 'zmSipPhoneId',
  zoomsipphonenumber: 'zmSipPhoneNumber',
  zoomsipphonemobileid: 'zmSipPhoneMobileId',
  zoomsipphonemobilenumber: 'zmSipPhoneMobileNumber',
  issue: 'issues',
};
const plainName = (heading: string): string => heading.toLowerCase().replace(/[^a-zà-ÿ0-9]/g, '');
const byName = new Map<string, Column>([
  ...columns.map((column): [string, Column] => [plainName(column), column]),
  ...Object.entries(otherNames),
]);
/** Nobody else has these. */
const own: readonly Column[] = columns.filter((column) => /^(?:cl|zm)/.test(column));

/** The column that a heading names; empty where it names none. */
export const columnOfHeading = (heading: string): Column | '' => byName.get(plainName(heading)) ?? '';
const isColumn = (name: string): name is Column => (columns as readonly string[]).includes(name);

/** What a person said of a heading wins over what it says itself. */
function columnsOf(cells: readonly string[], mapping: ReadonlyMap<string, string> = new Map()): Map<Column, number> {
  const places = new Map<Column, number>();
  cells.forEach((cell, place) => {
    const said = mapping.get(cell.trim());
    if (said !== undefined && isColumn(said)) places.set(said, place);
  });
  cells.forEach((cell, place) => {
    if (mapping.has(cell.trim())) return;
    const column = columnOfHeading(cell);
    if (column !== '' && !places.has(column)) places.set(column, place);
  });
  return places;
}
const isHeader = (places: ReadonlyMap<Column, number>): boolean =>
  own.some((column) => places.has(column)) ? places.size >= 3 : places.has('email') && places.has('issues');
/** A first row that is already a user: the heading was cut away. */
const isUser = (cells: readonly string[]): boolean =>
  cells.length === columns.length &&
  cells[0]!.includes('@') &&
  codesOf(cells[10]!).every((code) => knownIssue(code) !== '');

export default artifactKind({
  id: 'comparison-report',
  name: text('User Comparison Report', 'User Comparison Report (rapport de comparaison)'),
  provides: ['art.ucr'],
  sniff(head) {
    const content = textOfHead(head);
    if (content === undefined) return notThis;
    const { cells } = firstRow(content.replace(/^\s+/, ''));
    const places = columnsOf(cells);
    if (isHeader(places)) {
      return {
        certainty: 2,
        reason: text('{count} of the 11 columns of the report', '{count} des 11 colonnes du rapport'),
        values: { count: places.size },
      };
    }
    if (!isUser(cells) || !/NoC[l1I]Zoom|UserNotFound|ZoomUserStatus|SipPhoneNotFound/i.test(content)) return notThis;
    return {
      certainty: 2,
      reason: text('issue codes of the report, without its heading', 'codes du rapport, sans son en-tête'),
    };
  },
  open: read,
});

/** Columns of the table, in the order of `reportColumns`, which ends with the issues. */
const stored = reportColumns.slice(0, -1) as readonly Exclude<Column, 'issues'>[];
const looked = stored.map((column) => column.endsWith('Id') || column.endsWith('Number'));

/** Told one by one up to this many. */
const mostUnclosed = 20;

function read(sink: Sink): Reader {
  const { users, userIssues } = sink.tables;
  const damage = spreadsheetDamage();
  let places: Map<Column, number> | undefined;
  let width: number = columns.length;
  let headerAt = 0;
  let first: number | undefined;
  let records = 0;
  let damagedAt = -1;
  let unclosed = 0;
  const rows: number[] = [];

  const csv = csvReader({
    row(cells, offset, length, number) {
      if (cells.every((cell) => cell.trim() === '')) return;
      if (!places) {
        const found = columnsOf(cells, sink.mapping);
        headerAt = number;
        if (isHeader(found) || !isUser(cells)) {
          places = found;
          width = cells.length;
          const missing = columns.filter((column) => !found.has(column));
          // a column that is known to be absent was told once already
          if (missing.length > 0 && !cells.some((cell) => sink.mapping?.has(cell.trim())))
            sink.problem('report-layout', offset, `missing: ${missing.join(', ')}`);
          return;
        }
        places = new Map(columns.map((column, place) => [column, place]));
        headerAt = number - 1;
        sink.problem('report-layout', offset, 'no heading');
      }
      add(cells.length > width ? joinArrays(cells, width) : cells, offset, length, number - headerAt + 1);
    },
    unclosed(offset) {
      if (++unclosed <= mostUnclosed) sink.problem('unclosed-quote', offset);
    },
    longRow: (offset) => sink.problem('long-line', offset),
  });

  /** Places by column, and the last value of each with its id: licences and states repeat from row to row. */
  let at: readonly number[] = [];
  const last = stored.map(() => '');
  const lastId = stored.map(() => 0);
  const add = (cells: readonly string[], offset: number, length: number, number: number): void => {
    if (at.length === 0) at = columns.map((column) => places!.get(column) ?? -1);
    const email = cells[at[0]!] ?? '';
    // two reports behind one another
    if (email.length < 24 && !email.includes('@') && plainName(email) === 'email') return;
    const row = users.row();
    first ??= row;
    records++;
    const table = users.columns;
    table.artifact[row] = sink.artifact;
    table.row[row] = number;
    table.offset[row] = offset;
    table.size[row] = length;
    for (let n = 0; n < stored.length; n++) {
      const column = stored[n]!;
      const value = cells[at[n]!] ?? '';
      if (value !== last[n]) {
        last[n] = value;
        lastId[n] = sink.strings.id(value);
      }
      table[column][row] = lastId[n]!;
      if (value !== '' && looked[n] && damage.look(column, value, row)) {
        table.damaged[row] = 1;
        if (damagedAt < 0) damagedAt = offset;
      }
    }
    rows.push(row);
    for (const code of codesOf(cells[at[columns.length - 1]!] ?? '')) {
      userIssues.add({ user: row, code: sink.strings.id(code), known: sink.strings.id(knownIssue(code)) });
    }
  };

  return {
    push: csv.push,
    end() {
      csv.end();
      for (const row of damage.late()) {
        users.columns.damaged[row] = 1;
        const offset = users.columns.offset[row]!;
        if (damagedAt < 0 || offset < damagedAt) damagedAt = offset;
      }
      if (damagedAt >= 0) {
        const detail = [...damage.columns].map(([column, count]) => `${column}: ${count}`).join(', ');
        sink.problem('damaged-by-spreadsheet', damagedAt, detail);
      }
      if (places && csv.delimiter !== ',') {
        sink.problem('report-layout', 0, `delimiter ${csv.delimiter === '\t' ? 'tab' : csv.delimiter}`);
      }
      if (csv.encoding !== 'utf-8') sink.problem('report-layout', 0, csv.encoding);
      return { records, first: NaN, last: NaN, clock: 'none' };
    },
  };
}

/** A JSON array, else a list with `,`, `;`, `|` or line ends between. */
export function codesOf(cell: string): string[] {
  const plain = cell.trim();
  if (plain === '' || plain === '[]') return [];
  if (plain.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(plain);
      if (Array.isArray(list))
        return list.flatMap((code) => (typeof code === 'string' && code.trim() !== '' ? [code.trim()] : []));
    } catch {
      // an array whose quotes were lost on the way
    }
  }
  return plain
    .split(/[,;|\r\n]/)
    .map((part) => part.replace(/^[\s["']+|[\s\]"']+$/g, ''))
    .filter((code) => code !== '');
}

/** `["ZoomPSI","X"]` written without quotes around it was cut at its commas: joined again until the row fits. */
function joinArrays(cells: readonly string[], width: number): string[] {
  const joined: string[] = [];
  let spare = cells.length - width;
  for (const cell of cells) {
    const last = joined[joined.length - 1];
    if (spare > 0 && last?.trimStart().startsWith('[') && !last.trimEnd().endsWith(']')) {
      joined[joined.length - 1] = `${last},${cell}`;
      spare--;
    } else joined.push(cell);
  }
  return joined;
}

export const examples: readonly KindExample[] = [
  {
    name: 'report.csv',
    bytes: [
      columns.join(','),
      'alice@example.com,Alice,cl-1,"[""ZoomPSI""]",zm-1,active,sip-1,4001,mob-1,4001,[]',
      'bob@example.com,Bob,cl-2,"[""ZoomPSI""]",,,,,,,"[""ZoomUserNotFound"",""ZoomSipPhoneNotFound""]"',
      '',
    ].join('\r\n'),
  },
  {
    name: 'saved by a spreadsheet.csv',
    bytes:
      'Email;Nom;clUserId;licenses;zmUserId;Issue\r\neve@example.com;Eve;1,23457E+15;ZoomPSI;zm-3;NoCIZoomPsiLicense\r\n',
  },
];

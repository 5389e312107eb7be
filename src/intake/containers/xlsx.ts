/**
 * .xlsx workbooks (ECMA-376): a zip with XML parts. Its first sheet is given as CSV, so a report that someone saved as a
 * workbook takes the way of every other report. Libraries that read workbooks want a DOM or weigh more than the page.
 */
import { dateFormats, firstSheet, sharedStrings, sheetRows } from '../../decode/workbook';
import { notThis } from '../../artifacts/kind';
import { same } from '../../text/text';
import { ascii, bySignature, hasBytes } from '../sniffing';
import { container, type Container, type ContainerInput, type ContainerReport, type Member } from './container';
import zip from './zip';

/** Unpacked XML of one part; a sheet of 200 000 rows has about 60 MB. */
const longestPart = 256 * 2 ** 20;
const rowsAtOnce = 2000;

const workbookNames = ['xl/workbook.xml', 'xl/worksheets/', '[Content_Types].xml'].map(ascii);

function holds(head: Uint8Array, name: readonly number[]): boolean {
  for (let at = head.indexOf(name[0]!); at >= 0; at = head.indexOf(name[0]!, at + 1))
    if (hasBytes(head, name, at)) return true;
  return false;
}

const workbook: Container = container({
  id: 'xlsx',
  name: same('xlsx'),
  sniff(head, path) {
    if (!hasBytes(head, ascii('PK')) || !hasBytes(head, [3, 4], 2)) return notThis;
    const named = /\.xls[xm]$/i.test(path) && holds(head, workbookNames[2]!);
    return named || holds(head, workbookNames[0]!) || holds(head, workbookNames[1]!) ? bySignature('xlsx') : notThis;
  },
  async *members(input, report) {
    const blob = await input.blob();
    const at: ContainerInput = { ...input, blob: () => Promise.resolve(blob) };
    const parts = await readParts(at, report, (name) =>
      /^xl\/(?:workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$/.test(name),
    );
    const part = (name: string): string => parts.get(`xl/${name}`) ?? '';
    const sheet = firstSheet(part('workbook.xml'), part('_rels/workbook.xml.rels'));
    const cells = sheet && (await readParts(at, silent, (name) => name === sheet.part)).get(sheet.part);
    if (sheet === undefined || cells === undefined) {
      report.problem('corrupt-archive', 0, 'xlsx, no sheet');
      return;
    }
    const book = {
      strings: sharedStrings(part('sharedStrings.xml')),
      dates: dateFormats(part('styles.xml')),
      from1904: sheet.from1904,
    };
    yield {
      name: `${sheet.name}.csv`,
      type: 'file',
      packed: () => blob.size,
      async *chunks() {
        const encoder = new TextEncoder();
        let lines: string[] = [];
        for (const row of sheetRows(cells, book)) {
          lines.push(`${row.map(quoted).join(',')}\r\n`);
          if (lines.length < rowsAtOnce) continue;
          yield encoder.encode(lines.join(''));
          lines = [];
        }
        yield encoder.encode(lines.join(''));
      },
    } satisfies Member;
  },
});
export default workbook;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** What a second look at the same zip would tell again. */
const silent: ContainerReport = { problem: () => undefined };

async function readParts(
  input: ContainerInput,
  report: ContainerReport,
  wanted: (name: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, string>();
  for await (const member of zip.members(input, report)) {
    if (member.type !== 'file' || member.fault || !wanted(member.name)) continue;
    const decoder = new TextDecoder();
    const pieces: string[] = [];
    let size = 0;
    for await (const chunk of member.chunks()) {
      size += chunk.length;
      if (size > longestPart) {
        report.problem('limit-reached', 0, `${longestPart} bytes in one member`);
        break;
      }
      pieces.push(decoder.decode(chunk, { stream: true }));
    }
    parts.set(member.name, pieces.join('') + decoder.decode());
  }
  return parts;
}

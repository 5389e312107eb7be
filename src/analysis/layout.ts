/** How the columns of a report or listing were understood, with samples, so that a person can put them right. */
import { reportColumns, columnOfHeading } from '../artifacts/comparison-report';
import { csvReader } from '../decode/csv';
import { textOfHead } from '../decode/encoding';
import { listColumns, readListing, type ListColumn } from '../decode/listing';
import type { Layout } from './desk';
import type { Read } from './scan';
import type { View } from './view';

const headBytes = 65_536;
const mostSamples = 3;

export async function layoutOf(view: View, artifact: number, read: Read): Promise<Layout | undefined> {
  const record = view.evidence.artifacts[artifact];
  if (!record) return undefined;
  const { kind, bytes } = record;
  const mapping = new Map(Object.entries(view.notes.columns[kind] ?? {}));
  const head = await read(artifact, 0, Math.min(bytes, headBytes));
  if (kind === 'comparison-report')
    return { artifact, kind, columns: reportColumns, parts: reportParts(head, mapping) };
  if (kind !== 'registrar-listing' && kind !== 'sbc-subscribers') return undefined;
  const lines = (textOfHead(head) ?? '').split(/\r?\n/);
  const listing = readListing(lines, mapping as ReadonlyMap<string, ListColumn | ''>);
  return { artifact, kind, columns: listColumns, parts: listing?.parts ?? [] };
}

function reportParts(head: Uint8Array, mapping: ReadonlyMap<string, string>): Layout['parts'] {
  const rows: string[][] = [];
  const csv = csvReader({
    row: (cells) => {
      if (rows.length <= mostSamples && cells.some((cell) => cell.trim() !== '')) rows.push(cells);
    },
    unclosed: () => undefined,
    longRow: () => undefined,
  });
  csv.push(head);
  csv.end();
  const [headings = [], ...samples] = rows;
  return headings.map((name, n) => ({
    name: name.trim(),
    column: mapping.get(name.trim()) ?? columnOfHeading(name),
    samples: samples.map((cells) => (cells[n] ?? '').slice(0, 60)).filter((cell) => cell !== ''),
  }));
}

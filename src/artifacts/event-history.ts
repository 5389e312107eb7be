/**
 * Event History export of Mitel Administration (EN 6.4.5.3, FR 5.3). Only `EVENT ID`, `ACTOR NAME` and an *Event Date*
 * are known to be columns (domain.md 2.2); users hide and reorder them and may export ticked rows only. So columns are
 * known by the words of their headings, never by place, and every cell is kept.
 *
 *   EVENT ID,EVENT DATE,EVENT NAME,ACTOR NAME,TARGET
 *   7f3c…,2026-11-12T08:00:01Z,User updated,admin@example.com,alice@example.com
 */
import { textOfHead } from '../decode/encoding';
import { csvReader, firstRow } from '../decode/csv';
import { createStamp } from '../decode/stamp';
import { readStamp, stampMicros } from '../decode/timestamp';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';

type Column = 'eventId' | 'time' | 'name' | 'actor' | 'target';

/** Words without accents; the first form that fits a heading takes it. */
const words: readonly (readonly [column: Column, form: RegExp])[] = [
  [
    'eventId',
    /^(?:event|evenement)? ?id(?:entifier)?$|\bid(?:entifiant)? (?:de l )?(?:event|evenement)|^identifiant$|\bevent id/,
  ],
  ['time', /\bdate\b|\btime\b|timestamp|horodat|\bheure\b/],
  ['actor', /\bactor\b|acteur|performed by|effectue par|initiat|\bauteur\b|\bmodified by|modifie par/],
  ['target', /\btarget|\bcible|affected|concerne|\bobject|\bobjet|\bentity|\bentite|ressource|\bresource/],
  [
    'name',
    /^(?:event|evenement)(?: (?:name|type))?$|\b(?:nom|type) (?:de l |d )?evenement|\bevent (?:name|type)|\baction\b|operation|^type$/,
  ],
];
const plainHeading = (heading: string): string =>
  heading
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

function columnsOf(cells: readonly string[]): Map<Column, number> {
  const places = new Map<Column, number>();
  const taken = new Set<number>();
  for (const [column, form] of words) {
    const place = cells.findIndex((cell, n) => !taken.has(n) && form.test(plainHeading(cell)));
    if (place < 0) continue;
    places.set(column, place);
    taken.add(place);
  }
  return places;
}
const speaksOfEvents = (cells: readonly string[]): boolean =>
  cells.some((cell) => /\b(?:event|evenement)\b/.test(plainHeading(cell)));

export default artifactKind({
  id: 'event-history',
  name: text('Event History', 'Event History (historique des événements)'),
  provides: ['art.events'],
  sniff(head) {
    const content = textOfHead(head);
    if (content === undefined) return notThis;
    const { cells } = firstRow(content.replace(/^\s+/, ''));
    if (cells.length < 2 || cells.some((cell) => cell.length > 80)) return notThis;
    const places = columnsOf(cells);
    const events = speaksOfEvents(cells);
    const enough = events && places.size >= 2 && (places.has('actor') || places.has('eventId') || places.size >= 3);
    if (!enough) return notThis;
    return {
      certainty: 2,
      reason: text('columns of an event list: {columns}', 'colonnes d’une liste d’événements : {columns}'),
      values: { columns: { list: [...places.values()].map((place) => cells[place]!) } },
    };
  },
  open: read,
});

const longestText = 65_536;

function read(sink: Sink): Reader {
  const { events } = sink.tables;
  const stamp = createStamp();
  let headings: readonly string[] | undefined;
  let places = new Map<Column, number>();
  let headerAt = 1;
  let records = 0;
  let first = Infinity;
  let last = -Infinity;
  let local = 0;
  let unread = 0;
  let unclosed = 0;
  /** `03/04/2026`: which is the day shows in other rows. */
  const ambiguous: { readonly row: number; readonly swapped: number }[] = [];
  let american = false;

  const csv = csvReader({
    row(cells, offset, length, number) {
      if (cells.every((cell) => cell.trim() === '')) return;
      if (!headings) {
        headings = cells.map((cell) => cell.trim());
        places = columnsOf(cells);
        headerAt = number;
        if (!places.has('time')) sink.problem('report-layout', offset, 'no date column');
        return;
      }
      const cell = (column: Column): string => cells[places.get(column) ?? -1] ?? '';
      const row = events.row();
      records++;
      const table = events.columns;
      table.artifact[row] = sink.artifact;
      table.row[row] = number - headerAt + 1;
      table.offset[row] = offset;
      table.size[row] = length;
      for (const column of ['eventId', 'name', 'actor', 'target'] as const)
        table[column][row] = sink.strings.id(cell(column));
      const all = cells.map((value, n) => `${headings![n] ?? ''}: ${value}`).join('\n');
      table.text[row] = sink.strings.id(all.slice(0, longestText));
      table.time[row] = NaN;
      const when = cell('time')
        .replace(/\u202f|\u00a0/g, ' ')
        .replace(/ (?:à|at|a) /, ' ')
        .trim();
      if (when === '') return;
      if (!readStamp(when, 0, when.length, stamp) || stamp.year === 0) {
        unread++;
        return;
      }
      table.time[row] = stampMicros(stamp);
      table.clock[row] = Number.isNaN(stamp.zone) ? 1 : 2;
      if (Number.isNaN(stamp.zone)) local++;
      const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(when);
      if (parts && Number(parts[2]) > 12) american = true;
      if (stamp.ambiguous) {
        [stamp.day, stamp.month] = [stamp.month, stamp.day];
        ambiguous.push({ row, swapped: stampMicros(stamp) });
      }
    },
    unclosed(offset) {
      if (++unclosed <= 20) sink.problem('unclosed-quote', offset);
    },
    longRow: (offset) => sink.problem('long-line', offset),
  });
  const start = events.length;

  return {
    push: csv.push,
    end() {
      csv.end();
      if (american) for (const { row, swapped } of ambiguous) events.columns.time[row] = swapped;
      if (unread > 0) sink.problem('report-layout', 0, `dates not read: ${unread}`);
      for (let row = start; row < events.length; row++) {
        const time = events.columns.time[row]!;
        if (time < first) first = time;
        if (time > last) last = time;
      }
      const timed = first <= last;
      return {
        records,
        first: timed ? first : NaN,
        last: timed ? last : NaN,
        clock: !timed ? 'none' : local * 2 > records ? 'local' : 'zoned',
      };
    },
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'events.csv',
    bytes: [
      'EVENT ID,EVENT DATE,EVENT NAME,ACTOR NAME,TARGET',
      '7f3c0001,2026-11-12T08:00:01Z,User updated,admin@example.com,alice@example.com',
      '',
    ].join('\r\n'),
  },
  {
    name: 'historique.csv',
    bytes: [
      'ID de l’événement;Date de l’événement;Nom de l’événement;Nom de l’acteur',
      'ev-1;12/11/2026 09:00:01;Utilisateur modifié;admin@example.com',
      '',
    ].join('\r\n'),
  },
];

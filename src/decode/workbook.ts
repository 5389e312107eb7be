/**
 * Parts of an .xlsx workbook (ECMA-376 part 1, §18): cells of one sheet as texts. Only what a table of texts needs is
 * read; formulas give their stored results, dates ISO texts, everything else is passed over.
 *
 *   <row r="2"><c r="A2" t="s"><v>7</v></c><c r="C2" t="inlineStr"><is><t>bob</t></is></c><c r="D2" s="3"><v>45974.5</v></c></row>
 */
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (name !== undefined) return Object.hasOwn(entities, name) ? entities[name]! : whole;
          const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
          return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

/** `_x000D_` stands for a character that XML does not hold (§22.9.2.19). */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}\\s?=\\s?(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found ? plain(found[1] ?? found[2]!) : undefined;
};

interface Element {
  /** `<c r="A2" t="s"`, without its end. */
  readonly tag: string;
  /** Between its tags; empty where it closes at once. */
  readonly inner: string;
  readonly end: number;
}

/** The next element of a name from `at` on; such elements must not lie in one another. A prefix of the name counts not. */
function element(xml: string, name: string, at: number, to = xml.length): Element | undefined {
  for (let next = xml.indexOf(`<${name}`, at); next >= 0 && next < to; next = xml.indexOf(`<${name}`, next + 1)) {
    const after = xml.charCodeAt(next + name.length + 1);
    // a longer name
    if (after > 32 && after !== 62 && after !== 47) continue;
    const close = xml.indexOf('>', next);
    if (close < 0) return undefined;
    if (xml.charCodeAt(close - 1) === 47) return { tag: xml.slice(next, close - 1), inner: '', end: close + 1 };
    const end = xml.indexOf(`</${name}>`, close);
    const tag = xml.slice(next, close);
    if (end < 0) return { tag, inner: xml.slice(close + 1, to), end: to };
    return { tag, inner: xml.slice(close + 1, end), end: end + name.length + 3 };
  }
  return undefined;
}

function* elements(xml: string, name: string): Generator<Element> {
  for (let found = element(xml, name, 0); found; found = element(xml, name, found.end)) yield found;
}

/** All `<t>` runs of a string item; phonetic hints (`<rPh>`) are no part of it. */
function textOf(item: string): string {
  const read = item.includes('<rPh') ? item.replace(/<rPh[\s>][^]*?<\/rPh>/g, '') : item;
  let text = '';
  for (const { inner } of elements(read, 't')) text += inner;
  return unescaped(plain(text));
}

interface FirstSheet {
  readonly name: string;
  /** Path of its part: `xl/worksheets/sheet1.xml`. */
  readonly part: string;
  /** Days count from 1904 (§18.2.28). */
  readonly from1904: boolean;
}

/** The first sheet of a workbook that holds cells; `rels` = `xl/_rels/workbook.xml.rels`. */
export function firstSheet(workbook: string, rels: string): FirstSheet | undefined {
  const targets = new Map<string, string>();
  for (const { tag } of elements(rels, 'Relationship')) {
    const [id, target] = [attribute(tag, 'Id'), attribute(tag, 'Target')];
    if (id !== undefined && target?.includes('worksheets/')) {
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    }
  }
  const from1904 = /<workbookPr[^>]*\sdate1904\s?=\s?["'](?:1|true)["']/.test(workbook);
  for (const { tag } of elements(workbook, 'sheet')) {
    const part = targets.get(attribute(tag, '\\w+:id') ?? '');
    if (part !== undefined) return { name: attribute(tag, 'name') ?? 'sheet', part, from1904 };
  }
  return undefined;
}

export function sharedStrings(xml: string): readonly string[] {
  const strings: string[] = [];
  for (const { inner } of elements(xml, 'si')) strings.push(textOf(inner));
  return strings;
}

/** Which cell formats are dates (§18.8.30: built-in 14–22 and 45–47, others by the letters of their code). */
export function dateFormats(styles: string): readonly boolean[] {
  const custom = new Map<number, boolean>();
  for (const { tag } of elements(styles, 'numFmt')) {
    const code = (attribute(tag, 'formatCode') ?? '').replace(/\[[^\]]*\]|"[^"]*"|\\./g, '');
    custom.set(Number(attribute(tag, 'numFmtId')), /[ymdhs]/i.test(code) && !/general/i.test(code));
  }
  const formats: boolean[] = [];
  for (const { tag } of elements(element(styles, 'cellXfs', 0)?.inner ?? '', 'xf')) {
    const id = Number(attribute(tag, 'numFmtId') ?? 0);
    formats.push(custom.get(id) ?? ((id >= 14 && id <= 22) || (id >= 45 && id <= 47)));
  }
  return formats;
}

/** Days since 1899-12-30 as ISO text without a zone; the 29 February 1900 that never was lies before all evidence. */
function dateText(days: number, from1904: boolean): string {
  const millis =
    Math.round(days * 86_400) * 1000 + Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30);
  if (!(days >= 1) || Math.abs(millis) > 8e14) return String(days);
  return new Date(millis).toISOString().slice(0, 19);
}

const mostColumns = 16_384;

/** `AB12` → 27, from 0; −1 where it is no reference. */
function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return at > 0 && column <= mostColumns ? column - 1 : -1;
}

interface Workbook {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

/** Rows of a sheet in order; rows and cells that are left out are empty. */
export function* sheetRows(xml: string, book: Workbook): Generator<string[]> {
  let number = 0;
  for (const { tag, inner } of elements(xml, 'row')) {
    const wanted = Number(attribute(tag, 'r') ?? number + 1);
    // one gap is kept as one blank row: a million rows may be left out
    if (wanted > number + 1 && number > 0) yield [];
    number = wanted > number ? wanted : number + 1;
    const cells: string[] = [];
    for (const cell of elements(inner, 'c')) {
      const place = columnOf(attribute(cell.tag, 'r') ?? '');
      while (place > cells.length) cells.push('');
      cells.push(valueOf(cell, book));
    }
    yield cells;
  }
}

function valueOf({ tag, inner }: Element, { strings, dates, from1904 }: Workbook): string {
  const type = attribute(tag, 't') ?? 'n';
  if (type === 'inlineStr') return textOf(inner);
  const value = plain(element(inner, 'v', 0)?.inner ?? '');
  if (type === 's') return strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'n' && value !== '' && dates[Number(attribute(tag, 's') ?? -1)])
    return dateText(Number(value), from1904);
  return type === 'str' ? unescaped(value) : value;
}

/**
 * Listings of registered phones as people copy them out of a screen: `sip registrar all` of a MiVB (EN 5.2.1.1), the
 * registered subscribers of an OpenScape SBC (EN 6.4.5). Neither guide prints a column, so the layout is told by its look,
 * and a person can say what each column is:
 *
 *   DN    Contact                      Expires  User Agent          a table: headings, cells apart by two blanks, tab, ; , |
 *   4001  sip:4001@10.0.0.5:5061       1800     Zoom/6.6.0
 *
 *   Subscriber : 4001@voice.example                                 blocks: one `key : value` a line
 *   Status     : Registered
 *
 *   4001 sip:4001@10.0.0.5 1800 "Zoom/6.6.0"                        lines: number, URI or address, seconds, the rest
 */
export const listColumns = ['number', 'contact', 'expires', 'agent', 'status'] as const;
export type ListColumn = (typeof listColumns)[number];
/** What a person said: heading, key or `#n` (nth word of a line, from 1) → column; empty = none of them. */
export type ListMapping = ReadonlyMap<string, ListColumn | ''>;

export interface ListEntry {
  /** Index of its first line, and how many it takes. */
  readonly line: number;
  readonly lines: number;
  readonly number: string;
  readonly contact: string;
  /** Seconds, −1 = not told. */
  readonly expires: number;
  readonly agent: string;
  readonly status: string;
}
export interface ListPart {
  /** Heading, key or `#n`. */
  readonly name: string;
  readonly column: ListColumn | '';
  readonly samples: readonly string[];
}
export interface Listing {
  readonly form: 'table' | 'blocks' | 'lines';
  readonly entries: readonly ListEntry[];
  /** How the layout was understood, for asking a person. */
  readonly parts: readonly ListPart[];
  /** The number of entries that the listing itself states. */
  readonly total?: { readonly line: number; readonly count: number };
}

const words: readonly (readonly [ListColumn, RegExp])[] = [
  ['expires', /expir|remaining|restant|\bttl\b|validity|time ?left|time to live/],
  ['status', /^(?:status|state|etat|statut|registration|reg(?:istration)? (?:status|state)|registered|enregistre)/],
  ['agent', /agent|^ua$|device|terminal|\btype\b|product|modele|model\b/],
  [
    'number',
    /^(?:dn|aor|ext|extension|poste|numero|number|directory number|user|user ?name|utilisateur|subscriber|abonne|address of record|sip uri|phone|identity|annuaire)\b|directory|subscriber|extension/,
  ],
  ['contact', /contact|\bip\b|address|adresse|host|location|\buri\b/],
];
const plain = (heading: string): string =>
  heading
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9#]+/g, ' ')
    .trim();

/** Columns by the words of their headings, each once. */
function byWords(headings: readonly string[]): Map<number, ListColumn> {
  const found = new Map<number, ListColumn>();
  for (const [column, form] of words) {
    const place = headings.findIndex((heading, n) => !found.has(n) && form.test(plain(heading)));
    if (place >= 0) found.set(place, column);
  }
  return found;
}

const isUri = (text: string): boolean => /^<?(?:sips?|tel):[^\s<>]{1,300}/i.test(text);
const isAddress = (text: string): boolean =>
  /^<?(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]{3,45}\])(?::\d{1,5})?>?$/i.test(text);
const isNumber = (text: string): boolean => /^\+?\d{2,15}$/.test(text);
const isUser = (text: string): boolean =>
  /^\+?\d{2,15}@[\w.-]{1,200}$/.test(text) || /^[\w.+-]{2,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}$/.test(text);
const seconds = (text: string): number => {
  const [, value, unit] = /^(-?\d{1,7})\s{0,2}(s|sec|secs|seconds|secondes|min|minutes)?\.?$/i.exec(text.trim()) ?? [];
  if (value === undefined) return -1;
  return Math.max(0, Number(value)) * (unit?.toLowerCase().startsWith('m') ? 60 : 1);
};

const totals = [
  /^\W{0,4}(?:total|nombre|number of|count)\b[^\d\n]{0,60}(\d{1,7})\b\D{0,40}$/i,
  /^\W{0,4}(\d{1,7})\s+(?:sip\s+|registered\s+)?(?:entries|entry|devices?|registrations?|users?|subscribers?|phones?|records?|rows?|entrees?|abonnes?|terminaux|enregistrements?)\b.{0,40}$/i,
  /registered (?:subscribers|devices|users)\s{0,3}[:=(]\s{0,3}(\d{1,7})/i,
];
const totalOf = (line: string): number | undefined => {
  const text = line.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  for (const form of totals) {
    const match = form.exec(text);
    if (match) return Number(match[1]);
  }
  return undefined;
};

const isRule = (line: string): boolean => /^[\s|+]*[-=_*]{2,}[-=_*\s|+]*$/.test(line);
const delimiters = ['\t', ';', '|', ','] as const;
const split = (line: string, delimiter: string): string[] =>
  (delimiter === '  '
    ? line.trim().split(/\s{2,}/)
    : line
        .replace(/^\s*\|/, '')
        .replace(/\|\s*$/, '')
        .split(delimiter)
  ).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));

/** Headings further down are none. */
const headWithin = 60;
const mostSamples = 3;

/** Undefined where no line looks like an entry. */
export function readListing(lines: readonly string[], mapping: ListMapping = new Map()): Listing | undefined {
  const total = lines.findIndex((line) => line.length < 200 && totalOf(line) !== undefined);
  const told = total < 0 ? {} : { total: { line: total, count: totalOf(lines[total]!)! } };
  for (const form of [asTable, asBlocks, asLines]) {
    const found = form(lines, mapping);
    if (found && found.entries.length > 0) return { ...found, ...told };
  }
  return undefined;
}

type Read = Omit<Listing, 'total'>;

function entryOf(line: number, count: number, cell: (column: ListColumn) => string): ListEntry | undefined {
  const contact = cell('contact');
  const number = cell('number') || (isUri(contact) ? userPart(contact) : '');
  if (!/[\d@]/.test(number) || number.length > 300) return undefined;
  const expires = seconds(cell('expires'));
  return {
    line,
    lines: count,
    number: userPart(number),
    contact,
    expires,
    agent: cell('agent'),
    status: cell('status'),
  };
}

/** `4001` of `<sip:4001@voice.example;user=phone>`; an e-mail stays whole. */
function userPart(text: string): string {
  const bare = text
    .replace(/^[^<]{0,200}</, '')
    .replace(/^(?:sips?|tel):/i, '')
    .replace(/[>;?].*$/, '')
    .trim();
  const at = bare.indexOf('@');
  return at > 0 && (isNumber(bare.slice(0, at)) || isUri(text)) ? bare.slice(0, at) : bare;
}

function asTable(lines: readonly string[], mapping: ListMapping): Read | undefined {
  for (let head = 0; head < Math.min(lines.length, headWithin); head++) {
    const line = lines[head]!;
    if (line.length > 1000 || isRule(line) || /\d{3}/.test(line)) continue;
    for (const delimiter of [...delimiters, '  ']) {
      const headings = split(line, delimiter);
      if (headings.length < 2 || headings.length > 40) continue;
      const places = byWords(headings);
      headings.forEach((heading, n) => said(mapping, heading, n, places));
      const columns = new Set(places.values());
      if (!columns.has('number') && !columns.has('contact')) continue;
      if (columns.size < 2) continue;
      return tableFrom(lines, head, delimiter, headings, places);
    }
  }
  return undefined;
}

/** What a person said of a part wins, also «none of them». */
function said(mapping: ListMapping, name: string, n: number, places: Map<number, ListColumn>): void {
  const column = mapping.get(name);
  if (column === undefined) return;
  if (column === '') {
    places.delete(n);
    return;
  }
  for (const [place, other] of places) if (other === column) places.delete(place);
  places.set(n, column);
}

function tableFrom(
  lines: readonly string[],
  head: number,
  delimiter: string,
  headings: readonly string[],
  places: ReadonlyMap<number, ListColumn>,
): Read {
  const starts = headings.map((heading) => lines[head]!.indexOf(heading));
  const placeOf = new Map([...places].map(([place, column]) => [column, place]));
  const samples = headings.map((): string[] => []);
  const entries: ListEntry[] = [];
  for (let at = head + 1; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() === '' || isRule(line) || totalOf(line) !== undefined) continue;
    let cells = split(line, delimiter);
    // a cell left blank in a table of blanks: by place, where the heading stands
    if (delimiter === '  ' && cells.length !== headings.length) {
      cells = starts.map((start, n) => line.slice(n === 0 ? 0 : start, starts[n + 1] ?? line.length).trim());
    }
    const entry = entryOf(at, 1, (column) => cells[placeOf.get(column) ?? -1] ?? '');
    if (!entry) continue;
    entries.push(entry);
    cells.forEach((cell, n) => {
      if (samples[n] && samples[n].length < mostSamples && cell !== '') samples[n].push(cell.slice(0, 60));
    });
  }
  const parts = headings.map((name, n) => ({ name, column: places.get(n) ?? ('' as const), samples: samples[n]! }));
  return { form: 'table', entries, parts };
}

const pair = /^\s{0,20}([A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9 ._/'’-]{0,40}?)\s{0,20}[:=]\s{1,20}(\S.{0,400})$/;

function asBlocks(lines: readonly string[], mapping: ListMapping): Read | undefined {
  const keys: string[] = [];
  const known = new Map<string, number>();
  const rows: { readonly line: number; lines: number; readonly cells: Map<number, string> }[] = [];
  let open: (typeof rows)[number] | undefined;
  for (const [at, line] of lines.entries()) {
    const match = line.length < 600 && totalOf(line) === undefined ? pair.exec(line) : null;
    if (!match) {
      if (line.trim() === '') open = undefined;
      continue;
    }
    const [, key = '', value = ''] = match;
    let place = known.get(key);
    if (place === undefined) {
      if (keys.length >= 60) continue;
      known.set(key, (place = keys.length));
      keys.push(key);
    }
    if (!open || open.cells.has(place)) rows.push((open = { line: at, lines: 0, cells: new Map() }));
    open.cells.set(place, value.trim());
    open.lines = at - open.line + 1;
  }
  const places = byWords(keys);
  keys.forEach((key, n) => said(mapping, key, n, places));
  const placeOf = new Map([...places].map(([place, column]) => [column, place]));
  if (!placeOf.has('number') || placeOf.size < 2) return undefined;
  const entries = rows.flatMap(({ line, lines: count, cells }) => {
    const entry = entryOf(line, count, (column) => cells.get(placeOf.get(column) ?? -1) ?? '');
    return entry && cells.has(placeOf.get('number')!) ? [entry] : [];
  });
  const parts = keys.map((name, n) => ({
    name,
    column: places.get(n) ?? ('' as const),
    samples: rows.flatMap(({ cells }) => cells.get(n) ?? []).slice(0, mostSamples),
  }));
  return { form: 'blocks', entries, parts };
}

const word = /"([^"]{0,200})"|<([^<>]{1,300})>|(\S+)/g;
const statusWord =
  /^(?:un|de)?-?(?:registered|register|active|inactive|online|offline|up|down|expired|enregistre|actif|inactif|ok)$/i;

/** Each line by itself, its words told by their look; an indented line goes on with the entry before it. */
function asLines(lines: readonly string[], mapping: ListMapping): Read | undefined {
  const entries: ListEntry[] = [];
  const samples: string[][] = [];
  const chosen = new Map(
    [...mapping].flatMap(([name, column]) => (/^#\d+$/.test(name) ? [[name, column] as const] : [])),
  );
  const seen = new Map<number, Map<ListColumn, number>>();
  let open: { -readonly [Key in keyof ListEntry]: ListEntry[Key] } | undefined;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || line.length > 2000 || isRule(line) || totalOf(line) !== undefined) {
      open = undefined;
      continue;
    }
    const parts = [...line.replace(/[,;|]+(?=\s|$)/g, ' ').matchAll(word)].map(
      (match) => match[1] ?? match[2] ?? match[3] ?? '',
    );
    const told = lookOf(parts, chosen);
    const goesOn = /^\s/.test(line) && open !== undefined && told.number === '';
    if (goesOn && open) {
      open.contact ||= told.contact;
      open.agent ||= told.agent;
      open.status ||= told.status;
      if (open.expires < 0) open.expires = told.expires;
      open.lines = at - open.line + 1;
      continue;
    }
    open = undefined;
    const number = told.number || (isUri(told.contact) ? userPart(told.contact) : '');
    if (number === '' || (told.contact === '' && told.status === '' && told.agent === '')) continue;
    entries.push((open = { line: at, lines: 1, ...told, number: userPart(number) }));
    parts.forEach((part, n) => {
      if (n >= 12) return;
      const own = (samples[n] ??= []);
      if (own.length < mostSamples) own.push(part.slice(0, 60));
      const column = told.places.get(n);
      if (column === undefined) return;
      const counts = seen.get(n) ?? new Map<ListColumn, number>();
      seen.set(n, counts.set(column, (counts.get(column) ?? 0) + 1));
    });
  }
  const parts = samples.map((own, n): ListPart => {
    const counts = [...(seen.get(n) ?? [])].sort((a, b) => b[1] - a[1]);
    return { name: `#${n + 1}`, column: counts[0]?.[0] ?? '', samples: own };
  });
  return {
    form: 'lines',
    entries: entries.map(({ line, lines: count, number, contact, expires, agent, status }) => ({
      line,
      lines: count,
      number,
      contact,
      expires,
      agent,
      status,
    })),
    parts,
  };
}

function lookOf(
  parts: readonly string[],
  chosen: ReadonlyMap<string, ListColumn | ''>,
): Omit<ListEntry, 'line' | 'lines'> & { readonly places: ReadonlyMap<number, ListColumn> } {
  const places = new Map<number, ListColumn>();
  const taken = new Set<number>();
  for (const [name, column] of chosen) {
    const n = Number(name.slice(1)) - 1;
    taken.add(n);
    if (column !== '') places.set(n, column);
  }
  const has = (column: ListColumn): boolean => [...places.values()].includes(column);
  const find = (column: ListColumn, look: (part: string, n: number) => boolean): void => {
    if (has(column)) return;
    const n = parts.findIndex((part, at) => !taken.has(at) && !places.has(at) && look(part, at));
    if (n >= 0) places.set(n, column);
  };
  find('contact', isUri);
  find('contact', isAddress);
  find('number', isNumber);
  find('number', (part) => isUser(part) || isUri(part));
  find('status', (part) => statusWord.test(part.normalize('NFD').replace(/[\u0300-\u036f]/g, '')));
  find('expires', (part) => seconds(part) >= 0);
  find('agent', (part) => /[A-Za-z]{2}.*\/.*\d/.test(part) && !isUri(part));
  find('agent', (part) => /zoom/i.test(part));
  const cell = (column: ListColumn): string => {
    for (const [n, own] of places) if (own === column) return parts[n] ?? '';
    return '';
  };
  return {
    number: cell('number'),
    contact: cell('contact'),
    expires: seconds(cell('expires')),
    agent: cell('agent'),
    status: cell('status'),
    places,
  };
}

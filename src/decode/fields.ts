/**
 * Keys and values of structured log lines, in whatever form: logfmt or JSON. Key names differ between programs, so each
 * meaning has a list of names, looked for without regard to case.
 */
import { levelOf, severityLevel, type Level } from './level';
import { type Stamp } from './stamp';
import { readWhole } from './timestamp';

/** Keys in lower case, dotted where nested. A Map: keys come from the file (`__proto__`). */
export type Fields = ReadonlyMap<string, string>;

const timeKeys = [
  'time',
  'ts',
  'timestamp',
  '@timestamp',
  't',
  'datetime',
  'date',
  'asctime',
  'eventtime',
  'event_time',
  'started_at',
  '__realtime_timestamp',
  'requestreceivedtimestamp',
  'edgestarttimestamp',
  'timeunixnano',
];
const levelKeys = [
  'level',
  'lvl',
  'severity',
  'loglevel',
  'log.level',
  'log_level',
  'levelname',
  'level_name',
  'severitytext',
];
export const messageKeys = ['msg', 'message', '@message', 'log', 'event', 'text'];
export const errorKeys = ['err', 'error', 'error.message', 'exception'];

/** The value of the first key that is there; keys one level down (`fields.message`) count as well. */
export function pick(fields: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = fields.get(key);
    if (value !== undefined && value !== '') return value;
  }
  for (const key of fields.keys()) {
    const dot = key.indexOf('.');
    if (dot <= 0 || !keys.includes(key.slice(dot + 1))) continue;
    const value = fields.get(key);
    if (value) return value;
  }
  return undefined;
}

export function fieldsTime(fields: Fields, stamp: Stamp): boolean {
  for (const key of timeKeys) {
    const value = fields.get(key);
    if (value !== undefined && readWhole(/^\d{19}$/.test(value) ? value.slice(0, 16) : value, stamp)) return true;
  }
  const nested = pick(fields, timeKeys);
  return nested !== undefined && readWhole(nested, stamp);
}

export function fieldsLevel(fields: Fields): Level {
  const named = pick(fields, levelKeys);
  const level = named === undefined ? 0 : levelOf(named);
  if (level !== 0) return level;
  const severity = fields.get('priority');
  return severity !== undefined && /^[0-7]$/.test(severity) ? severityLevel(Number(severity)) : 0;
}

const mostFields = 200;

/** Lines of one log share their keys. */
const lowered = new Map<string, string>();
function lower(key: string): string {
  let small = lowered.get(key);
  if (small === undefined) {
    small = key.toLowerCase();
    if (lowered.size < 5000) lowered.set(key, small);
  }
  return small;
}

/** A JSON object as fields, nested keys joined with dots down to three levels; undefined where the text is no object. */
export function jsonFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? fieldsOf(value) : undefined;
  } catch {
    // no JSON, or nested deeper than the stack
    return undefined;
  }
}

function fieldsOf(value: object): Fields {
  const fields = new Map<string, string>();
  const walk = (object: Readonly<Record<string, unknown>>, prefix: string, depth: number): void => {
    for (const key in object) {
      if (fields.size >= mostFields) return;
      const entry = object[key];
      const name = prefix === '' ? lower(key) : prefix + lower(key);
      if (typeof entry === 'string') fields.set(name, entry);
      else if (typeof entry === 'number' || typeof entry === 'boolean') fields.set(name, String(entry));
      else if (Array.isArray(entry)) fields.set(name, JSON.stringify(entry).slice(0, 1000));
      else if (typeof entry === 'object' && entry !== null && depth < 3) {
        walk(entry as Readonly<Record<string, unknown>>, `${name}.`, depth + 1);
      }
    }
  };
  walk(value as Readonly<Record<string, unknown>>, '', 1);
  return fields;
}

/**
 * Go's log/slog TextHandler and its kin: `time=2026-11-12T08:00:00Z level=ERROR msg="no such host" peer.addr=10.1.2.3:443`.
 * Values may be quoted with `\"`, `\n`, `\\`, `\u00e9`, `\x1b`; words without `=` are passed over.
 */
export function logfmtFields(text: string, from = 0, to = text.length): Fields {
  const fields = new Map<string, string>();
  let at = from;
  while (at < to && fields.size < mostFields) {
    while (at < to && text.charCodeAt(at) <= 32) at++;
    const start = at;
    let code = 0;
    while (at < to && (code = text.charCodeAt(at)) > 32 && code !== 61 && code !== 34) at++;
    if (code !== 61 || at >= to || at === start) {
      // a word, or a stray quote
      while (at < to && text.charCodeAt(at) > 32) at++;
      continue;
    }
    const key = text.slice(start, at).toLowerCase();
    at++;
    if (text.charCodeAt(at) === 34) {
      const end = closingQuote(text, at + 1, to);
      if (!fields.has(key)) fields.set(key, unescape(text.slice(at + 1, end)));
      at = end + 1;
    } else {
      const valueAt = at;
      while (at < to && text.charCodeAt(at) > 32) at++;
      if (!fields.has(key)) fields.set(key, text.slice(valueAt, at));
    }
  }
  return fields;
}

/** Index of the quote that ends a Go string begun before `at`; `to` where none does. */
export function closingQuote(text: string, at: number, to: number): number {
  for (let next = at; next < to; next++) {
    const code = text.charCodeAt(next);
    if (code === 92) next++;
    else if (code === 34) return next;
  }
  return to;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };
const unescape = (value: string): string =>
  value.includes('\\')
    ? value.replace(
        /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(.))/gis,
        (whole, wide?: string, byte?: string, sign?: string) => {
          if (wide ?? byte) return String.fromCharCode(parseInt((wide ?? byte)!, 16));
          return escapes[sign!] ?? whole;
        },
      )
    : value;

/**
 * Levels of log lines: `level=ERROR`, `level=WARN+2` (log/slog), `[WRN]`, `local.ERROR:`, `<3>` (syslog priority,
 * RFC 5424 §6.2.1), `"level":50` (bunyan, pino), `E1112` (glog).
 */

/** 0 none, 1 trace, 2 debug, 3 info, 4 warning, 5 error, 6 fatal: the codes of `evidence/schema.ts`. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const words: Readonly<Record<Exclude<Level, 0>, readonly string[]>> = {
  1: ['trace', 'trc', 'verbose', 'finest', 'finer', 'silly'],
  2: ['debug', 'dbg', 'fine', 'debug1', 'debug2'],
  3: ['info', 'inf', 'information', 'informational', 'notice', 'note', 'config', 'log'],
  4: ['warn', 'warning', 'wrn', 'avertissement'],
  5: ['error', 'err', 'eror', 'erreur', 'severe', 'failure'],
  6: ['fatal', 'ftl', 'crit', 'critical', 'critique', 'alert', 'emerg', 'emergency', 'panic', 'dpanic'],
};
const byWord = new Map(
  Object.entries(words).flatMap(([level, names]) =>
    names.map((name): [string, Level] => [name, Number(level) as Level]),
  ),
);
const byLetter: Readonly<Record<string, Level>> = { T: 1, V: 1, D: 2, I: 3, N: 3, W: 4, E: 5, S: 5, F: 6, C: 6, A: 6 };

/** The level that a word, a letter or a number of bunyan and pino names; 0 where it names none. */
export function levelOf(word: string): Level {
  const known = byWord.get(word) ?? byWord.get(word.toLowerCase());
  if (known !== undefined) return known;
  if (word.length === 1) return byLetter[word] ?? 0;
  // slog's own levels: DEBUG-4, ERROR+2
  const shifted = /^([a-z]+)([+-]\d{1,3})$/i.exec(word);
  if (shifted) {
    const base = byWord.get(shifted[1]!.toLowerCase()) ?? 0;
    return base === 2 && Number(shifted[2]) <= -4 ? 1 : base;
  }
  const value = /^\d0$/.test(word) ? Number(word) / 10 : 0;
  return value >= 1 && value <= 6 ? (value as Level) : 0;
}

/** The same of a word in a text, quotes aside; one log has few of them. */
export function levelAt(text: string, start: number, end: number): Level {
  for (const { word, level } of met) if (word.length === end - start && text.startsWith(word, start)) return level;
  const word = text.slice(start, end);
  const level = levelOf(word.replaceAll('"', ''));
  if (level !== 0 && met.length < 16) met.push({ word, level });
  return level;
}
const met: { readonly word: string; readonly level: Level }[] = [];

/** Severity of RFC 5424: 0 emergency … 7 debug. */
export const severityLevel = (severity: number): Level => ([6, 6, 6, 5, 4, 3, 3, 2] as const)[severity & 7] ?? 0;

const key =
  /(?:^|[\s{,"'(|;])(?:log[._-]?)?(?:level|lvl|severity|loglevel|prio)["']? ?[=:] ?["']?([A-Za-z]{1,13}(?:[+-]\d{1,3})?|\d{2})/i;
const keyWords = ['lvl', 'prio', 'level', 'severity', 'loglvl', 'logprio', 'loglevel', 'logseverity'];
/** Levels as running text writes them; `log` and `config` are words there. */
const textWords =
  'trace debug dbg verbose info inf notice note warning warn wrn error err severe fatal critical crit alert emergency emerg panic avertissement erreur'.split(
    ' ',
  );
/** Of each first letter, a … z: the lengths of the words that begin with it, a bit each. */
const lengthsOf = (list: readonly string[]): Int32Array => {
  const lengths = new Int32Array(26);
  for (const one of list) lengths[one.charCodeAt(0) - 97]! |= 1 << one.length;
  return lengths;
};
const keyLengths = lengthsOf(keyWords);
const isKeyWord = new Set(keyWords);
const textLengths = lengthsOf(textWords);
const isTextWord = new Set(textWords);
const signs = (text: string): Uint8Array => {
  const set = new Uint8Array(128);
  for (const sign of `${text} \t\n\v\f\r`) set[sign.charCodeAt(0)] = 1;
  return set;
};
/** Before and behind a level in running text. */
const opening = signs('[<(|.,:>');
const closing = signs(']>):|,;');
const stands = (code: number, among: Uint8Array): boolean =>
  code < 128 ? among[code] === 1 : /\s/.test(String.fromCharCode(code));
const word = new RegExp(`(?<=^|[\\s[<(|.,:>])(?:${textWords.join('|')})(?=[\\]\\s>):|,;]|$)`, 'i');
const mark = /^[\s:|-]{0,3}[[<(]?([TDIWEF])(?:[\])>]|[ /:](?=\S))/;
const before = /(?:^|[\s|])[[<]([TDIWEF])[\]>]\s?$/;
const priority = /^<(\d{1,3})>/;

/** The level of a plain line; `body` is where its stamp ends. */
export function lineLevel(text: string, from: number, stampAt: number, body: number, to: number): Level {
  const end = Math.min(to, body + 160);
  const worded = wordLevel(text, body, end);
  if (worded !== 0) return worded;
  const letter = mark.exec(text.slice(body, Math.min(end, body + 6)));
  if (letter) return levelOf(letter[1]!);
  if (stampAt > from) {
    const head = text.slice(from, Math.min(stampAt, from + 80));
    const lettered = before.exec(head);
    if (lettered) return levelOf(lettered[1]!);
    const rank = priority.exec(head);
    if (rank) return severityLevel(Number(rank[1]));
    const first = word.exec(head);
    if (first && (first[0] === first[0].toUpperCase() || head.charCodeAt(first.index - 1) === 91))
      return levelOf(first[0]);
  }
  return 0;
}

/** Goes from word to word: expressions for this took a tenth of the time of reading a log. */
function wordLevel(text: string, from: number, to: number): Level {
  let level: Level = 0;
  let keyed = true;
  for (let at = from; at < to; at++) {
    const first = (text.charCodeAt(at) | 32) - 97;
    if (first < 0 || first > 25) continue;
    const start = at;
    while (++at < to && isLetter(text.charCodeAt(at)));
    const length = at - start > 13 ? 0 : 1 << (at - start);
    if (keyed && (keyLengths[first]! & length) !== 0 && isKeyWord.has(text.slice(start, at).toLowerCase())) {
      // a key with a level goes before any word, wherever it stands
      const named = key.exec(text.slice(from, to));
      const own = named ? levelOf(named[1]!) : 0;
      if (own !== 0) return own;
      keyed = !named && at < to;
    }
    if (level !== 0 || (textLengths[first]! & length) === 0) continue;
    const previous = start > from ? text.charCodeAt(start - 1) : 32;
    const next = at < to ? text.charCodeAt(at) : 32;
    if (!stands(previous, opening) || !stands(next, closing)) continue;
    const found = textWord(text, start, at - start);
    if (found && (found.shouted || isLevel(previous, next, text, from, start))) level = found.level;
  }
  return level;
}

interface TextWord {
  readonly word: string;
  readonly level: Level;
  readonly shouted: boolean;
}
/** As logs write them; one log has few. */
const metWords: TextWord[] = [];

function textWord(text: string, start: number, length: number): TextWord | undefined {
  for (const one of metWords) if (one.word.length === length && text.startsWith(one.word, start)) return one;
  const word = text.slice(start, start + length);
  if (!isTextWord.has(word.toLowerCase())) return undefined;
  const one = { word, level: levelOf(word), shouted: word === word.toUpperCase() };
  if (metWords.length < 16) metWords.push(one);
  return one;
}

/** In running text «error» is a word; as a level it is capital, enclosed, before a colon, or comes first. */
const isLevel = (previous: number, next: number, text: string, from: number, start: number): boolean =>
  next === 58 ||
  enclosures.some(([left, right]) => previous === left && next === right) ||
  /^[\s|:\]-]*(?:\S{0,60}[\d\]>):|,][\s|]+)?$/.test(text.slice(from, start));
const enclosures = [
  [91, 93],
  [60, 62],
  [40, 41],
  [124, 124],
] as const;
const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;

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

/** Severity of RFC 5424: 0 emergency … 7 debug. */
export const severityLevel = (severity: number): Level => ([6, 6, 6, 5, 4, 3, 3, 2] as const)[severity & 7] ?? 0;

const key =
  /(?:^|[\s{,"'(|;])(?:log[._-]?)?(?:level|lvl|severity|loglevel|prio)["']? ?[=:] ?["']?([A-Za-z]{1,13}(?:[+-]\d{1,3})?|\d{2})/i;
const word =
  /(?<=^|[\s[<(|.,:>])(?:trace|debug|dbg|verbose|info|inf|notice|note|warning|warn|wrn|error|err|severe|fatal|critical|crit|alert|emergency|emerg|panic|avertissement|erreur)(?=[\]\s>):|,;]|$)/gi;
const mark = /^[\s:|-]{0,3}[[<(]?([TDIWEF])(?:[\])>]|[ /:](?=\S))/;
const before = /(?:^|[\s|])[[<]([TDIWEF])[\]>]\s?$/;
const priority = /^<(\d{1,3})>/;

/** The level of a plain line; `body` is where its stamp ends. */
export function lineLevel(text: string, from: number, stampAt: number, body: number, to: number): Level {
  const rest = text.slice(body, Math.min(to, body + 160));
  const named = key.exec(rest);
  if (named) {
    const level = levelOf(named[1]!);
    if (level !== 0) return level;
  }
  word.lastIndex = 0;
  for (let match = word.exec(rest); match; match = word.exec(rest)) {
    const found = match[0];
    const at = match.index;
    const next = rest.charCodeAt(at + found.length);
    const previous = at > 0 ? rest.charCodeAt(at - 1) : 32;
    // in running text «error» is a word; as a level it is capital, enclosed, before a colon, or comes first
    const shouted = found === found.toUpperCase();
    const enclosed =
      (previous === 91 && next === 93) ||
      (previous === 60 && next === 62) ||
      (previous === 40 && next === 41) ||
      (previous === 124 && next === 124);
    if (shouted || enclosed || next === 58 || /^[\s|:\]-]*(?:\S{0,60}[\d\]>):|,][\s|]+)?$/.test(rest.slice(0, at)))
      return levelOf(found);
  }
  const letter = mark.exec(rest);
  if (letter) return levelOf(letter[1]!);
  if (stampAt > from) {
    const head = text.slice(from, Math.min(stampAt, from + 80));
    const lettered = before.exec(head);
    if (lettered) return levelOf(lettered[1]!);
    const rank = priority.exec(head);
    if (rank) return severityLevel(Number(rank[1]));
    word.lastIndex = 0;
    const worded = word.exec(head);
    if (worded && (worded[0] === worded[0].toUpperCase() || head.charCodeAt(worded.index - 1) === 91))
      return levelOf(worded[0]);
  }
  return 0;
}

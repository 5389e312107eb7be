/** Names of members are labels: made fit to be shown, told where they are unusual, and joined to paths. */

/** Left to right overrides and embeddings, which turn text around them; zero-width and byte-order marks. */
const bidi = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
const unseen = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu;

export interface ShownName {
  readonly name: string;
  /** What is unusual about it. */
  readonly odd: readonly string[];
}

export function shownName(stored: string, maxLength: number): ShownName {
  const odd: string[] = [];
  const segments = stored.split(/[/\\]/);
  if (stored.includes('\0')) odd.push('NUL');
  else if (/[\u0000-\u001f\u007f-\u009f]/.test(stored)) odd.push('control character');
  if (bidi.test(stored)) odd.push('bidirectional or invisible character');
  if (segments.includes('..')) odd.push('..');
  if (/^[/\\]/.test(stored)) odd.push('absolute');
  if (/^[a-z]:/i.test(stored)) odd.push('drive letter');
  if (segments.some((segment) => ['__proto__', 'constructor', 'prototype'].includes(segment)))
    odd.push('reserved word');
  let name = stored.replace(unseen, glyph);
  while (name.startsWith('./')) name = name.slice(2);
  name = name.replace(/\/+$/, '');
  if (name === '' || name === '.') name = '.';
  if (stored === '') odd.push('empty');
  if (name.length > maxLength) {
    odd.push(`${stored.length} characters`);
    name = `${name.slice(0, maxLength - 1)}…`;
  }
  return { name, odd };
}

/** A visible sign for what has none: `␀` for NUL, `‹202E›` for a turn of direction. */
function glyph(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** What a compressed stream holds is named after it: `messages.1.gz` → `messages.1`, `logs.txz` → `logs.tar`. */
export function streamMember(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const archive = /^(.+)\.(?:t[gx]z|taz|tlz|tbz2?|tzst)$/i.exec(name);
  if (archive) return `${archive[1]}.tar`;
  return /^(.+)\.(?:xz|gz|z|lzma)$/i.exec(name)?.[1] ?? name;
}

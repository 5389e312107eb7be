/**
 * A SIP message as text (RFC 3261 §7), all of it in its order, for views: start line, headers unfolded with their long
 * names, body. The columns of the tables come from `sip.ts`, which reads the same grammar from bytes.
 */
import { compactForms } from './sip-names';

export interface SipHeader {
  /** As written. */
  readonly name: string;
  /** Lower case, compact forms written out. */
  readonly long: string;
  /** One line, however it was folded. */
  readonly value: string;
}

export interface SipText {
  readonly start: string;
  /** Request method, empty in a response. */
  readonly method: string;
  readonly uri: string;
  /** 0 in a request. */
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly SipHeader[];
  /** Lines among the headers that are none. */
  readonly odd: readonly string[];
  readonly body: string;
  /** Index of the body in the text; the text's length where the empty line is missing. */
  readonly bodyAt: number;
}

/** Reads any text; what is not there is empty. */
export function parseMessage(text: string): SipText {
  let at = 0;
  const line = (): string | undefined => {
    if (at >= text.length) return undefined;
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const result = text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end);
    at = next < 0 ? text.length : next + 1;
    return result;
  };
  while (text[at] === '\r' || text[at] === '\n') at++;
  const start = line() ?? '';
  const lines: string[] = [];
  let bodyAt = text.length;
  for (let next = line(); next !== undefined; next = line()) {
    if (next === '') {
      bodyAt = at;
      break;
    }
    if (/^[ \t]/.test(next) && lines.length > 0) lines[lines.length - 1] += ` ${next.trimStart()}`;
    else lines.push(next);
  }
  const headers: SipHeader[] = [];
  const odd: string[] = [];
  for (const one of lines) {
    const colon = one.indexOf(':');
    const name = one.slice(0, Math.max(0, colon)).trim();
    if (name === '' || /\s/.test(name)) {
      odd.push(one);
      continue;
    }
    const long = name.toLowerCase();
    headers.push({ name, long: compactForms.get(long) ?? long, value: one.slice(colon + 1).trim() });
  }
  return { start, ...startLine(start), headers, odd, body: text.slice(bodyAt), bodyAt };
}

function startLine(start: string): Pick<SipText, 'method' | 'uri' | 'status' | 'reason'> {
  const words = start.trim().split(/[ \t]+/);
  if (/^SIP\/\d/i.test(start)) {
    const status = Number(words[1]);
    const isNumber = Number.isInteger(status) && status > 0;
    return { method: '', uri: '', status: isNumber ? status : 0, reason: words.slice(2).join(' ') };
  }
  const hasVersion = /^SIP\/\d/i.test(words.at(-1) ?? '');
  return { method: words[0] ?? '', uri: words.slice(1, hasVersion ? -1 : undefined).join(' '), status: 0, reason: '' };
}

/**
 * Who sent a SIP message that a log prints, and to whom: from the words around it where they say so, else from the
 * message itself (top Via, Contact, request URI), which is only inferred.
 */
import { span, type SipMessage } from './sip-message';

export interface End {
  /** Address or name; empty where nothing says. */
  readonly host: string;
  readonly port: number;
}
const nobody: End = { host: '', port: 0 };
const host = String.raw`(?:\[[0-9A-Fa-f:.]{2,45}\]|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})`;
const endpoint = String.raw`(${host}(?:[:/]\d{1,5})?)`;
const between = String.raw`[^\n\d]{0,40}?`;
const anyEnd = new RegExp(endpoint, 'g');
const arrow = new RegExp(String.raw`${endpoint}\s{0,4}(?:-{1,8}>|=>|→|to)\s{0,4}${endpoint}`, 'i');
const backArrow = new RegExp(String.raw`${endpoint}\s{0,4}(?:<-{1,8}|<=|←)\s{0,4}${endpoint}`, 'i');
const bothWays = new RegExp(
  String.raw`\b(?:from|src|source)\b${between}${endpoint}[^\n]{0,40}?\b(?:to|dst|dest(?:ination)?)\b${between}${endpoint}`,
  'i',
);
const bothBack = new RegExp(
  String.raw`\b(?:to|dst|dest(?:ination)?)\b${between}${endpoint}[^\n]{0,40}?\b(?:from|src|source)\b${between}${endpoint}`,
  'i',
);
const received = new RegExp(
  String.raw`\b(?:received|receive|recv|rcvd|rx|incoming|inbound|in|from|got)\b${between}${endpoint}`,
  'i',
);
const sent = new RegExp(
  String.raw`\b(?:sent|send|sending|tx|xmit|outgoing|outbound|out|to)\b${between}${endpoint}`,
  'i',
);

/** Direction and far end from the words before a message; `near` is empty where they do not name it. */
export interface Said {
  readonly isSent: boolean;
  readonly far: End;
  readonly near: End;
}

/** `words`: the text of the record before the message, its last lines. */
export function saidEnds(words: string): { readonly from: End; readonly to: End } | Said | undefined {
  const text = words.slice(-400);
  const forward = arrow.exec(text) ?? bothWays.exec(text);
  if (forward) return { from: endOf(forward[1]!), to: endOf(forward[2]!) };
  const back = backArrow.exec(text) ?? bothBack.exec(text);
  if (back) return { from: endOf(back[2]!), to: endOf(back[1]!) };
  const [into, out] = [received.exec(text), sent.exec(text)];
  const match = into && out ? (out.index > into.index ? out : into) : (into ?? out);
  if (!match) return undefined;
  const isSent = match === out;
  const others = [...text.matchAll(anyEnd)].map(([one]) => one).filter((one) => one !== match[1]);
  return { isSent, far: endOf(match[1]!), near: others.length > 0 ? endOf(others[others.length - 1]!) : nobody };
}

/** What a person said of a trace that this file does not understand: words of its records, and who wrote it. */
export interface Stated {
  readonly sent: readonly string[];
  readonly received: readonly string[];
  /** Empty where it was not said. */
  readonly near: End;
}

/** The last of the stated words decides; the far end is another address of the record. */
export function statedEnds(words: string, { sent, received, near }: Stated): Said | undefined {
  const text = words.slice(-400);
  const last = (list: readonly string[]): number => Math.max(-1, ...list.map((word) => text.lastIndexOf(word)));
  const [out, into] = [last(sent), last(received)];
  if (out < 0 && into < 0) return undefined;
  const others = [...text.matchAll(anyEnd)].map(([one]) => endOf(one)).filter(({ host }) => host !== near.host);
  return { isSent: out > into, far: others[others.length - 1] ?? nobody, near };
}

export function endOf(text: string): End {
  const match = /^\[([^\]]{1,60})\](?:[:/](\d{1,5}))?$|^([^:/\s[\]]{1,255})(?:[:/](\d{1,5}))?$/.exec(text.trim());
  if (!match) return nobody;
  const port = Number(match[2] ?? match[4] ?? 0);
  return { host: (match[1] ?? match[3] ?? '').toLowerCase(), port: port > 65_535 ? 0 : port };
}

/** The host of `sip:user@host:port;…`. */
export function endOfUri(uri: string): End {
  const rest = uri.replace(/^[A-Za-z][A-Za-z0-9+.-]{0,15}:/, '').replace(/[;?>].*$/s, '');
  const end = endOf(rest.slice(rest.lastIndexOf('@') + 1));
  return end.host === '' || end.port > 0 ? end : { ...end, port: /^sips:/i.test(uri) ? 5061 : 5060 };
}

const latin1 = new TextDecoder('windows-1252');

/** What the message says of its ends: a request goes from its top Via to its URI, a response back to the Via. */
export function messageEnds(message: SipMessage, bytes: Uint8Array): { readonly from: End; readonly to: End } {
  const text = (place: number): string =>
    latin1.decode(bytes.subarray(message.spans[place]!, message.spans[place + 1]!));
  const via = endOf(text(span.sentBy));
  const near = via.host === '' || via.port > 0 ? via : { ...via, port: 5060 };
  return message.status > 0
    ? { from: endOfUri(text(span.contact)), to: near }
    : { from: near, to: endOfUri(text(span.requestUri)) };
}

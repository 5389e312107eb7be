/** What a message carries, for its arrow: media, hold and retrieve, expiry, credentials, cause. */
import { directions, messageFlags } from '../evidence/schema';
import { per } from './per';
import type { View } from './view';

export type Hold = 'hold' | 'retrieve';

/**
 * Changes of a running call that put it on hold, or take it back (RFC 3264 §8.4; `0.0.0.0` is the form before it): an
 * offer that only sends, or does neither, after an answer; then the same side's offer that sends and receives.
 */
export function holdsOf(view: View, rows: readonly number[]): ReadonlyMap<number, Hold> {
  const { evidence, links } = view;
  const { messages, media, strings } = evidence;
  const found = new Map<number, Hold>();
  const answered = new Set<number>();
  const held = new Set<string>();
  for (const row of rows) {
    const leg = links.legOf[row]!;
    const first = firstMedia(view).get(row);
    if (messages.status[row]! >= 200 && messages.status[row]! < 300 && first !== undefined) answered.add(leg);
    if (first === undefined || !answered.has(leg) || messages.status[row] !== 0 || !isOffer(view, row)) continue;
    const direction = directions[media.direction[first]!];
    const isHeld =
      direction === 'sendonly' || direction === 'inactive' || strings.text(media.address[first]!) === '0.0.0.0';
    const side = `${leg} ${messages.fromTag[row]}`;
    if (isHeld && !held.has(side)) found.set(row, 'hold');
    else if (!isHeld && held.has(side) && media.port[first]! > 0) found.set(row, 'retrieve');
    if (isHeld) held.add(side);
    else held.delete(side);
  }
  return found;
}

/** What the arrow carries, in the words of the protocol: `SAVP PCMA PCMU`, `sendonly`, `expires 300`, `Q.850 cause 16`. */
export function summary(view: View, row: number, hold: Hold | undefined): string {
  const { media, messages, strings } = view.evidence;
  const parts: string[] = [];
  const first = firstMedia(view).get(row) ?? media.length;
  for (let line = first; line < media.length && media.message[line] === row; line++) {
    const kind = strings.text(media.kind[line]!);
    const codecs = strings
      .text(media.formats[line]!)
      .split(', ')
      .map((format) => format.replace(/^\d+ /, '').replace(/\/\d+.*$/, ''))
      // a dynamic format without a name says nothing
      .filter((codec) => codec !== 'telephone-event' && !/^\d*$/.test(codec));
    const direction = directions[media.direction[line]!] ?? '';
    const profile = strings.text(media.profile[line]!);
    parts.push(
      [
        kind === 'audio' ? '' : kind === 'image' ? 'T.38' : kind,
        media.port[line] === 0 ? 'port 0' : '',
        profile === 'RTP/AVP' ? '' : profile.replace(/^.*\//, ''),
        codecs.slice(0, 3).join(' '),
        direction === 'sendrecv' ? '' : direction,
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  }
  if (parts.length > 0) parts.push(isOffer(view, row) ? 'offer' : 'answer');
  if (hold) parts.unshift(hold);
  const isRegister = strings.text(messages.method[row]!) === 'REGISTER';
  if (isRegister && messages.expires[row]! >= 0) parts.push(`expires ${messages.expires[row]}`);
  if (messages.status[row] === 0 && (messages.flags[row]! & messageFlags.credentials) !== 0) {
    parts.push('with credentials');
  }
  const cause = reasons(view).get(row);
  if (cause) parts.push(cause);
  return parts.filter((part) => part !== '').join(' · ');
}

/** RFC 3264: a request offers, unless it is the ACK of an INVITE that did not; a response answers what was offered. */
function isOffer(view: View, row: number): boolean {
  const { messages, strings } = view.evidence;
  if (messages.status[row] === 0) return strings.text(messages.method[row]!) !== 'ACK';
  const request = view.links.transactions.request[view.links.transactionOf[row]!] ?? -1;
  return request >= 0 && !firstMedia(view).has(request);
}

/** `Q.850 cause 16` or `SIP cause 200` of messages with a Reason header (RFC 3326). */
const reasons = per(({ evidence: { fields, strings } }: View): ReadonlyMap<number, string> => {
  const found = new Map<number, string>();
  const name = strings.find('reason');
  for (let row = 0; name > 0 && row < fields.length; row++) {
    if (fields.name[row] !== name || found.has(fields.message[row]!)) continue;
    const [protocol = '', ...parameters] = strings.text(fields.value[row]!).slice(0, 1000).split(';');
    const cause = parameters.map((one) => /^\s*cause=(\d{1,3})\b/i.exec(one)?.[1]).find((one) => one !== undefined);
    if (cause !== undefined) found.set(fields.message[row]!, `${protocol.trim().slice(0, 12)} cause ${cause}`);
  }
  return found;
});

/** First m-line of each message that has one. */
const firstMedia = per(({ evidence: { media } }: View): ReadonlyMap<number, number> => {
  const first = new Map<number, number>();
  for (let line = media.length - 1; line >= 0; line--) first.set(media.message[line]!, line);
  return first;
});

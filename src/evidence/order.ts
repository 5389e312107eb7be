/**
 * The order of messages: corrected time, then as the files have it. Where a response carries the very stamp of its
 * request but stands before it (several capture queues, whole-second clocks), the request goes first.
 */
import type { Evidence } from './evidence';
import { messageTexts } from './skew';

type Messages = Evidence['messages'];

/** Behind the sighting whose time it takes, so that the one with a time of its own stays the first. */
const behind = 1;

/**
 * Every message has a time here, so every comparison is total. One without (a trace that prints none) takes that of the
 * same bytes where another artifact saw them, the n-th copy that of the n-th; else that of the row before it.
 */
export function settledTimes(evidence: Evidence, corrected: Float64Array): Float64Array {
  const { messages } = evidence;
  if (corrected.subarray(0, messages.length).every(Number.isFinite)) return corrected;
  const result = corrected.slice();
  const texts = messageTexts(evidence);
  const wanted = new Uint8Array(texts.count);
  for (let row = 0; row < messages.length; row++) if (!Number.isFinite(corrected[row])) wanted[texts.of[row]!] = 1;
  /** Per text the artifact whose sightings lend their times, and these. */
  const lenders = new Map<number, { readonly artifact: number; readonly times: number[] }>();
  for (let row = 0; row < messages.length; row++) {
    if (wanted[texts.of[row]!] === 0 || !Number.isFinite(corrected[row])) continue;
    const lender = lenders.get(texts.of[row]!);
    if (!lender) lenders.set(texts.of[row]!, { artifact: messages.artifact[row]!, times: [corrected[row]!] });
    else if (lender.artifact === messages.artifact[row]) lender.times.push(corrected[row]!);
  }
  const copies = new Map<number, number>();
  for (let row = 0, first = 0; row < messages.length; row++) {
    const follows = row > 0 && messages.artifact[row] === messages.artifact[row - 1];
    if (!follows) {
      first = row;
      copies.clear();
    }
    if (Number.isFinite(result[row])) continue;
    const text = texts.of[row]!;
    const lent = lenders.get(text)?.times;
    if (!lent) {
      result[row] = follows ? result[row - 1]! : 0;
      continue;
    }
    const copy = copies.get(text) ?? 0;
    copies.set(text, copy + 1);
    result[row] = lent[Math.min(copy, lent.length - 1)]! + behind;
    // what stands before the first that is known happened no later
    for (let before = row - 1; before >= first && result[before] === 0; before--) result[before] = result[row]!;
  }
  return result;
}

/** Message rows by `times`. Stable natural merge sort: files are nearly sorted, so this is nearly linear. */
export function orderMessages(messages: Messages, times: Float64Array): Uint32Array {
  const length = messages.length;
  let from = new Uint32Array(length);
  for (let row = 0; row < length; row++) from[row] = row;
  let starts: number[] = [];
  for (let row = 0; row < length; row++) if (row === 0 || times[row]! < times[row - 1]!) starts.push(row);
  let to = new Uint32Array(length);
  while (starts.length > 1) {
    const next: number[] = [];
    for (let run = 0; run < starts.length; run += 2) {
      const left = starts[run]!;
      const right = starts[run + 1] ?? length;
      const end = starts[run + 2] ?? length;
      next.push(left);
      let a = left;
      let b = right;
      for (let at = left; at < end; at++) {
        to[at] = b >= end || (a < right && times[from[a]!]! <= times[from[b]!]!) ? from[a++]! : from[b++]!;
      }
    }
    [from, to] = [to, from];
    starts = next;
  }
  for (let at = 1, start = 0; at <= length; at++) {
    if (at < length && times[from[at]!] === times[from[start]!]) continue;
    if (at - start > 1) causal(messages, from, start, at);
    start = at;
  }
  return from;
}

/** Within one stamp: puts requests before their responses where a response stands first; all else stays. */
function causal(messages: Messages, order: Uint32Array, start: number, end: number): void {
  if (end - start <= 32 && !disordered(messages, order, start, end)) return;
  const groups = new Map<string, number[]>();
  for (let at = start; at < end; at++) {
    const row = order[at]!;
    const key = `${messages.callId[row]} ${messages.cseq[row]} ${messages.method[row]}`;
    const places = groups.get(key);
    if (places) places.push(at);
    else groups.set(key, [at]);
  }
  for (const places of groups.values()) {
    const rows = places.map((at) => order[at]!);
    const first = rows.findIndex((row) => messages.status[row] === 0);
    if (first < 1) continue;
    const sorted = [...rows].sort((a, b) => messages.status[a]! - messages.status[b]!);
    places.forEach((at, n) => (order[at] = sorted[n]!));
  }
}

function disordered(messages: Messages, order: Uint32Array, start: number, end: number): boolean {
  const { callId, cseq, method, status } = messages;
  for (let at = start; at < end; at++) {
    const row = order[at]!;
    if (status[row] === 0) continue;
    for (let later = at + 1; later < end; later++) {
      const other = order[later]!;
      if (status[other] !== 0 || callId[other] !== callId[row]) continue;
      if (cseq[other] === cseq[row] && method[other] === method[row]) return true;
    }
  }
  return false;
}

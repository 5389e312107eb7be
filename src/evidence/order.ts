/**
 * The order of messages: corrected time, then as the files have it. Where a response carries the very stamp of its
 * request but stands before it (several capture queues, whole-second clocks), the request goes first.
 */
import type { Evidence } from './evidence';

type Messages = Evidence['messages'];

/** A message without a time takes that of the row before it in its artifact, so every comparison is total. */
export function settledTimes(messages: Messages, corrected: Float64Array): Float64Array {
  let result = corrected;
  for (let row = 0; row < messages.length; row++) {
    if (Number.isFinite(result[row])) continue;
    if (result === corrected) result = corrected.slice();
    const follows = row > 0 && messages.artifact[row] === messages.artifact[row - 1];
    result[row] = follows ? result[row - 1]! : 0;
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

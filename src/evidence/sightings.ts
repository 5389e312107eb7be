/**
 * Second sightings: the same bytes seen again at another point, or twice by one capture (mirror port, `any` interface).
 * They are told before retransmissions: a message that two captures saw was sent once.
 */
import type { Evidence } from './evidence';
import { beginnings } from './seams';
import { messageSkews, messageTexts } from './skew';

/** Bytes seen again within this time are the same message; a retransmission comes after T1 = 500 ms (RFC 3261 §17.1.1.2). */
const window = 50_000;
/** For one capture on one 5-tuple: sooner than any sender repeats, as late as a mirror delivers. */
const mirror = 5000;
/** A request is sent at most 11 times (RFC 3261 §17.1.2.2); no more earlier copies are looked at. */
const maxCopies = 16;
const recentSlots = 2 ** 15;

/** Per message the first sighting of which it is a further one, or −1. */
export function findDuplicates(evidence: Evidence, times: Float64Array, order: Uint32Array): Int32Array {
  const { messages } = evidence;
  const duplicateOf = new Int32Array(messages.length).fill(-1);
  const [only] = messages.artifact;
  if (messages.artifact.every((artifact) => artifact === only)) return inOneCapture(evidence, times, order);
  const artifacts = evidence.artifacts.length;
  const ahead = new Map<number, number>();
  const texts = messageTexts(evidence);
  for (const { a, b, difference } of messageSkews(evidence, times, texts)) {
    ahead.set(a * artifacts + b, difference);
    ahead.set(b * artifacts + a, -difference);
  }
  const same = (row: number, original: number): boolean => {
    const here = messages.artifact[row]!;
    const there = messages.artifact[original]!;
    const apart = times[row]! - times[original]!;
    if (here === there) return Math.abs(apart) <= (sameFlow(evidence, row, original) ? mirror : window);
    // two captures whose clocks differ by a constant that nobody declared yet still saw one message
    return Math.abs(apart) <= window || Math.abs(apart - (ahead.get(there * artifacts + here) ?? 0)) <= window;
  };
  const wholeOf = beginnings(evidence);
  const newest = new Int32Array(texts.count).fill(-1);
  const older = new Int32Array(messages.length).fill(-1);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    if (wholeOf.has(row)) continue;
    const text = texts.of[row]!;
    let original = newest[text]!;
    for (let copies = 0; original !== -1 && !same(row, original); copies++) {
      original = copies < maxCopies ? older[original]! : -1;
    }
    if (original !== -1) duplicateOf[row] = original;
    else {
      older[row] = newest[text]!;
      newest[text] = row;
    }
  }
  for (const [row, whole] of wholeOf) duplicateOf[row] = duplicateOf[whole] === -1 ? whole : duplicateOf[whole]!;
  return duplicateOf;
}

/**
 * The same for a single capture: a second sighting stands within the window behind its first, so a table of the newest
 * messages by digest is enough.
 */
function inOneCapture(evidence: Evidence, times: Float64Array, order: Uint32Array): Int32Array {
  const { digest, callId, status, length } = evidence.messages;
  const duplicateOf = new Int32Array(length).fill(-1);
  // rows counted from 1
  const newest = new Int32Array(recentSlots);
  const older = new Int32Array(length);
  for (let at = 0; at < order.length; at++) {
    const row = order[at]!;
    const slot = digest[row]! & (recentSlots - 1);
    let copies = 0;
    for (let other = newest[slot]! - 1; other !== -1 && copies <= maxCopies; other = older[other]! - 1) {
      const apart = times[row]! - times[other]!;
      if (apart > window) break;
      if (digest[other] !== digest[row] || callId[other] !== callId[row] || status[other] !== status[row]) continue;
      copies++;
      if (apart > mirror && sameFlow(evidence, row, other)) continue;
      duplicateOf[row] = other;
      break;
    }
    if (duplicateOf[row] !== -1) continue;
    older[row] = newest[slot]!;
    newest[slot] = row + 1;
  }
  return duplicateOf;
}

function sameFlow({ messages }: Evidence, a: number, b: number): boolean {
  return (
    messages.source[a] === messages.source[b] &&
    messages.target[a] === messages.target[b] &&
    messages.sourcePort[a] === messages.sourcePort[b] &&
    messages.targetPort[a] === messages.targetPort[b]
  );
}

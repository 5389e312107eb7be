/**
 * A pool that keeps its strings as UTF-8 bytes: captures hold hundreds of thousands of names that nobody reads while they
 * are counted, so no string is made, hashed and encoded again for each. It reads like any other pool.
 */
import type { Pool, StringTable } from './strings';
import { sameWords, viewOf } from './words';

export interface BytePool extends Pool {
  /** The id of bytes that are UTF-8. */
  idOf(bytes: Uint8Array, from: number, to: number): number;
  /** The same of printable ASCII; −1 where another byte stands among them. */
  idOfPlain(bytes: Uint8Array, from: number, to: number): number;
  /** Whether these bytes are the string of an id. */
  isText(id: number, bytes: Uint8Array, from: number, to: number): boolean;
  seal(): StringTable;
  /** Gives back what was made to read it fast. */
  rest(): void;
}

export const isBytePool = (pool: Pool): pool is BytePool => 'idOf' in pool;

/** Texts that are looked up again and again: names of headers, patterns, methods. */
const maxKnown = 4096;
/** Strings that `text` keeps once it has made them. */
const maxTexts = 2 ** 16;
/** Shorter ones are made without a decoder, whose call costs more than their letters. */
const shortText = 48;
/** So many neighbours are decoded in one go and cut apart: to make one string costs as much as to make all of them. */
const pageTexts = 512;
/** A page of longer strings is not worth it. */
const maxPage = 2 ** 17;
/** Letters of the pages that are kept, the newest of them. */
const maxPages = 2 ** 24;
/** Doubling a large arena takes more memory than it saves time. */
const doublingBytes = 2 ** 23;

/** `keep`: how many strings `text` keeps; the evidence is read over and over, a reader's pool is not. */
export function createBytePool(keep = maxTexts): BytePool {
  // a seed of its own keeps a hostile file from choosing strings that collide; ids do not depend on it
  const seed = (Math.random() * 2 ** 32) | 0;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let arena: Uint8Array = new Uint8Array(4096);
  let arenaView = new DataView(arena.buffer);
  let ends: Uint32Array = new Uint32Array(256);
  let size = 1;
  let slots = new Uint32Array(512);
  let hashes = new Int32Array(512);
  let scratch = new Uint8Array(1024);
  const known = new Map<string, number>([['', 0]]);
  const texts: string[] = [''];

  /** High bits in it: among the bytes hashed last one was no printable ASCII. */
  let odd = 0;
  const hash = (bytes: Uint8Array, from: number, to: number): number => {
    let value = seed ^ (to - from);
    let at = from;
    odd = 0;
    const view = viewOf(bytes);
    for (; at + 4 <= to; at += 4) {
      const word = view.getInt32(at, true);
      // the first byte below 0x20 borrows into its own high bit
      odd |= word | ((word - 0x20202020) & ~word);
      value = Math.imul(value ^ word, 0x9e3779b1);
      value ^= value >>> 15;
    }
    for (; at < to; at++) {
      const byte = bytes[at]!;
      odd |= byte | ((byte - 0x20) & ~byte & 0x80);
      value = Math.imul(value ^ byte, 0x9e3779b1);
    }
    return value ^ (value >>> 15);
  };
  const isThere = (at: number, end: number, bytes: Uint8Array, from: number, to: number): boolean =>
    end - at === to - from && sameWords(arenaView, at, viewOf(bytes), from, to - from);
  /** The slot of a string: its own, or the free one where it belongs. */
  const slotOf = (bytes: Uint8Array, from: number, to: number, code: number): number => {
    const mask = slots.length - 1;
    let slot = code & mask;
    for (let id = slots[slot]!; id !== 0; id = slots[(slot = (slot + 1) & mask)]!) {
      if (hashes[slot] !== code) continue;
      if (isThere(ends[id - 1]!, ends[id]!, bytes, from, to)) return slot;
    }
    return slot;
  };
  const grow = (): void => {
    const [before, beforeHashes] = [slots, hashes];
    slots = new Uint32Array(before.length * 2);
    hashes = new Int32Array(before.length * 2);
    const mask = slots.length - 1;
    for (let at = 0; at < before.length; at++) {
      if (before[at] === 0) continue;
      let to = beforeHashes[at]! & mask;
      while (slots[to] !== 0) to = (to + 1) & mask;
      slots[to] = before[at]!;
      hashes[to] = beforeHashes[at]!;
    }
  };
  const idOf = (bytes: Uint8Array, from: number, to: number): number =>
    from >= to ? 0 : put(bytes, from, to, hash(bytes, from, to));
  const put = (bytes: Uint8Array, from: number, to: number, code: number): number => {
    const slot = slotOf(bytes, from, to, code);
    if (slots[slot] !== 0) return slots[slot]!;
    const start = ends[size - 1]!;
    const end = start + to - from;
    if (end > arena.length) {
      arena = larger(arena, new Uint8Array(Math.max(roomFor(arena.length), end)));
      arenaView = new DataView(arena.buffer);
    }
    if (size === ends.length) ends = larger(ends, new Uint32Array(roomFor(size)));
    for (let at = from, put = start; at < to; at++) arena[put++] = bytes[at]!;
    ends[size] = end;
    slots[slot] = size;
    hashes[slot] = code;
    size++;
    if (isFull(size, slots.length)) grow();
    return size - 1;
  };
  /** Puts the text into `scratch`; gives its length there. */
  const encode = (text: string): number => {
    if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 3);
    return encoder.encodeInto(text, scratch).written;
  };
  const decoded = (from: number, to: number): string => {
    const bytes = arena.subarray(from, to);
    if (bytes.length > shortText || bytes.some((byte) => byte > 127)) return decoder.decode(bytes);
    return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
  };
  /** Letters of whole pages, by number; empty where they are not one a byte. */
  const pages = new Map<number, string>();
  let paged = 0;
  const pageOf = (number: number): string => {
    let page = pages.get(number);
    if (page !== undefined) return page;
    const first = number * pageTexts;
    const [from, to] = [first === 0 ? 0 : ends[first - 1]!, ends[first + pageTexts - 1]!];
    page = to - from > maxPage ? '' : decoder.decode(arena.subarray(from, to));
    if (page.length !== to - from) page = '';
    pages.set(number, page);
    paged += page.length;
    for (const [oldest, letters] of pages) {
      if (paged <= maxPages) break;
      pages.delete(oldest);
      paged -= letters.length;
    }
    return page;
  };
  return {
    get size() {
      return size;
    },
    idOf,
    idOfPlain(bytes, from, to) {
      if (from >= to) return 0;
      const code = hash(bytes, from, to);
      return (odd & 0x80808080) === 0 ? put(bytes, from, to, code) : -1;
    },
    isText(id, bytes, from, to) {
      return id > 0 && id < size && isThere(ends[id - 1]!, ends[id]!, bytes, from, to);
    },
    id(text) {
      let id = known.get(text);
      if (id !== undefined) return id;
      const length = encode(text);
      id = idOf(scratch, 0, length);
      if (known.size < maxKnown && text.length < 100) known.set(text, id);
      return id;
    },
    find(text) {
      const length = encode(text);
      if (length === 0) return 0;
      const id = slots[slotOf(scratch, 0, length, hash(scratch, 0, length))]!;
      return id === 0 ? -1 : id;
    },
    text(id) {
      const known = texts[id];
      if (known !== undefined) return known;
      if (id >= size || id < 0) return '';
      const number = Math.floor(id / pageTexts);
      if ((number + 1) * pageTexts <= size) {
        const page = pageOf(number);
        const start = number === 0 ? 0 : ends[number * pageTexts - 1]!;
        if (page !== '') return page.slice(ends[id - 1]! - start, ends[id]! - start);
      }
      const text = decoded(ends[id - 1]!, ends[id]!);
      if (id < keep) texts[id] = text;
      return text;
    },
    seal: () => ({ bytes: arena.slice(0, ends[size - 1]), ends: ends.slice(0, size) }),
    adopt(table) {
      if (size > 1 || table.ends.length < 2) return false;
      arena = table.bytes;
      arenaView = new DataView(arena.buffer, arena.byteOffset, arena.byteLength);
      ends = table.ends;
      size = ends.length;
      let room = 512;
      while (isFull(size, room)) room *= 2;
      slots = new Uint32Array(room);
      hashes = new Int32Array(room);
      // what was sealed holds no string twice: nothing is to be compared
      for (let id = 1; id < size; id++) {
        const code = hash(arena, ends[id - 1]!, ends[id]!);
        let slot = code & (room - 1);
        while (slots[slot] !== 0) slot = (slot + 1) & (room - 1);
        slots[slot] = id;
        hashes[slot] = code;
      }
      return true;
    },
    rest() {
      pages.clear();
      paged = 0;
    },
  };
}

/** A large table that is half empty misses the cache more often than a fuller one is searched in vain. */
const isFull = (size: number, room: number): boolean => size * (room < 2 ** 20 ? 2 : 4 / 3) > room;

const roomFor = (room: number): number => room * (room < doublingBytes ? 2 : 1.25);

function larger<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/**
 * One block (the .xz file format 1.2.0, section 3): LZMA2 data, padding to four bytes, check. The content grows in the
 * window of the engine's memory: the dictionary and 2 MiB, the most that one LZMA2 chunk gives. Where a chunk would not
 * fit, the next lap begins at the window's start, so a chunk is never split and no byte of it is copied to be handed out.
 * The window takes memory only as content comes.
 *
 * LZMA2: chunks that begin with a control byte: 00 = end, 01 and 02 = stored (01 forgets the dictionary),
 * 80 and above = LZMA with what to begin anew in bits 5–6 and five high bits of the content's size.
 */
import { type BlockHeader } from './block-header';
import { type BlockCheck } from './check';
import { layout, reserve, type Engine } from './engine';
import { filterChain } from './filters';
import { fail, fill, nextByte, offsetOf, some, take, type Input, type Steps } from './input';

/** Above it a dictionary is refused; up to it memory decides. */
export const largestDictionary = 1.5 * 2 ** 30;
const largestChunk = 2 ** 21;
/** What the engine may write behind a chunk, and more. */
const slack = 64;
/** Content is gathered up to about this size before it is handed out. */
const outputSize = 2 ** 18;
/** Filters work on a copy, in parts of this size: the dictionary stays as it is. */
const filterSize = 2 ** 20;

export interface BlockSizes {
  /** LZMA2 data without its padding. */
  readonly packed: number;
  readonly content: number;
}

export function* readBlock(engine: Engine, input: Input, header: BlockHeader, check: BlockCheck): Steps<BlockSizes> {
  const begin = offsetOf(input);
  if (header.dictionary > largestDictionary)
    fail('unsupported-archive', begin - header.bytes, 'xz, dictionary larger than 1.5 GiB');
  const dictionary = Math.max(header.dictionary, 4096);
  const filtered = header.filters.length > 0;
  const filter = filtered ? { at: layout.window, chain: filterChain(header.filters), held: 0 } : undefined;
  const base = layout.window + (filtered ? filterSize + 4096 : 0);
  const windowEnd = base + dictionary + largestChunk + 2 * slack;
  const packedLimit = header.packed ?? Infinity;
  const contentLimit = header.content ?? Infinity;
  const { exports } = engine;

  let start = base;
  let lap = 0;
  let position = base;
  /** From where on content has not been handed out. */
  let kept = base;
  let content = 0;
  const coder = { lc: 0, lp: 0, pb: 0 };
  let needsDictionary = true;
  let needsCoder = true;

  const makeRoom = (): void => {
    if (!reserve(engine, base + slack)) fail('unsupported-archive', offsetOf(input), noMemory);
  };
  makeRoom();
  engine.bytes[base - 1] = 0;

  function* handOut(last = false): Steps {
    const from = kept;
    kept = position;
    if (!filter) {
      if (position === from) return;
      check.add(from, position);
      yield engine.bytes.subarray(from, position);
      return;
    }
    for (let at = from; at < position || last;) {
      const part = Math.min(position - at, filterSize);
      engine.bytes.copyWithin(filter.at + filter.held, at, at + part);
      at += part;
      const isEnd = last && at === position;
      const length = filter.held + part;
      const ready = filter.chain.run(engine.bytes.subarray(filter.at, filter.at + length), length, isEnd);
      filter.chain.moved(ready);
      if (ready > 0) {
        check.add(filter.at, filter.at + ready);
        yield engine.bytes.subarray(filter.at, filter.at + ready);
        engine.bytes.copyWithin(filter.at, filter.at + ready, filter.at + length);
      }
      filter.held = length - ready;
      if (isEnd) return;
    }
  }

  /** Room for `size` bytes at `position`: more memory, or the next lap. */
  function* room(size: number): Steps {
    const end = position + size + slack;
    if (end <= windowEnd) {
      if (reserve(engine, end)) return;
      yield* handOut();
      fail('unsupported-archive', offsetOf(input), noMemory);
    }
    yield* handOut();
    // LZMA counts positions: the next lap begins at one with the same low bits
    const next = base + ((position - base) & 15);
    engine.bytes[next - 1] = engine.bytes[position - 1]!;
    lap = position - next;
    start = position = kept = next;
  }

  try {
    for (;;) {
      if (kept < position && (position - kept >= outputSize || input.at === input.part.length)) yield* handOut();
      const place = offsetOf(input);
      if (place - begin >= packedLimit) fail('corrupt-archive', place, 'xz, block longer than its header says');
      const control = yield* nextByte(input);
      if (control === 0) break;
      if (control > 2 && control < 0x80) fail('corrupt-archive', place, 'xz, LZMA2 control byte');
      if (control >= 0xe0 || control === 1) {
        needsDictionary = false;
        needsCoder = true;
        yield* handOut();
        start = position = kept = base;
        lap = 0;
        engine.bytes[base - 1] = 0;
      } else if (needsDictionary) fail('corrupt-archive', place, 'xz, LZMA2 without a dictionary');

      const sizes = yield* take(input, control < 0x80 ? 2 : control < 0xc0 ? 4 : 5);
      const contentSize = ((control < 0x80 ? 0 : control & 31) << 16) + (sizes[0]! << 8) + sizes[1]! + 1;
      const allowed = Math.min(contentSize, contentLimit - content);
      yield* room(contentSize);

      if (control < 0x80) {
        const size = Math.min(allowed, packedLimit - (offsetOf(input) - begin));
        for (let left = size; left > 0;) {
          if (!(yield* some(input))) fail('truncated-archive', offsetOf(input), 'xz');
          const part = input.part.subarray(input.at, input.at + left);
          engine.bytes.set(part, position);
          position += part.length;
          content += part.length;
          input.at += part.length;
          left -= part.length;
        }
        if (size < contentSize) fail('corrupt-archive', offsetOf(input), 'xz, block longer than its header says');
        continue;
      }

      if (control >= 0xc0) {
        if (!readCoder(sizes[4]!, coder)) fail('corrupt-archive', offsetOf(input) - 1, 'xz, LZMA2 properties');
        needsCoder = false;
      } else if (needsCoder) fail('corrupt-archive', place, 'xz, LZMA2 without properties');
      if (control >= 0xa0) exports.reset();

      const packedSize = (sizes[2]! << 8) + sizes[3]! + 1;
      const dataOffset = offsetOf(input);
      const wanted = Math.max(0, Math.min(packedSize, packedLimit - (dataOffset - begin)));
      const got = yield* fill(input, engine.bytes.subarray(layout.input, layout.input + wanted));
      const { lc, lp, pb } = coder;
      const result = exports.decode(
        layout.input,
        layout.input + got,
        position,
        position + allowed,
        start,
        lap,
        dictionary,
        lc,
        lp,
        pb,
      );
      const words = new Uint32Array(engine.bytes.buffer, layout.endInput, 2);
      content += words[1]! - position;
      position = words[1]!;
      if (got < wanted && result !== 2) fail('truncated-archive', offsetOf(input), 'xz');
      if (result !== 0 || got < packedSize || allowed < contentSize)
        fail('corrupt-archive', dataOffset + words[0]! - layout.input, 'xz, LZMA data');
    }
  } catch (error) {
    // what comes before a fault is handed out as well
    yield* handOut(true);
    throw error;
  }
  yield* handOut(true);
  const packed = offsetOf(input) - begin;
  if (packed !== (header.packed ?? packed))
    fail('corrupt-archive', offsetOf(input), 'xz, block shorter than its header says');
  if (content !== (header.content ?? content))
    fail('corrupt-archive', offsetOf(input), 'xz, block shorter than its header says');
  const padding = offsetOf(input);
  for (const [n, byte] of (yield* take(input, -packed & 3)).entries()) {
    if (byte !== 0) fail('corrupt-archive', padding + n, 'xz, block padding');
  }
  return { packed, content };
}

const noMemory = 'xz, not enough memory for its dictionary';

/** (pb × 5 + lp) × 9 + lc, of which lc + lp may be 4 at most. */
export function readCoder(byte: number, coder: { lc: number; lp: number; pb: number }): boolean {
  coder.lc = byte % 9;
  coder.lp = Math.floor(byte / 9) % 5;
  coder.pb = Math.floor(byte / 45);
  return coder.pb <= 4 && coder.lc + coder.lp <= 4;
}

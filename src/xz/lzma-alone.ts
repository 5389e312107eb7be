/**
 * LZMA alone (.lzma, LZMA SDK «lzma-specification.txt», «lzma file format»): one stream without a check. A byte for lc, lp
 * and pb, the dictionary's size, the content's size or all ones where an end marker tells it.
 *
 *   5D 00 00 80 00 FF FF FF FF FF FF FF FF 00 …   lc 3, lp 0, pb 2; a dictionary of 8 MiB; the size is not known
 *
 * The range coder's first byte is 0. The content grows in a window as that of a block does (`block.ts`).
 */
import { largestDictionary, readCoder } from './block';
import { layout, reserve, type Engine } from './engine';
import { fail, fill, offsetOf, some, type Input, type Steps } from './input';

/** Content that one call gives at most, and how far the last symbol of it may reach behind. */
const outputSize = 2 ** 18;
const longestMatch = 273;
/** What the engine may write behind that, and more. */
const slack = 64;
/** Of compressed bytes at hand in the engine's memory; a symbol takes far less than the margin. */
const inputSize = 65_536;
const margin = 64;

export function* readAlone(engine: Engine, input: Input): Steps {
  const header = new Uint8Array(18);
  const got = yield* fill(input, header);
  const view = new DataView(header.buffer);
  const coder = { lc: 0, lp: 0, pb: 0 };
  if (got > 0 && !readCoder(header[0]!, coder)) fail('unsupported-archive', 0, 'LZMA, properties');
  if (got < header.length) fail('truncated-archive', got, 'LZMA');
  const stated = view.getUint32(1, true);
  const isSized = view.getUint32(5, true) !== 0xffffffff || view.getUint32(9, true) !== 0xffffffff;
  const size = isSized ? view.getUint32(5, true) + view.getUint32(9, true) * 2 ** 32 : Infinity;
  // content that is shorter reaches no farther
  const dictionary = Math.max(4096, Math.min(stated, size));
  if (dictionary > largestDictionary) fail('unsupported-archive', 1, 'LZMA, dictionary larger than 1.5 GiB');
  if (header[13] !== 0) fail('corrupt-archive', 13, 'LZMA');

  const { exports } = engine;
  const { lc, lp, pb } = coder;
  const base = layout.window;
  const windowEnd = base + dictionary + 2 * outputSize;
  let start = base;
  let lap = 0;
  let position = base;
  let content = 0;
  let at = layout.input;
  let inputEnd = layout.input;
  const offset = (): number => offsetOf(input) - (inputEnd - at);
  /** The coder's numbers, and where the last call ended; looked up anew, since memory may have grown. */
  const words = (address: number): Uint32Array => new Uint32Array(engine.bytes.buffer, address, 2);
  const grow = (end: number): void => {
    if (!reserve(engine, end)) fail('unsupported-archive', offset(), 'LZMA, not enough memory for its dictionary');
  };
  /** As many bytes as are at hand; waits for some where there are few. */
  function* refill(): Steps {
    engine.bytes.copyWithin(layout.input, at, inputEnd);
    inputEnd -= at - layout.input;
    at = layout.input;
    while (inputEnd - at < inputSize && (input.at < input.part.length || inputEnd - at <= margin)) {
      if (!(yield* some(input))) return;
      const part = input.part.subarray(input.at, input.at + inputSize - (inputEnd - at));
      engine.bytes.set(part, inputEnd);
      inputEnd += part.length;
      input.at += part.length;
    }
  }
  /** The coder's last step; true where nothing is left of its number. */
  const isFinished = (): boolean => {
    const [range, code] = words(layout.range) as unknown as readonly [number, number];
    if (range >= 2 ** 24) return code === 0;
    words(layout.range).set([range * 256, ((code << 8) | engine.bytes[at]!) >>> 0]);
    at++;
    if (at > inputEnd) fail('truncated-archive', offsetOf(input), 'LZMA');
    return words(layout.code)[0] === 0;
  };

  grow(base + slack);
  engine.bytes[base - 1] = 0;
  exports.reset();
  words(layout.range).set([0xffffffff, view.getUint32(14)]);
  /** The size was reached, but the coder is not at its end: nothing but a marker may follow. */
  let onlyMarker = size === 0 && !isFinished();
  for (let ended = size === 0 && !onlyMarker; !ended;) {
    if (inputEnd - at <= margin) yield* refill();
    const isLast = input.ended && input.at === input.part.length;
    const left = onlyMarker ? 1 : Math.min(outputSize, size - content);
    const isWhole = onlyMarker || left === size - content;
    const end = position + left + (isWhole ? 0 : longestMatch);
    grow(end + slack);
    const result = exports.decodePart(
      at,
      inputEnd,
      isLast ? 0xffffffff : inputEnd - margin,
      position,
      end,
      position + left,
      start,
      lap,
      dictionary,
      lc,
      lp,
      pb,
    );
    const [endInput, endOutput] = words(layout.endInput) as unknown as readonly [number, number];
    const moved = endInput - at;
    at = endInput;
    const from = position;
    if (!onlyMarker) {
      position = endOutput;
      content += position - from;
      if (position > from) yield engine.bytes.subarray(from, position);
    } else if (endOutput > position) fail('corrupt-archive', offset(), 'LZMA, content longer than stated');
    if (result === 1) fail('truncated-archive', offsetOf(input), 'LZMA');
    if (result === 2) fail('corrupt-archive', offset(), 'LZMA data');
    if (result === 3) {
      if (!isFinished() || (isSized && content < size)) fail('corrupt-archive', offset(), 'LZMA data');
      ended = true;
    } else if (content === size && !onlyMarker) {
      ended = isFinished();
      onlyMarker = !ended;
    } else if (moved === 0 && position === from && isLast) fail('truncated-archive', offsetOf(input), 'LZMA');
    if (position + outputSize + longestMatch + slack > windowEnd) {
      // LZMA counts positions: the next lap begins at one with the same low bits
      const next = base + ((position - base) & 15);
      engine.bytes[next - 1] = engine.bytes[position - 1]!;
      lap = position - next;
      start = position = next;
    }
  }
  if (inputEnd > at || (yield* some(input))) fail('trailing-bytes', offset(), 'LZMA');
}

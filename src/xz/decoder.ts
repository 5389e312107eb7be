/**
 * Reads .xz (the .xz file format 1.2.0): streams one after the other with padding of whole words between them; in each a
 * header, blocks, an index of them and a footer. All checks are done; what comes before a fault is handed out.
 */
import { crc32 } from '../base/crc32';
import { readBlock } from './block';
import { readBlockHeader } from './block-header';
import { blockCheck, checkSizes } from './check';
import { giveBack, takeEngine, type Engine } from './engine';
import type { XzFault } from './fault';
import { blockRecords, readIndex, type BlockRecords } from './index-field';
import { fail, fill, nextByte, offsetOf, some, take, type Input, type Steps } from './input';
import type { XzBlock } from './block-map';
import { readAlone } from './lzma-alone';
import { magic } from './stream-flags';

export type { XzFault };

export interface XzDecoder {
  /** Takes input, lent until `pull` gives undefined. */
  push(bytes: Uint8Array): void;
  /** No more input comes. */
  end(): void;
  /** The next piece of content, lent until the next call; undefined = wants input, or is at its end. */
  pull(): Uint8Array | undefined;
  /** True at the end and at a fault; input behind a fault is not looked at. */
  readonly done: boolean;
  readonly fault: XzFault | undefined;
  /** A check that could not be made, since its kind is not known; the content was handed out. */
  readonly unverified: XzFault | undefined;
  /** Where reading stood, at a fault: see `salvage.ts`. */
  readonly place: XzPlace;
  /** Input bytes used so far. */
  readonly taken: number;
  close(): void;
}

export interface XzPlace {
  /** Of the stream or the block that reading began with: blocks and streams lie whole words from it. */
  readonly origin: number;
  /** The block that is being read. */
  readonly block: { readonly offset: number; readonly check: number; readonly content: number | undefined } | undefined;
  /** Bytes of content before that block. */
  readonly before: number;
  /** Content of the last block before it, from 0. */
  readonly last: number;
}

const none = new Uint8Array(0);

/** Reads a whole file. */
export const openXz = (): Promise<XzDecoder> => open(0, readStreams);

/** Reads a whole .lzma file. */
export const openLzma = (): Promise<XzDecoder> => open(0, readAlone);

/** Reads one block alone, pushed from its header to its check; offsets are those of the file. */
export const openXzBlock = (block: XzBlock): Promise<XzDecoder> =>
  open(block.offset, (engine, input, notes) => readListedBlock(engine, input, notes, block));

/** Reads on from a block in the middle of a stream, whose index is not compared, or from a stream. */
export const openXzAt = (offset: number, check: number | undefined): Promise<XzDecoder> =>
  open(offset, (engine, input, notes) =>
    check === undefined ? readStreams(engine, input, notes) : readRest(engine, input, notes, check),
  );

async function open(offset: number, read: (engine: Engine, input: Input, notes: Notes) => Steps): Promise<XzDecoder> {
  const engine = await takeEngine();
  const input: Input = { part: none, at: 0, before: offset, ended: false };
  const notes: Notes = { unverified: undefined, origin: offset, block: undefined, before: 0, last: 0 };
  const steps = read(engine, input, notes);
  let fault: XzFault | undefined;
  let done = false;
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    done = true;
    giveBack(engine);
  };
  return {
    push(bytes) {
      if (input.at < input.part.length) throw new Error('pushed before all was pulled');
      input.before += input.part.length;
      input.part = bytes;
      input.at = 0;
    },
    end: () => void (input.ended = true),
    pull() {
      if (done) return undefined;
      try {
        const step = steps.next();
        if (!step.done) return step.value;
      } catch (error) {
        fault = faultOf(error);
        if (!fault) throw error;
      }
      done = true;
      return undefined;
    },
    get done() {
      return done;
    },
    get fault() {
      return fault;
    },
    get unverified() {
      return notes.unverified;
    },
    get place() {
      return { ...notes };
    },
    get taken() {
      return offsetOf(input);
    },
    close,
  };
}

/** The same with a sink: each piece of content is lent until `onChunk` returns. `end` gives the fault, if there is one. */
export async function createXz(
  onChunk: (chunk: Uint8Array) => void,
): Promise<{ push(bytes: Uint8Array): void; end(): XzFault | undefined }> {
  const decoder = await openXz();
  const drain = (): void => {
    for (let chunk = decoder.pull(); chunk; chunk = decoder.pull()) onChunk(chunk);
  };
  return {
    push(bytes) {
      if (decoder.done) return;
      decoder.push(bytes);
      drain();
    },
    end() {
      decoder.end();
      drain();
      decoder.close();
      return decoder.fault ?? decoder.unverified;
    },
  };
}

const faultOf = (error: unknown): XzFault | undefined => (error as { xz?: XzFault } | undefined)?.xz;

type Notes = { -readonly [Key in keyof XzPlace]: XzPlace[Key] } & { unverified: XzFault | undefined };

function* readStreams(engine: Engine, input: Input, notes: Notes): Steps {
  yield* readStream(engine, input, notes, true);
  yield* readFurther(engine, input, notes);
}

function* readFurther(engine: Engine, input: Input, notes: Notes): Steps {
  while (yield* passPadding(input)) yield* readStream(engine, input, notes, false);
}

function* readRest(engine: Engine, input: Input, notes: Notes, check: number): Steps {
  yield* readBlocks(engine, input, notes, check);
  yield* readEnd(input, undefined, new Uint8Array([0, check]));
  yield* readFurther(engine, input, notes);
}

/** Zeros between streams, whole words of them; true where something follows. */
function* passPadding(input: Input): Steps<boolean> {
  const begin = offsetOf(input);
  let more = yield* some(input);
  while (more && input.part[input.at] === 0) {
    input.at++;
    more = yield* some(input);
  }
  if ((offsetOf(input) - begin) % 4 !== 0) fail('trailing-bytes', begin, 'xz');
  return more;
}

function* readStream(engine: Engine, input: Input, notes: Notes, first: boolean): Steps {
  const begin = offsetOf(input);
  const header = new Uint8Array(12);
  const got = yield* fill(input, header);
  if (magic.some((byte, n) => n < got && header[n] !== byte))
    fail(first ? 'corrupt-archive' : 'trailing-bytes', begin, 'xz');
  if (got < header.length) fail('truncated-archive', offsetOf(input), 'xz');
  const flags = header.subarray(6, 8);
  if (crc32(flags) !== little(header, 8)) fail('corrupt-archive', begin + 6, 'xz, stream header');
  if (flags[0] !== 0 || flags[1]! > 15) fail('unsupported-archive', begin + 6, 'xz, stream of a later version');
  notes.origin = begin;
  const records = yield* readBlocks(engine, input, notes, flags[1]!);
  yield* readEnd(input, records, flags);
}

/** Up to the first byte of the index, which is taken. */
function* readBlocks(engine: Engine, input: Input, notes: Notes, kind: number): Steps<BlockRecords> {
  const records = blockRecords();
  for (;;) {
    const offset = offsetOf(input);
    const size = yield* nextByte(input);
    if (size === 0) return records;
    const { unpadded, content } = yield* readNextBlock(engine, input, notes, kind, offset, size);
    records.add(unpadded, content);
  }
}

/** A block whose first byte, `size`, has been taken at `offset`: header, data, padding, check. */
function* readNextBlock(
  engine: Engine,
  input: Input,
  notes: Notes,
  kind: number,
  offset: number,
  size: number,
): Steps<{ unpadded: number; content: number }> {
  notes.block = { offset, check: kind, content: undefined };
  const bytes = new Uint8Array((size + 1) * 4);
  bytes[0] = size;
  if ((yield* fill(input, bytes.subarray(1))) < bytes.length - 1) fail('truncated-archive', offsetOf(input), 'xz');
  const blockHeader = readBlockHeader(bytes, offset);
  notes.block = { offset, check: kind, content: blockHeader.content };
  const check = blockCheck(engine, kind);
  const { packed, content } = yield* readBlock(engine, input, blockHeader, check);
  const checkOffset = offsetOf(input);
  const written = yield* take(input, checkSizes[kind]!);
  const expected = check.value();
  if (!expected)
    notes.unverified ??= {
      code: 'unsupported-archive',
      offset: checkOffset,
      detail: `xz, check ${kind}: not verified`,
    };
  else if (written.some((byte, n) => byte !== expected[n])) fail('corrupt-archive', checkOffset, 'xz, check');
  notes.block = undefined;
  notes.before += content;
  notes.last = content;
  return { unpadded: bytes.length + packed + written.length, content };
}

/** The block itself holds, so it is the index that is wrong. */
export const wrongIndex = 'xz, index';

function* readListedBlock(engine: Engine, input: Input, notes: Notes, listed: XzBlock): Steps {
  const { offset } = listed;
  const size = yield* nextByte(input);
  if (size === 0) fail('corrupt-archive', offset, 'xz, block header');
  const { unpadded, content } = yield* readNextBlock(engine, input, notes, listed.check, offset, size);
  if (unpadded !== listed.unpadded || content !== listed.content) fail('corrupt-archive', offset, wrongIndex);
}

/** Index and footer. */
function* readEnd(input: Input, records: BlockRecords | undefined, flags: Uint8Array): Steps {
  const indexSize = yield* readIndex(input, records);
  const offset = offsetOf(input);
  const footer = yield* take(input, 12);
  if (footer[10] !== 0x59 || footer[11] !== 0x5a) fail('corrupt-archive', offset + 10, 'xz, stream footer');
  if (crc32(footer.subarray(4, 10)) !== little(footer, 0)) fail('corrupt-archive', offset, 'xz, stream footer');
  if ((little(footer, 4) + 1) * 4 !== indexSize) fail('corrupt-archive', offset + 4, 'xz, stream footer');
  if (footer[8] !== flags[0] || footer[9] !== flags[1]) fail('corrupt-archive', offset + 8, 'xz, stream footer');
}

const little = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

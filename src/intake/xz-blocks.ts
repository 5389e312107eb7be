/**
 * Decodes the blocks of an .xz file side by side and hands out their content in order. This worker decodes the block
 * that is due, straight out of the engine's memory; helpers decode later ones into buffers that go to and fro. While a
 * helper holds the block that is due, this worker works ahead as well. All of it is bounded: a helper stops when its
 * buffers are used up. A helper that dies or falls silent costs time only: its block is decoded here.
 *
 * A damaged block is told with its offset. Zeros stand for what is missing of its content, so that what comes behind
 * stays where it was; then the next block is read.
 */
import type { XzBlock } from '../xz/block-map';
import type { XzFault } from '../xz/decoder';
import { pieceBytes, release } from './pieces';
import { openBlock, type BlockReader } from './xz-block';
import type { FromHelper, ToHelper } from './xz-helper';

/** A port to another worker that runs `helpWithXz`, or none where all are busy. */
export type Lend = () => Promise<MessagePort | undefined>;

export interface BlockEvents {
  /** `lost`: bytes of content for which zeros stand; undefined in the last block, behind which nothing has to stay in place. */
  fault(fault: XzFault, lost: number | undefined): void;
  /** How far the file has been used. */
  taken(offset: number): void;
}

const maxHelpers = 3;
const mebi = 2 ** 20;
const usual = {
  /** Bytes of content below which another worker is not worth its start. */
  worthwhile: 8 * mebi,
  /** ms without a word from a helper that holds the block which is due. */
  patience: 5000,
};
/**
 * Content decoded ahead, by all together: about one block, which is 24 MiB where nobody chose otherwise. So with one
 * helper each decodes every other block and neither waits, whoever is faster.
 */
const aheadOf = (block: number): number => Math.min(48, Math.max(16, Math.ceil(block / mebi) + 3)) * mebi;
/** Buffers that each helper has in any case: the block that is due never waits for those decoded ahead. */
const reserve = 4;
/** The most that a reader gives at once: what it gathers, and one LZMA2 chunk. */
const largestPiece = 2.25 * mebi;
/** Messages are listened to after so much content. */
const listenEvery = 2 * mebi;

interface Piece {
  readonly buffer: ArrayBuffer;
  length: number;
  taken: number;
}
interface Job {
  readonly block: number;
  readonly helper: Helper | undefined;
  readonly reader: BlockReader | undefined;
  /** Decoded ahead. */
  readonly pieces: Piece[];
  /** Bytes of content that were taken from it. */
  given: number;
  ended: boolean;
  fault: XzFault | undefined;
}
interface Helper {
  readonly port: MessagePort;
  job: Job | undefined;
  /** Buffers that are there, or here with content of its jobs. */
  held: number;
}

export async function* decodeBlocks(
  blob: Blob,
  blocks: readonly XzBlock[],
  lend: Lend | undefined,
  events: BlockEvents,
  { worthwhile, patience } = usual,
): AsyncGenerator<Uint8Array> {
  const largest = blocks.reduce((size, { content }) => Math.max(size, content), 0);
  const jobs = new Map<number, Job>();
  const helpers = new Set<Helper>();
  /** Buffers that are free, and how many there are altogether. */
  const spare: ArrayBuffer[] = [];
  let made = 0;
  const shared = aheadOf(largest) / pieceBytes;
  let due = 0;
  let mayWorkAhead = true;
  let closed = false;
  let wake: (heard: boolean) => void = () => undefined;
  const turn = createTurn();

  const say = (helper: Helper, message: ToHelper, moved: Transferable[] = []): void =>
    helper.port.postMessage(message, moved);
  const firstFree = (): number => {
    let block = due;
    while (jobs.has(block)) block++;
    return block;
  };
  const free = (): number => spare.length + shared + reserve * helpers.size - made;
  const buffer = (): ArrayBuffer => {
    const one = spare.pop();
    if (!one) made++;
    return one ?? new ArrayBuffer(pieceBytes);
  };
  /** Whoever holds the block that is due needs few; the others share what is decoded ahead. */
  const supply = (helper: Helper): void => {
    const isDue = helper.job?.block === due;
    const wanted = helper.job ? reserve + (isDue ? 0 : Math.ceil(shared / helpers.size)) : 0;
    const room = Array.from({ length: Math.min(free(), wanted - helper.held) }, buffer);
    if (room.length === 0) return;
    helper.held += room.length;
    say(helper, { room }, room);
  };
  const take = (block: number, helper?: Helper, reader?: BlockReader): Job => {
    const job: Job = { block, helper, reader, pieces: [], given: 0, ended: false, fault: undefined };
    jobs.set(block, job);
    return job;
  };
  const employ = (helper: Helper): void => {
    const block = firstFree();
    if (block >= blocks.length) return;
    helper.job = take(block, helper);
    say(helper, { run: { blob, block: blocks[block]! } });
    supply(helper);
  };
  const dismiss = (helper: Helper): void => {
    if (!helpers.delete(helper)) return;
    // those of its jobs that are not whole are done again
    for (const job of jobs.values()) if (job.helper === helper && !job.ended) jobs.delete(job.block);
    made -= helper.held;
    say(helper, { stop: true });
    helper.port.close();
  };
  const end = (job: Job, fault: XzFault | undefined): void => {
    job.ended = true;
    job.fault = fault;
    job.reader?.close();
  };

  const hear = (helper: Helper, data: FromHelper): void => {
    if (!helpers.has(helper)) return;
    if ('buffer' in data) helper.job?.pieces.push(data);
    else if ('failed' in data) dismiss(helper);
    else {
      if ('end' in data && helper.job) end(helper.job, data.fault);
      helper.job = undefined;
      employ(helper);
    }
    wake(true);
  };
  const recruit = async (wanted: number): Promise<void> => {
    for (let n = 0; n < wanted; n++) {
      const port = await lend?.();
      if (!port) return;
      const helper: Helper = { port, job: undefined, held: 0 };
      helpers.add(helper);
      if (closed) dismiss(helper);
      port.onmessage = ({ data }: MessageEvent<FromHelper>) => hear(helper, data);
    }
  };

  const startOwn = (block: number): Job =>
    take(
      block,
      undefined,
      lateReader(() => openBlock(blob, blocks[block]!)),
    );
  /** A step of a later block; false where nothing may be done. */
  const workAhead = async (): Promise<boolean> => {
    // helpers have theirs, so what is free is not needed by them
    if (free() * pieceBytes < largestPiece || !mayWorkAhead) return false;
    let job = [...jobs.values()].find(({ reader, ended, block }) => reader && !ended && block !== due);
    if (!job) {
      const block = firstFree();
      if (block >= blocks.length) return false;
      job = startOwn(block);
    }
    let bytes: Uint8Array | undefined;
    try {
      bytes = await job.reader!.next();
    } catch {
      // no memory for it, or the file cannot be read: that is told when the block is due
      jobs.delete(job.block);
      job.reader!.close();
      mayWorkAhead = false;
      return false;
    }
    if (!bytes) end(job, job.reader!.fault);
    else {
      const { pieces, reader } = job;
      for (let at = 0; at < bytes.length;) {
        let last = pieces.at(-1);
        if (!last || last.length === pieceBytes) pieces.push((last = { buffer: buffer(), length: 0, taken: 0 }));
        const part = bytes.subarray(at, at + pieceBytes - last.length);
        new Uint8Array(last.buffer, last.length).set(part);
        last.length += part.length;
        last.taken = reader!.taken;
        at += part.length;
      }
    }
    return true;
  };
  const giveBack = ({ helper }: Job, { buffer: emptied }: Piece): void => {
    const isKnown = helper === undefined || helpers.has(helper);
    if (helper) helper.held--;
    // of one that was dismissed nothing is counted any more
    if (!isKnown || emptied.byteLength !== pieceBytes) release(emptied);
    else spare.push(emptied);
    for (const one of helpers) supply(one);
  };

  try {
    const content = blocks.reduce((sum, block) => sum + block.content, 0);
    if (lend && content >= worthwhile) {
      recruit(Math.min(maxHelpers, blocks.length - 1)).catch(() => undefined);
    }
    let unheard = 0;
    for (; due < blocks.length; due++) {
      const { content: listed } = blocks[due]!;
      let delivered = 0;
      let job: Job;
      for (;;) {
        job = jobs.get(due) ?? startOwn(due);
        const piece = job.pieces.shift();
        if (!piece && job.ended) break;
        if (!piece && !job.reader) {
          if (await workAhead()) await turn.pass();
          else if (!(await heard(patience, (resolve) => (wake = resolve)))) dismiss(job.helper!);
          continue;
        }
        const bytes = piece ? new Uint8Array(piece.buffer, 0, piece.length) : await job.reader!.next();
        if (!bytes) {
          end(job, job.reader!.fault);
          continue;
        }
        // what a helper that was lost had given already is passed over; more than is listed belongs to nothing
        const fresh = bytes.subarray(Math.max(0, delivered - job.given), Math.max(0, listed - job.given));
        job.given += bytes.length;
        delivered += fresh.length;
        events.taken(piece?.taken ?? job.reader!.taken);
        if (fresh.length > 0) yield fresh;
        if (piece) giveBack(job, piece);
        unheard += bytes.length;
        if (unheard >= listenEvery) {
          unheard = 0;
          await turn.pass();
        }
      }
      jobs.delete(due);
      const { fault } = job;
      if (fault) {
        const lost = due === blocks.length - 1 ? undefined : listed - delivered;
        events.fault(fault, lost);
        yield* zeros(lost ?? 0);
      }
    }
  } finally {
    closed = true;
    for (const helper of helpers) dismiss(helper);
    for (const { reader } of jobs.values()) reader?.close();
    for (const buffer of spare) release(buffer);
    turn.close();
  }
}

/** Waits for the next message; false where none comes in time. */
function heard(patience: number, listen: (resolve: (heard: boolean) => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patience);
    listen((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** Opens when it is first asked for a piece. */
function lateReader(open: () => Promise<BlockReader>): BlockReader {
  let reader: BlockReader | undefined;
  let closed = false;
  return {
    async next() {
      reader ??= await open();
      if (closed) reader.close();
      return closed ? undefined : reader.next();
    },
    get fault() {
      return reader?.fault;
    },
    get taken() {
      return reader?.taken ?? 0;
    },
    close() {
      closed = true;
      reader?.close();
    },
  };
}

/** Lets waiting messages be heard: a timer would take four milliseconds. */
function createTurn(): { pass(): Promise<void>; close(): void } {
  const { port1, port2 } = new MessageChannel();
  let done: () => void = () => undefined;
  port1.onmessage = () => done();
  return {
    pass: () =>
      new Promise((resolve) => {
        done = resolve;
        port2.postMessage(0);
      }),
    close() {
      port1.close();
      port2.close();
    },
  };
}

export function* zeros(length: number): Generator<Uint8Array> {
  const some = new Uint8Array(Math.min(length, 2 ** 20));
  for (let left = length; left > 0; left -= some.length) yield some.subarray(0, left);
}

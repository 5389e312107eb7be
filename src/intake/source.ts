/**
 * Reads what the user dropped: in slices (a BYOB reader on a File stalls for ever in Chromium now and then), hashed as
 * it passes, of a large file by another worker.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Chunks } from './containers/container';
import { openDigest, type Digest } from './digest';
import { follow, type Followed } from './followed';
import type { ShareOrder, ShareResult } from './share';
import type { Elsewhere } from './stream-elsewhere';
import type { Lend } from './xz-blocks';

/** Slices below 1 MiB halve the speed; larger ones cost memory twice, in the browser and here. */
export const sliceSize = 2 * 2 ** 20;
/**
 * The platform hashes beside our own work, but only what lies in memory as a whole, of which it makes a copy, and only
 * over https: no price for what is small.
 */
const wholeSize = 4 * 2 ** 20;
/** How far it is shows in such steps. */
const progressStep = 2 ** 20;
const patience = 20_000;
/** From here on another worker, where one is free, reads and hashes while this one takes apart. */
const largeSize = 64 * 2 ** 20;
const slicesAhead = 4;
/** The helper reads a shared file in larger ones: half the price for each byte, and fewer of them on their way. */
const sharedStep = 8 * 2 ** 20;
const sharedAhead = 2;

export interface SourceReader {
  /** All bytes, once. */
  chunks(): Chunks;
  /** Has another worker read its share of all bytes, where one may help; asked for before the second chunk. */
  share(order: ShareOrder): Promise<boolean>;
  /** Reads on to the end where `chunks` was left early; undefined where the other one came to no end. */
  shared(): Promise<ShareResult | undefined>;
  /** Reads on to the end where `chunks` was left early, and gives the SHA-256 of all bytes that could be read. */
  finish(): Promise<string>;
  /** Read without help from here on; `to`: who reads it instead. */
  handTo(to: Elsewhere | undefined): void;
  readonly taken: number;
}

export interface SourceEvents {
  fault(offset: number, detail: string): void;
  /** Some more was read. */
  read?(): void;
}

export async function openSource(
  blob: Blob,
  events: SourceEvents,
  step = sliceSize,
  lend?: Lend,
  large = largeSize,
): Promise<SourceReader> {
  const whole = step === sliceSize && blob.size <= wholeSize ? await readWhole(blob, events) : undefined;
  return whole ?? inSlices(blob, events, step, await openDigest(), blob.size >= large ? lend : undefined);
}

async function readWhole(blob: Blob, events: SourceEvents): Promise<SourceReader | undefined> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return undefined;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await readSlice(blob, 0, blob.size);
  } catch {
    // slice by slice it may yield a part
    return undefined;
  }
  if (bytes.length < blob.size) return undefined;
  const digest = subtle.digest('SHA-256', bytes);
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    async *chunks() {
      while (taken < bytes.length) {
        const part = bytes.subarray(taken, taken + progressStep);
        taken += part.length;
        events.read?.();
        yield part;
      }
    },
    share: () => Promise.resolve(false),
    shared: () => Promise.resolve(undefined),
    handTo: () => undefined,
    async finish() {
      taken = bytes.length;
      return bytesToHex(new Uint8Array(await digest));
    },
  };
}

function inSlices(blob: Blob, events: SourceEvents, step: number, hash: Digest, lend: Lend | undefined): SourceReader {
  let taken = 0;
  let failed = false;
  /** Bytes that `hash` has seen. */
  let hashed = 0;
  let followed: Followed | undefined;
  let mayFollow = lend !== undefined;
  let elsewhere: Elsewhere | undefined;

  /** The first slice shows what it is; whoever goes on to the second reads all of it. */
  const recruit = async (share?: ShareOrder): Promise<void> => {
    if (!mayFollow || taken === 0) return;
    mayFollow = false;
    const port = await lend?.().catch(() => undefined);
    if (!port) return;
    const pace = share ? { step: Math.max(step, sharedStep), stock: sharedAhead, share } : { step, stock: slicesAhead };
    followed = follow(port, { blob, from: taken, ...pace });
  };
  const unfollow = (): void => {
    followed?.close();
    followed = undefined;
  };
  const read = async (): Promise<Uint8Array> => {
    await recruit();
    try {
      const slice = await followed?.next();
      if (slice && slice.length > 0) return slice;
      if (followed) throw new Error('no bytes');
    } catch {
      unfollow();
    }
    // what the other one read and hashed is hashed here after all
    while (hashed < taken) update(await readSlice(blob, hashed, Math.min(step, taken - hashed)));
    const slice = await readSlice(blob, taken, step);
    update(slice);
    return slice;
  };
  const update = (bytes: Uint8Array): void => {
    if (bytes.length === 0) throw new Error('no bytes');
    hash.update(bytes);
    hashed += bytes.length;
  };
  const next = async (): Promise<Uint8Array | undefined> => {
    if (failed || taken >= blob.size) return undefined;
    try {
      const chunk = await read();
      taken += chunk.length;
      events.read?.();
      return chunk;
    } catch (error) {
      failed = true;
      events.fault(taken, String(error));
      return undefined;
    }
  };
  return {
    get taken() {
      return Math.max(taken, elsewhere?.taken ?? 0);
    },
    handTo(to) {
      mayFollow = false;
      elsewhere = to;
    },
    async *chunks() {
      for (let chunk = await next(); chunk; chunk = await next()) yield chunk;
    },
    async share(order) {
      if (!mayFollow || taken >= blob.size) return false;
      await recruit(order);
      return followed !== undefined;
    },
    async shared() {
      while (await next());
      // the end comes behind the last slice
      await followed?.next().catch(unfollow);
      return followed?.share();
    },
    async finish() {
      if (elsewhere?.digest !== undefined) {
        taken = blob.size;
        return elsewhere.digest;
      }
      while (await next());
      const end = await followed?.next().catch(() => undefined);
      const digest = end === undefined ? followed?.digest() : undefined;
      unfollow();
      if (digest) return digest;
      try {
        while (hashed < taken) update(await readSlice(blob, hashed, Math.min(step, taken - hashed)));
      } catch (error) {
        if (!failed) events.fault(hashed, String(error));
      }
      return bytesToHex(hash.digest());
    },
  };
}

/**
 * The bytes of `blob` from `offset` on, at most `length`. Rejects where the read fails or makes no progress: a file on a
 * lost network drive never answers.
 */
export async function readSlice(blob: Blob, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no bytes for ${patience / 1000} s`)), patience);
  });
  try {
    const slice = blob.slice(offset, offset + length).arrayBuffer();
    return new Uint8Array(await Promise.race([slice, late]));
  } finally {
    clearTimeout(timer);
  }
}

export async function* slices(blob: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < blob.size; at += sliceSize) yield await readSlice(blob, at, sliceSize);
}

/** Random reads that mostly go forward: a window of the blob is kept. What it gives is valid until the next call. */
export function blobWindow(blob: Blob, size = 2 ** 20): (offset: number, length: number) => Promise<Uint8Array> {
  let start = 0;
  let held: Uint8Array = new Uint8Array(0);
  return async (offset, length) => {
    if (offset < start || offset + length > start + held.length) {
      held = await readSlice(blob, offset, Math.max(size, length));
      start = offset;
    }
    return held.subarray(offset - start, offset - start + length);
  };
}

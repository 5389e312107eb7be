/**
 * fflate's raw DEFLATE (RFC 1951) reader, pushed in small steps: what the browser's own one refuses, and what it drops. fflate
 * says neither where the stream ends, which gzip members and zip data descriptors need, nor keeps what it inflated before a
 * fault; both are read from its state.
 */
import { Inflate } from 'fflate';
import { crc32 } from '../base/crc32';

export interface Inflater {
  /** Output for these bytes. All of it is to be taken before more is pushed. */
  push(bytes: Uint8Array): Generator<Uint8Array>;
  /** The stream has ended; `left` bytes of what was pushed last lie behind its end, or from its fault on. */
  readonly done: boolean;
  readonly left: number;
  /** What was wrong, once. Nothing is read behind it. */
  readonly fault?: string | undefined;
  /** CRC-32 and length of all output so far, and about what was read for it. */
  readonly crc: number;
  readonly size: number;
  readonly taken: number;
}

/** Bytes that are stored as they are, in the same manner. */
export function createStored(): Inflater {
  const self = { done: false, left: 0, crc: 0, size: 0, taken: 0, push };
  return self;

  function* push(bytes: Uint8Array): Generator<Uint8Array> {
    self.crc = crc32(bytes, self.crc);
    self.taken = self.size += bytes.length;
    yield bytes;
  }
}

/** fields of fflate 0.8: `s.f` last block seen, `s.l` its table while inside it, `s.p` bits used of `p`, `p` input left */
interface State {
  s: { f?: number; l?: unknown; p?: number };
  p: Uint8Array;
}

/** DEFLATE expands 1 : 1032 at most: a step of input gives no more than 33 MiB at once. */
const step = 32_768;

export function createInflater(): Inflater {
  let out: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  const state = inflate as unknown as State;
  const self = { done: false, left: 0, fault: undefined as string | undefined, crc: 0, size: 0, taken: 0, push };
  return self;

  function* push(bytes: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    for (let size = step; at < bytes.length && !self.done && self.fault === undefined;) {
      const before = { p: state.p, s: { ...state.s } };
      out = [];
      try {
        inflate.push(bytes.subarray(at, at + size));
      } catch (error) {
        // nothing of this step was handed out: again in ever smaller ones, up to the fault
        state.p = before.p;
        state.s = before.s;
        if (size > 1) {
          size = size > 64 ? 64 : 1;
          continue;
        }
        self.fault = error instanceof Error ? error.message : String(error);
        self.left = bytes.length - at;
        break;
      }
      const used = Math.min(size, bytes.length - at);
      at += used;
      self.taken += used;
      if (state.s.f && !state.s.l) {
        self.done = true;
        self.left = state.p.length - ((state.s.p ?? 0) > 0 ? 1 : 0) + (bytes.length - at);
      }
      for (const chunk of out) {
        self.crc = crc32(chunk, self.crc);
        self.size += chunk.length;
        yield chunk;
      }
    }
  }
}

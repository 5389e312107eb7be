/**
 * fflate's raw DEFLATE (RFC 1951) reader, pushed in small steps. fflate says neither where the stream ends, which gzip
 * members and zip data descriptors need, nor keeps what it inflated before a fault; both are read from its state.
 */
import { Inflate } from 'fflate';

/** fields of fflate 0.8: `s.f` last block seen, `s.l` its table while inside it, `s.p` bits used of `p`, `p` input left */
interface State {
  s: { f?: number; l?: unknown; p?: number };
  p: Uint8Array;
}

/** DEFLATE expands 1 : 1032 at most: a step of input gives no more than 33 MiB at once. */
const step = 32_768;

export interface Inflater {
  /** Output for these bytes, in pieces. */
  push(bytes: Uint8Array): Uint8Array[];
  /** The stream has ended; `left` bytes of what was pushed lie behind its end. */
  readonly done: boolean;
  readonly left: number;
  /** What was wrong, once. Nothing is read behind it. */
  readonly fault?: string;
}

export function createInflater(): Inflater {
  let out: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  const state = inflate as unknown as State;
  const self = { done: false, left: 0, fault: undefined as string | undefined, push };
  return self;

  function push(bytes: Uint8Array): Uint8Array[] {
    out = [];
    let at = 0;
    for (let size = step; at < bytes.length && !self.done && self.fault === undefined;) {
      const before = { p: state.p, s: { ...state.s } };
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
        break;
      }
      at += Math.min(size, bytes.length - at);
      if (state.s.f && !state.s.l) {
        self.done = true;
        self.left = state.p.length - ((state.s.p ?? 0) > 0 ? 1 : 0) + (bytes.length - at);
      }
    }
    return out;
  }
}

/** Cuts chunks of any size into the records of a file: what is not all there waits for the next chunk. */
import type { CaptureReader } from './capture-file';

export interface Steps {
  /**
   * Reads what stands at `at`. Returns its size, which may lie beyond `end` (the rest is passed over); negated, how many
   * bytes it needs; 0 = nothing that follows is read. `last` = no more bytes come: then a need is the end.
   */
  step(bytes: Uint8Array, view: DataView, at: number, end: number, base: number, last: boolean): number;
  /** Bytes from `offset` on are left, or were to be passed over and never came. */
  left(offset: number): void;
}

export function createCarry({ step, left }: Steps): CaptureReader {
  let carry = new Uint8Array(4096);
  let carried = 0;
  /** Bytes that the carried record needs before it is looked at again. */
  let missing = 1;
  let skipping = 0;
  /** Where the record begins that is being passed over. */
  let skippedAt = 0;
  /** File offset behind the last chunk. */
  let behind = 0;
  let stopped = false;

  const keep = (bytes: Uint8Array): void => {
    if (carry.length < carried + bytes.length) {
      const larger = new Uint8Array(Math.max(carry.length * 2, carried + bytes.length));
      larger.set(carry.subarray(0, carried));
      carry = larger;
    }
    carry.set(bytes, carried);
    carried += bytes.length;
  };
  /** Returns the first byte that is still needed. */
  const run = (bytes: Uint8Array, from: number, end: number, base: number, last: boolean): number => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = from;
    while (at < end) {
      const size = step(bytes, view, at, end, base, last);
      if (size < 0) {
        missing = -size;
        return at;
      }
      if (size === 0) {
        stopped = true;
        return end;
      }
      if (size > end - at) {
        skipping = size - (end - at);
        skippedAt = base + at;
        return end;
      }
      at += size;
    }
    return at;
  };

  return {
    push(chunk) {
      const base = behind;
      behind += chunk.length;
      let at = 0;
      const pass = (): void => {
        const passed = Math.min(skipping, chunk.length - at);
        skipping -= passed;
        at += passed;
      };
      if (stopped) return;
      pass();
      while (carried > 0 && at < chunk.length) {
        const take = Math.min(chunk.length - at, Math.max(1, missing - carried));
        keep(chunk.subarray(at, at + take));
        at += take;
        if (carried < missing) return;
        const done = run(carry, 0, carried, base + at - carried, false);
        if (stopped) return;
        carry.copyWithin(0, done, carried);
        carried -= done;
        pass();
      }
      if (at >= chunk.length) return;
      const done = run(chunk, at, chunk.length, base, false);
      if (!stopped && done < chunk.length) keep(chunk.subarray(done));
    },
    end() {
      if (stopped) return;
      if (skipping > 0) {
        left(skippedAt);
        return;
      }
      const start = behind - carried;
      const done = carried > 0 ? run(carry, 0, carried, start, true) : 0;
      if (!stopped && (done < carried || skipping > 0)) left(skipping > 0 ? skippedAt : start + done);
    },
  };
}

/**
 * The compressed bytes as they come. The readers of the format are generators: they yield `undefined` where they want
 * more input, and output where they have some.
 */
import type { ProblemCode, XzFault } from './fault';

export interface Input {
  /** The part at hand, lent by the caller until more is asked for. */
  part: Uint8Array;
  at: number;
  /** Offset of the first byte of `part`. */
  before: number;
  ended: boolean;
}

export type Steps<Result = void> = Generator<Uint8Array | undefined, Result, void>;

export const offsetOf = (input: Input): number => input.before + input.at;

/** Ends the decoder at a fault; `decode` in `decoder.ts` catches it. */
export function fail(code: ProblemCode, offset: number, detail: string): never {
  throw { xz: { code, offset, detail } satisfies XzFault };
}

/** True where at least one byte is at hand. */
export function* some(input: Input): Steps<boolean> {
  while (input.at === input.part.length) {
    if (input.ended) return false;
    yield undefined;
  }
  return true;
}

export function* nextByte(input: Input): Steps<number> {
  if (input.at === input.part.length && !(yield* some(input))) fail('truncated-archive', offsetOf(input), 'xz');
  return input.part[input.at++]!;
}

/** Fills `target`; gives how many bytes there were. */
export function* fill(input: Input, target: Uint8Array): Steps<number> {
  let filled = 0;
  while (filled < target.length && (yield* some(input))) {
    const part = input.part.subarray(input.at, input.at + target.length - filled);
    target.set(part, filled);
    filled += part.length;
    input.at += part.length;
  }
  return filled;
}

/** Exactly `length` bytes. */
export function* take(input: Input, length: number): Steps<Uint8Array> {
  const bytes = new Uint8Array(length);
  if ((yield* fill(input, bytes)) < length) fail('truncated-archive', offsetOf(input), 'xz');
  return bytes;
}

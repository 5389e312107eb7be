/** The checks of a block's content (the .xz file format 1.2.0, section 3.4). */
import { sha256 } from '@noble/hashes/sha2.js';
import { layout, type Engine } from './engine';

export interface BlockCheck {
  /** Carries on over content between two addresses of the engine's memory. */
  add(from: number, to: number): void;
  /** As written behind the block; undefined where the kind is not known. */
  value(): Uint8Array | undefined;
}

/** Bytes of each kind of check, known or not. */
export const checkSizes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;

export function blockCheck(engine: Engine, kind: number): BlockCheck {
  const size = checkSizes[kind]!;
  if (kind === 10) {
    const hash = sha256.create();
    return { add: (from, to) => void hash.update(engine.bytes.subarray(from, to)), value: () => hash.digest() };
  }
  if (kind === 1 || kind === 4) {
    const carry = kind === 1 ? engine.exports.crc32 : engine.exports.crc64;
    const value = (): Uint8Array => engine.bytes.subarray(layout.check, layout.check + size);
    value().fill(0);
    return { add: carry, value };
  }
  return { add: () => undefined, value: () => (kind === 0 ? new Uint8Array(0) : undefined) };
}

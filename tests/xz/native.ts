/** The tool `xz`, the decoder's oracle; tests that need it skip, and say so, where it is absent. */
import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';
import { openXz, type XzFault } from '../../src/xz/decoder';

const present = spawnSync('xz', ['--version']).status === 0;
if (!present) console.warn('skipped: the tool xz is not on this machine');
export const describeWithXz = present ? describe : describe.skip;

const maxBuffer = 2 ** 30;

export function pack(content: Uint8Array, options: readonly string[]): Uint8Array {
  const { status, stdout, stderr } = spawnSync('xz', ['-zc', '--quiet', ...options], { input: content, maxBuffer });
  if (status !== 0) throw new Error(`xz ${options.join(' ')}: ${stderr.toString()}`);
  return stdout;
}

/** What `xz -dc` gives, bytes before a fault included. */
export function unpackNatively(bytes: Uint8Array): { good: boolean; content: Uint8Array } {
  const { status, stdout } = spawnSync('xz', ['-dc', '--quiet'], { input: bytes, maxBuffer });
  return { good: status === 0, content: stdout };
}

export interface Unpacked {
  readonly content: Uint8Array;
  readonly fault: XzFault | undefined;
}

/** Ours; `step` gives how many bytes to push at a time. */
export async function unpack(bytes: Uint8Array, step: () => number = () => 65_536, open = openXz): Promise<Unpacked> {
  const decoder = await open();
  const pieces: Uint8Array[] = [];
  const drain = (): void => {
    for (let piece = decoder.pull(); piece; piece = decoder.pull()) pieces.push(piece.slice());
  };
  try {
    for (let at = 0; at < bytes.length && !decoder.done;) {
      const size = Math.max(1, step());
      decoder.push(bytes.subarray(at, at + size));
      drain();
      at += size;
    }
    decoder.end();
    drain();
    return { content: Buffer.concat(pieces), fault: decoder.fault ?? decoder.unverified };
  } finally {
    decoder.close();
  }
}

/** Seeded, so that a failure can be made again (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text-like, random, runs, or words that look like branches of processors, in turns. */
export function content(length: number, next: () => number): Uint8Array {
  const bytes = new Uint8Array(length);
  const words = ['INVITE sip:', ' error ', '2026-11-22T05:', 'proxy=', '\n', 'registered', '10.0.0.', '; '];
  for (let at = 0; at < length;) {
    const size = Math.min(length - at, 1 + Math.floor(next() * 20_000));
    const end = at + size;
    const kind = Math.floor(next() * 5);
    const repeated = Math.floor(next() * 256);
    if (kind === 4 && at > 0) {
      // far repeats
      bytes.copyWithin(at, Math.floor(next() * at), Math.min(at, Math.floor(next() * at) + size));
      at = end;
      continue;
    }
    while (at < end) {
      if (kind === 0) bytes[at++] = Math.floor(next() * 256);
      else if (kind === 1) bytes[at++] = next() < 0.002 ? 1 : repeated;
      else if (kind === 2) {
        const word = words[Math.floor(next() * words.length)]! + (next() < 0.3 ? Math.floor(next() * 1000) : '');
        for (let n = 0; n < word.length && at < end; n++) bytes[at++] = word.charCodeAt(n);
      } else {
        for (const byte of branch(next)) if (at < end) bytes[at++] = byte;
      }
    }
  }
  return bytes;
}

const patterns: readonly (readonly number[])[] = [
  [0xe8, -1, -1, 0, 0x00],
  [0xe9, -1, -1, -1, 0xff],
  [0xe8, 0xe8, -1, 0xe9, 0x00, 0x00, 0xff],
  [0x48, -1, -1, 0x01],
  [-1, -1, -1, 0xeb],
  [-1, 0xf3, -1, 0xfb],
  [0x40, 0x12, -1, -1],
  [0x7f, 0xf0, -1, -1],
  [-1, -1, -1, 0x94],
  [-1, 0x00, 0x00, 0x90],
  [-1, -1, -1, 0xb0],
  [0x10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0x50],
  [0x16, 0x00, -1, -1, -1, 0x05, 0x28, 0x00, 0x00, 0x0a, 0x50, 0x00, 0x01, 0x02, 0x03, 0x28],
  [-1, -1, -1, -1],
];
const branch = (next: () => number): number[] =>
  patterns[Math.floor(next() * patterns.length)]!.map((byte) => (byte < 0 ? Math.floor(next() * 256) : byte));

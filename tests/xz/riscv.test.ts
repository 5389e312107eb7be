/**
 * The RISC-V filter, which the `xz` of many systems lacks. The encoder here follows the description of the filter; it is
 * held against instructions worked out by hand.
 */
import { describe, expect, it } from 'vitest';
import { filterChain } from '../../src/xz/filters';
import { random } from './native';

const jal = 0x6f;
const auipc = 0x17;

/** What the encoder of the filter makes of `code`, whose first byte has the address `start`. */
function encode(code: Uint8Array, start = 0): Uint8Array {
  const bytes = code.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 8 <= bytes.length;) {
    const word = view.getUint32(at, true);
    const register = (word >>> 7) & 31;
    if ((word & 0x7f) === jal && (register === 1 || register === 5)) {
      at += turnJump(view, at, word, start);
    } else if ((word & 0x7f) !== auipc) at += 2;
    else if (register !== 0 && register !== 2) {
      const user = view.getUint32(at + 4, true);
      const isPair = (user & 3) === 3 && ((user >>> 15) & 31) === register;
      if (isPair) {
        const target = (word & 0xfffff000) + ((user | 0) >> 20) + start + at;
        view.setUint32(at, ((user << 12) | (2 << 7) | auipc) >>> 0, true);
        view.setUint32(at + 4, target >>> 0, false);
      }
      at += isPair ? 8 : 6;
    } else {
      // what looks like a turned pair already: rd is x2, the other instruction is whole and its register could be turned
      const owner = word >>> 27;
      const looksTurned = register === 2 && ((word >>> 12) & 3) === 3 && owner !== 0 && owner !== 2;
      if (looksTurned) {
        const number = view.getUint32(at + 4, true);
        view.setUint32(at, ((number & 0xfffff000) | (owner << 7) | auipc) >>> 0, true);
        view.setUint32(at + 4, ((word >>> 12) | (number << 20)) >>> 0, true);
      }
      at += looksTurned ? 8 : 4;
    }
  }
  return bytes;
}

/** `jal`: bits 20, 10–1, 11, 19–12 of the distance; turned: bits 20–1 of the target, the highest first. */
function turnJump(view: DataView, at: number, word: number, start: number): number {
  const distance =
    ((word >>> 31) << 20) |
    (((word >>> 21) & 0x3ff) << 1) |
    (((word >>> 20) & 1) << 11) |
    (((word >>> 12) & 0xff) << 12);
  const target = (distance + start + at) >>> 1;
  view.setUint8(at + 1, (view.getUint8(at + 1) & 15) | (((target >>> 16) & 15) << 4));
  view.setUint8(at + 2, (target >>> 8) & 255);
  view.setUint8(at + 3, target & 255);
  return 4;
}

/** Through the decoder's filter, `step` bytes at a time. */
function decode(encoded: Uint8Array, start: number, step: number): Uint8Array {
  const chain = filterChain([{ id: 11, distance: 0, start }]);
  const held = new Uint8Array(encoded.length);
  const out: number[] = [];
  let length = 0;
  for (let at = 0; at < encoded.length; at += step) {
    const part = encoded.subarray(at, at + step);
    held.set(part, length);
    length += part.length;
    const ready = chain.run(held, length, at + step >= encoded.length);
    out.push(...held.subarray(0, ready));
    chain.moved(ready);
    held.copyWithin(0, ready, length);
    length -= ready;
  }
  return Uint8Array.from(out);
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const code = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

function program(length: number, next: () => number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  const number = (below: number): number => Math.floor(next() * below);
  for (let at = 0; at + 8 <= length;) {
    const kind = number(8);
    const register = number(4) === 0 ? 2 : number(32);
    view.setUint32(at, number(2 ** 32), true);
    if (kind === 0) view.setUint32(at, (number(2 ** 20) * 4096 + (number(2) === 0 ? 1 : 5) * 128 + jal) >>> 0, true);
    if (kind > 4) view.setUint32(at, (number(2 ** 20) * 4096 + register * 128 + auipc) >>> 0, true);
    if (kind > 5) {
      const user = number(2 ** 17) * 2 ** 15 * 8 + (kind === 6 ? register : number(32)) * 2 ** 15;
      view.setUint32(at + 4, ((user & ~0x7f) | 0x13 | (number(32) << 7)) >>> 0, true);
    }
    at += kind === 1 ? 2 : kind > 5 ? 8 : 4;
  }
  return bytes;
}

describe('RISC-V filter', () => {
  it.each([
    // jal ra, +0x2000 at 0x1000 → 0x3000; nop
    [0x1000, 'ef200000 13000000', 'ef001800 13000000'],
    // auipc a0, 0x12345; addi a0, a0, -1 at 0x1000 → 0x12345fff
    [0x1000, '17553412 1305f5ff', '17315150 12345fff'],
    // auipc x2 whose second half is no instruction stays
    [0, '17010000 78563412', '17010000 78563412'],
    // an instruction that needs no turning
    [0, '13000000 b7050000', '13000000 b7050000'],
  ])('at %i: %s', (start, plain, turned) => {
    expect(hex(encode(code(plain), start))).toBe(turned.replace(' ', ''));
    expect(hex(decode(code(turned), start, 8))).toBe(plain.replace(' ', ''));
  });

  it('undoes what its encoder does, however it is cut', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = random(seed);
      const plain = program(Math.floor(next() * 2000), next);
      const start = 2 * Math.floor(next() * 2 ** 30);
      const turned = encode(plain, start);
      expect(hex(decode(turned, start, 1 + Math.floor(next() * 300))), `seed ${seed}`).toBe(hex(plain));
    }
  });
});

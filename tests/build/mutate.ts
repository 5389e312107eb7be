/** Damages bytes as wires, disks and attackers do; the same seed gives the same bytes. */

export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

export function mutant(original: Uint8Array, other: Uint8Array, seed: number): Uint8Array {
  const random = randomOf(seed);
  let bytes = original.slice();
  const times = 1 + random(3);
  for (let n = 0; n < times && bytes.length > 0; n++) {
    const at = random(bytes.length);
    switch (random(6)) {
      case 0: {
        // two bytes in a hundred
        const flips = Math.max(1, bytes.length / 50);
        for (let flip = 0; flip < flips; flip++) bytes[random(bytes.length)] = random(256);
        break;
      }
      case 1:
        bytes = bytes.slice(0, at);
        break;
      case 2: {
        // a splice of another file
        const from = random(other.length + 1);
        const part = other.subarray(from, from + random(400));
        const joined = new Uint8Array(at + part.length + bytes.length - at);
        joined.set(bytes.subarray(0, at));
        joined.set(part, at);
        joined.set(bytes.subarray(at), at + part.length);
        bytes = joined;
        break;
      }
      case 3: {
        // a length that lies
        const view = new DataView(bytes.buffer);
        const value = extremes[random(extremes.length)]!;
        const width = [1, 2, 4][random(3)]!;
        if (at + width > bytes.length) break;
        if (width === 1) view.setUint8(at, value & 255);
        else if (width === 2) view.setUint16(at, value & 65535, random(2) === 0);
        else view.setUint32(at, value, random(2) === 0);
        break;
      }
      case 4: {
        // something missing
        const length = random(Math.min(200, bytes.length - at));
        const joined = new Uint8Array(bytes.length - length);
        joined.set(bytes.subarray(0, at));
        joined.set(bytes.subarray(at + length), at);
        bytes = joined;
        break;
      }
      default: {
        // the same again
        const part = bytes.subarray(at, at + random(300));
        const joined = new Uint8Array(bytes.length + part.length);
        joined.set(bytes);
        joined.set(part, bytes.length);
        bytes = joined;
      }
    }
  }
  return bytes;
}

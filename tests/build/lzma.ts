/** Writes LZMA alone with literals only: enough for every structure around them, without a native tool. */
import { joined, toBytes } from './tar';

export interface LzmaOptions {
  /** As the header states it; unknown where undefined. */
  readonly size?: number | undefined;
  readonly marker?: boolean;
  readonly dictionary?: number;
}

export function lzma(
  content: Uint8Array | string,
  { size, marker = size === undefined, dictionary = 2 ** 16 }: LzmaOptions = {},
): Uint8Array {
  const bytes = toBytes(content);
  const header = new DataView(new ArrayBuffer(13));
  header.setUint8(0, 0x5d);
  header.setUint32(1, dictionary, true);
  header.setUint32(5, size ?? 0xffffffff, true);
  header.setUint32(9, size === undefined ? 0xffffffff : 0, true);
  const coder = rangeCoder();
  let previous = 0;
  bytes.forEach((byte, at) => {
    coder.bit(`match ${at & 3}`, 0);
    coder.tree(`literal ${previous >> 5}`, byte, 8);
    previous = byte;
  });
  if (marker) {
    coder.bit(`match ${bytes.length & 3}`, 1);
    coder.bit('rep', 0);
    coder.bit('length', 0);
    coder.tree(`low ${bytes.length & 3}`, 0, 3);
    coder.tree('slot', 63, 6);
    for (let n = 0; n < 26; n++) coder.direct(1);
    // from the lowest bit, all ones: the same as from the highest
    coder.tree('align', 15, 4);
  }
  return joined(new Uint8Array(header.buffer), coder.end());
}

function rangeCoder() {
  const out: number[] = [];
  const chances = new Map<string, number>();
  let low = 0;
  let range = 2 ** 32 - 1;
  let cache = 0;
  let waiting = 1;
  const shift = (): void => {
    if (low < 0xff000000 || low >= 2 ** 32) {
      const carry = low >= 2 ** 32 ? 1 : 0;
      for (let byte = cache; waiting > 0; waiting--, byte = 0xff) out.push((byte + carry) & 255);
      cache = Math.floor(low / 2 ** 24) & 255;
    }
    waiting++;
    low = (low % 2 ** 24) * 256;
  };
  const settle = (): void => {
    while (range < 2 ** 24) {
      range *= 256;
      shift();
    }
  };
  const bit = (name: string, value: number): void => {
    const chance = chances.get(name) ?? 1024;
    const bound = (range >>> 11) * chance;
    if (value === 0) range = bound;
    else {
      low += bound;
      range -= bound;
    }
    chances.set(name, value === 0 ? chance + ((2048 - chance) >> 5) : chance - (chance >> 5));
    settle();
  };
  return {
    bit,
    tree(name: string, value: number, bits: number): void {
      for (let node = 1, n = bits - 1; n >= 0; n--) {
        const own = (value >> n) & 1;
        bit(`${name} ${node}`, own);
        node = 2 * node + own;
      }
    },
    direct(value: number): void {
      range = Math.floor(range / 2);
      if (value === 1) low += range;
      settle();
    },
    end(): Uint8Array {
      for (let n = 0; n < 5; n++) shift();
      return Uint8Array.from(out);
    },
  };
}

import { describe, expect, it } from 'vitest';
import { decodeBlocks, type Lend } from '../../src/intake/xz-blocks';
import { helpWithXz, type ToHelper } from '../../src/intake/xz-helper';
import { readBlockMap } from '../../src/xz/block-map';
import { joined, tar } from '../build/tar';
import { xz } from '../build/xz';
import { content, drop, told } from './drop';

const text = Array.from({ length: 100_000 }, (_, n) => `line ${n} of a log\n`).join('');
const blockSize = 150_000;
const packed = xz(text, { blockSize, check: 'crc32' });

async function unpack(bytes: Uint8Array, lend?: Lend, stopAt = Infinity) {
  const blob = new Blob([bytes as BlobPart]);
  const blocks = await readBlockMap(
    blob.size,
    async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  );
  const faults: [offset: number, detail: string, lost: number | undefined][] = [];
  const taken: number[] = [];
  const parts: Uint8Array[] = [];
  let length = 0;
  const events = {
    fault: ({ offset, detail }: { offset: number; detail: string }, lost: number | undefined) =>
      void faults.push([offset, detail, lost]),
    taken: (offset: number) => void taken.push(offset),
  };
  for await (const part of decodeBlocks(blob, blocks!, lend, events, { worthwhile: 0, patience: 50 })) {
    parts.push(part.slice());
    length += part.length;
    if (length >= stopAt) break;
    // as one that parses: helpers run meanwhile
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { content: new TextDecoder().decode(joined(...parts)), faults, taken, blocks: blocks! };
}

/** Helpers in this thread; `ended` counts those that were let go. */
function helpers(count: number) {
  const seen = { ended: 0, served: 0 };
  const lend: Lend = () => {
    if (seen.served === count) return Promise.resolve(undefined);
    seen.served++;
    const { port1, port2 } = new MessageChannel();
    void helpWithXz(port1).then(() => seen.ended++);
    return Promise.resolve(port2);
  };
  return { lend, seen };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('blocks of an .xz file', () => {
  it.each([0, 1, 3])('come in order with %i helpers, which are let go at the end', async (count) => {
    const { lend, seen } = helpers(count);
    const result = await unpack(packed, lend);
    expect(result.content === text).toBe(true);
    expect(result.faults).toEqual([]);
    expect(result.taken).toEqual([...result.taken].sort((a, b) => a - b));
    await settled();
    expect(seen).toEqual({ served: count, ended: count });
  });

  it('lets helpers go where the content is left early', async () => {
    const { lend, seen } = helpers(2);
    const { content: start } = await unpack(packed, lend, 400_000);
    expect(text.startsWith(start)).toBe(true);
    await settled();
    expect(seen).toEqual({ served: 2, ended: 2 });
  });

  it('does the block of a helper that falls silent again', async () => {
    const asked: number[] = [];
    let lent = false;
    const lend: Lend = () => {
      if (lent) return Promise.resolve(undefined);
      lent = true;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<ToHelper>) => {
        if (!('run' in data)) return;
        const { start, offset } = data.run.block;
        asked.push(start);
        const buffer = new TextEncoder().encode(text.slice(start, start + 1000)).buffer;
        port1.postMessage({ buffer, length: 1000, taken: offset + 1020 });
      };
      port1.postMessage({ ready: true });
      return Promise.resolve(port2);
    };
    const result = await unpack(packed, lend);
    expect(result.content === text).toBe(true);
    expect(asked).toEqual([blockSize]);
  });

  it.each([0, 1])('goes on behind a damaged block, with %i helpers', async (count) => {
    const { blocks } = await unpack(packed);
    const turned = packed.slice();
    // the control byte of the second LZMA2 chunk of the third block; the content of the fifth
    const control = blocks[2]!.offset + 12 + 3 + 65_536;
    turned[control] = 3;
    turned[blocks[4]!.offset + 100]! ^= 1;
    const result = await unpack(turned, helpers(count).lend);
    const lost = blockSize - 65_536;
    expect(result.faults).toEqual([
      [control, 'xz, LZMA2 control byte', lost],
      [blocks[4]!.offset + blocks[4]!.unpadded + 2 - 4, 'xz, check', 0],
    ]);
    const hole = 2 * blockSize + 65_536;
    expect(result.content.length).toBe(text.length);
    expect(result.content.slice(0, hole)).toBe(text.slice(0, hole));
    expect(result.content.slice(hole, hole + lost)).toBe('\0'.repeat(lost));
    expect(result.content.slice(3 * blockSize, 4 * blockSize)).toBe(text.slice(3 * blockSize, 4 * blockSize));
    expect(result.content.slice(5 * blockSize)).toBe(text.slice(5 * blockSize));
  });

  it('keeps the members of an archive before and behind a damaged block', async () => {
    const member = (name: string) => ({ name, bytes: `${name}\n`.repeat(3000) });
    const names = ['a.log', 'b.log', 'c.log', 'd.log'];
    const archive = xz(tar(names.map(member)), { blockSize: 10_500, check: 'crc32' });
    const { blocks } = await unpack(archive);
    // the second block holds the end of the first member, the header and some of the second
    archive[blocks[1]!.offset + 12] = 3;
    const result = await drop(archive, 'x.tar.xz');
    expect(told(result)[0]).toBe('damaged-block x.tar.xz: xz, LZMA2 control byte, 10500 bytes lost');
    expect(await content(result, 'x.tar.xz!/c.log')).toBe('c.log\n'.repeat(3000));
    expect(await content(result, 'x.tar.xz!/d.log')).toBe('d.log\n'.repeat(3000));
    expect((await content(result, 'x.tar.xz!/a.log'))!.startsWith('a.log\n'.repeat(1600))).toBe(true);
  });

  it.each([
    ['is cut off', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 3000), 'truncated-archive'],
    [
      'does not hold',
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length - 20 ? byte ^ 1 : byte)),
      'corrupt-archive',
    ],
  ])('goes on behind a damaged block where the index %s', async (_, spoil, end) => {
    const member = (name: string) => ({ name, bytes: `${name}\n`.repeat(3000) });
    const whole = xz(tar(['a.log', 'b.log', 'c.log', 'd.log'].map(member)), { blockSize: 10_500, check: 'crc32' });
    const { blocks } = await unpack(whole);
    whole[blocks[1]!.offset + 12] = 3;
    whole[blocks[6]!.offset + 100]! ^= 1;
    const result = await drop(spoil(whole), 'x.tar.xz');
    expect(told(result).filter((line) => line.includes(' x.tar.xz:'))).toEqual([
      'damaged-block x.tar.xz: xz, LZMA2 control byte, 10500 bytes lost',
      'damaged-block x.tar.xz: xz, check',
      expect.stringContaining(`${end} x.tar.xz: xz`),
    ]);
    expect(await content(result, 'x.tar.xz!/c.log')).toBe('c.log\n'.repeat(3000));
    expect((await content(result, 'x.tar.xz!/a.log'))!.startsWith('a.log\n'.repeat(1600))).toBe(true);
  });

  it('goes on with the next stream where an index does not hold', async () => {
    const first = xz('first\n'.repeat(100), { check: 'crc32' });
    first[first.length - 20]! ^= 1;
    const result = await drop(joined(first, new Uint8Array(4), xz('second\n'.repeat(100))), 'x.log.xz');
    expect(told(result)).toEqual(['corrupt-archive x.log.xz: xz, index']);
    expect(await content(result, 'x.log.xz!/x.log')).toBe('first\n'.repeat(100) + 'second\n'.repeat(100));
  });
});

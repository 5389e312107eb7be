import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Container } from '../../src/intake/containers/container';
import gzipContainer from '../../src/intake/containers/gzip';
import xzContainer from '../../src/intake/containers/xz';
import { pieceBytes } from '../../src/intake/pieces';
import { intake } from '../../src/intake/run';
import { slices } from '../../src/intake/source';
import { membersElsewhere, type Elsewhere } from '../../src/intake/stream-elsewhere';
import type { Lend } from '../../src/intake/xz-blocks';
import { helpWithXz, type ToHelper } from '../../src/intake/xz-helper';
import { gzip } from '../build/gzip';
import { randomOf } from '../build/mutate';
import { joined, tar } from '../build/tar';
import { xz } from '../build/xz';
import { contents, told } from './drop';

const text = Array.from({ length: 100_000 }, (_, n) => `line ${n} of a log\n`).join('');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const helped =
  (ended: Promise<void>[] = []): Lend =>
  () => {
    const { port1, port2 } = new MessageChannel();
    ended.push(helpWithXz(port1));
    return Promise.resolve(port2);
  };

async function unpack(
  container: Container,
  bytes: Uint8Array,
  lend: Lend,
  { stopAt = Infinity, patience = 5000 } = {},
) {
  const atRest = new Blob([bytes as BlobPart]);
  const problems: string[] = [];
  const input = {
    path: 'x',
    head: bytes.slice(0, 65_536),
    chunks: () => slices(atRest),
    blob: async () => atRest,
    atRest,
  };
  let handed: Elsewhere | undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  const report = { problem: (code: string, offset: number) => void problems.push(`${code} ${offset}`) };
  for await (const member of membersElsewhere(container, input, report, lend, (to) => (handed = to), patience)) {
    for await (const chunk of member.chunks()) {
      parts.push(chunk.slice());
      if ((length += chunk.length) >= stopAt) break;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return { content: new TextDecoder().decode(joined(...parts)), problems, handed };
}

describe('a stream that another worker unpacks', () => {
  it.each([
    ['xz', xzContainer, xz(text)],
    ['gzip', gzipContainer, gzip(text)],
    ['gzip of two members', gzipContainer, joined(gzip(text.slice(0, 100_000)), gzip(text.slice(100_000)))],
  ])('comes whole with the digest of the file, and the other one is let go: %s', async (_, container, bytes) => {
    const ended: Promise<void>[] = [];
    const { content, problems, handed } = await unpack(container, bytes, helped(ended));
    expect(content === text).toBe(true);
    expect(problems).toEqual([]);
    expect(handed).toEqual({ taken: expect.any(Number), digest: sha256(bytes) });
    await Promise.all(ended);
  });

  it('lets the other one go where the content is left early', async () => {
    const ended: Promise<void>[] = [];
    const { content } = await unpack(xzContainer, xz(text), helped(ended), { stopAt: 600_000 });
    expect(text.startsWith(content)).toBe(true);
    await Promise.all(ended);
  });

  it('tells a fault once, behind what comes before it', async () => {
    const cut = xz(text).subarray(0, 1_200_000);
    const { content, problems } = await unpack(xzContainer, cut, helped());
    expect(text.startsWith(content)).toBe(true);
    expect(content.length).toBeGreaterThan(1_199_000);
    expect(problems).toEqual(['truncated-archive 1200000']);
  });

  it.each(['fails', 'falls silent'])('is unpacked here where the other one %s', async (how) => {
    const cut = xz(text).subarray(0, 1_200_000);
    let asked = 0;
    const lend: Lend = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<ToHelper>) => {
        if (!('room' in data) || asked++ > 0) return;
        const buffer = data.room[0]!;
        new Uint8Array(buffer).set(new TextEncoder().encode(text.slice(0, pieceBytes)));
        port1.postMessage({ buffer, length: pieceBytes, taken: 1000 }, [buffer]);
        port1.postMessage({ problem: ['truncated-archive', 1_200_000, 'xz'] });
        if (how === 'fails') port1.postMessage({ failed: true });
      };
      return Promise.resolve(port2);
    };
    const { content, problems, handed } = await unpack(xzContainer, cut, lend, { patience: 100 });
    expect(content.length).toBeGreaterThan(1_199_000);
    expect(text.startsWith(content)).toBe(true);
    expect(problems).toEqual(['truncated-archive 1200000']);
    expect(handed).toBeUndefined();
  });

  it('gives the same harvest as one that is unpacked here', async () => {
    const random = randomOf(5);
    const noise = Uint8Array.from({ length: 5 * 2 ** 20 }, () => random(256));
    const archive = xz(
      tar([
        { name: 'a.log', bytes: '2026-11-12 08:00:00 ERROR no\n' },
        { name: 'noise', bytes: noise },
      ]),
    );
    const read = (lend?: Lend) =>
      intake(
        { path: 'x.tar.xz', blob: new Blob([archive as BlobPart]), keepBytes: true },
        { headers: [], patterns: [] },
        undefined,
        lend,
      );
    let lent = 0;
    const [far, near] = [await read(() => (lent++, helped()())), await read()];
    expect(lent).toBe(1);
    expect(far.harvest).toEqual(near.harvest);
    expect(far.harvest.source.sha256).toBe(sha256(archive));
    expect(told(far)).toEqual([]);
    expect(await contents(far)).toEqual(await contents(near));
  });
});

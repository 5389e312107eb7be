import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/intake/source';
import { helpWithXz } from '../../src/intake/xz-helper';
import type { Lend } from '../../src/intake/xz-blocks';
import { pcap } from '../build/pcap';
import { stream } from '../build/rtp';

const bytes = Uint8Array.from({ length: 100_003 }, (_, n) => (n * 7 + (n >> 8)) & 255);
const blob = new Blob([bytes]);
const sha256 = createHash('sha256').update(bytes).digest('hex');

async function read(lend: Lend | undefined, stopAt = Infinity) {
  const faults: number[] = [];
  const source = await openSource(blob, { fault: (offset) => faults.push(offset) }, 1000, lend, 0);
  const parts: number[] = [];
  for await (const chunk of source.chunks()) {
    for (const byte of chunk) parts.push(byte);
    if (parts.length >= stopAt) break;
  }
  const digest = await source.finish();
  return {
    same: parts.every((byte, n) => byte === bytes[n]),
    length: parts.length,
    digest,
    taken: source.taken,
    faults,
  };
}

describe('a source that another worker reads and hashes', () => {
  const whole = { same: true, length: bytes.length, digest: sha256, taken: bytes.length, faults: [] };
  const ended: Promise<void>[] = [];
  const helped: Lend = () => {
    const { port1, port2 } = new MessageChannel();
    ended.push(helpWithXz(port1));
    return Promise.resolve(port2);
  };

  it('comes in order with its digest, and the other one is let go', async () => {
    expect(await read(helped)).toEqual(whole);
    await Promise.all(ended);
  });

  it('is the same where none may help', async () => {
    expect(await read(() => Promise.resolve(undefined))).toEqual(whole);
    expect(await read(undefined)).toEqual(whole);
    expect(await read(() => Promise.reject(new Error('gone')))).toEqual(whole);
  });

  it('has its digest where its reader stops early', async () => {
    expect(await read(helped, 5000)).toEqual({ ...whole, length: 5000 });
  });

  it('is read on here where the other one fails', async () => {
    let sent = 0;
    const failing: Lend = () => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<object>) => {
        if ('stop' in data) return port1.close();
        const at = 1000 + sent++ * 1000;
        const slice = bytes.slice(at, at + 1000).buffer;
        if (sent < 5) port1.postMessage({ slice }, [slice]);
        else port1.postMessage({ failed: true });
      };
      return Promise.resolve(port2);
    };
    expect(await read(failing)).toEqual(whole);
    expect(sent).toBe(5);
  });

  describe('and of which it reads a share', () => {
    const capture = pcap(stream({ from: '192.0.2.1:4000', to: '192.0.2.2:6000', start: 1, packets: 40 }));
    const order = { kind: 'packet-capture', path: 'a.pcap', wants: { headers: [], patterns: [] } };
    async function share(lend: Lend, late = false) {
      const source = await openSource(new Blob([capture as BlobPart]), { fault: () => undefined }, 1000, lend, 0);
      let isShared: boolean | undefined;
      let length = 0;
      for await (const chunk of source.chunks()) {
        length += chunk.length;
        if (late && length <= 1000) continue;
        isShared ??= await source.share(order);
      }
      const result = await source.shared();
      return { isShared, length, streams: result?.rows.tables.streams?.packets[0], digest: await source.finish() };
    }
    const plain = { length: capture.length, digest: createHash('sha256').update(capture).digest('hex') };

    it('gives the rows of the whole file', async () => {
      expect(await share(helped)).toEqual({ ...plain, isShared: true, streams: 40 });
    });

    it('gives none where nobody helps, or where it was asked for too late', async () => {
      const none = { ...plain, isShared: false, streams: undefined };
      expect(await share(() => Promise.resolve(undefined))).toEqual(none);
      expect(await share(helped, true)).toEqual(none);
    });

    it('gives none where the other one fails', async () => {
      const failing: Lend = () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }: MessageEvent<object>) =>
          'stop' in data ? port1.close() : port1.postMessage({ failed: true });
        return Promise.resolve(port2);
      };
      expect(await share(failing)).toEqual({ ...plain, isShared: true, streams: undefined });
    });
  });
});

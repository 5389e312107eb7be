import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { openDigest } from '../../src/intake/digest';

afterEach(() => void vi.unstubAllGlobals());

it.each(['by WebAssembly', 'without'])('SHA-256 is that of the platform, for any pieces, %s', async (how) => {
  if (how === 'without') vi.stubGlobal('WebAssembly', undefined);
  const bytes = Uint8Array.from({ length: 200_000 }, (_, n) => (n * n) >>> 3);
  for (const length of [0, 1, 55, 56, 63, 64, 65, 65_535, 65_536, 65_537, 200_000]) {
    const digest = await openDigest();
    for (let at = 0, step = 1; at < length; at += step, step = step * 3 + 1) {
      digest.update(bytes.subarray(at, Math.min(length, at + step)));
    }
    const expected = createHash('sha256').update(bytes.subarray(0, length)).digest('hex');
    expect(Buffer.from(digest.digest()).toString('hex'), `${length} bytes`).toBe(expected);
  }
});

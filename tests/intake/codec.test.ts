import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { openDigest } from '../../src/intake/codec';

it('SHA-256 is that of the platform, for every length and any pieces', async () => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, n) => (n * n) >>> 3);
  const lengths = [...Array(200).keys(), 65_527, 65_528, 65_535, 65_536, 65_537, 131_072, 200_000];
  for (const length of lengths) {
    const digest = (await openDigest())!;
    for (let at = 0, step = 1; at < length; at += step, step = step * 3 + 1) {
      digest.update(bytes.subarray(at, Math.min(length, at + step)));
    }
    const expected = createHash('sha256').update(bytes.subarray(0, length)).digest('hex');
    expect(Buffer.from(digest.digest()).toString('hex'), `${length} bytes`).toBe(expected);
  }
});

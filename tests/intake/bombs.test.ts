import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../src/intake/delivery';
import { gzip } from '../build/gzip';
import { randomOf } from '../build/mutate';
import { tar } from '../build/tar';
import { zip } from '../build/zip';
import { drop, told } from './drop';

const native = spawnSync('xz', ['--version']).status === 0;
if (!native) console.warn('skipped: the tool xz is not on this machine');

describe('bombs', () => {
  it.skipIf(!native)(
    'xz: 200 MB of zeros in 30 KB',
    async () => {
      const bytes = execFileSync('sh', ['-c', 'head -c 200000000 /dev/zero | xz -0'], { maxBuffer: 2 ** 20 });
      expect(bytes.length).toBeLessThan(50_000);
      const result = await drop(bytes, 'zeros.xz', { keepBytes: false });
      expect(told(result)).toEqual(['budget-reached zeros.xz!/zeros: 1000 : 1']);
    },
    120_000,
  );

  it('gzip: zeros in zeros', async () => {
    const inner = gzip(new Uint8Array(128 * 2 ** 20));
    const result = await drop(gzip(inner), 'zeros.gz', { keepBytes: false });
    expect(told(result)).toEqual(['budget-reached zeros.gz!/zeros!/zeros: 1000 : 1']);
    // whoever dropped it is told, though it is a member that was not read to its end
    const { port1 } = new MessageChannel();
    expect(deliver(result, port1).problems).toEqual(['budget-reached']);
    port1.close();
  });

  it('gzip: a quarter of a gigabyte at 250 : 1', async () => {
    const bytes = new Uint8Array(260 * 2 ** 20);
    const random = randomOf(3);
    for (let at = 0; at < bytes.length; at += 65_536) for (let n = 0; n < 180; n++) bytes[at + n] = random(256);
    const packed = gzip(bytes);
    expect(bytes.length / packed.length).toBeGreaterThan(200);
    expect(told(await drop(packed, 'zeros.gz', { keepBytes: false }))).toEqual([
      'budget-reached zeros.gz!/zeros: 200 : 1',
    ]);
  });

  it('zip: members that share their bytes', async () => {
    const entries = Array.from({ length: 3000 }, (_, n) => ({ name: `${n}`, bytes: 'shared' }));
    const { harvest } = await drop(zip(entries, { overlapping: true }), 'x.zip', { keepBytes: false });
    expect(harvest.artifacts).toHaveLength(2);
    // each is told up to the cap on problems of one file
    expect(harvest.problems.length).toBe(1001);
  });

  it('zip: zeros', async () => {
    const bytes = zip([{ name: 'zeros', bytes: new Uint8Array(160 * 2 ** 20) }]);
    expect(bytes.length).toBeLessThan(200_000);
    expect(told(await drop(bytes, 'x.zip', { keepBytes: false }))).toEqual(['budget-reached x.zip!/zeros: 1000 : 1']);
  });

  it('zip: sixteen in each of sixteen, six deep', async () => {
    let bytes = zip([{ name: 'text', bytes: 'x' }]);
    for (let depth = 0; depth < 6; depth++) {
      bytes = zip(Array.from({ length: 16 }, (_, n) => ({ name: `${n}.zip`, bytes })));
    }
    const result = await drop(bytes, 'x.zip', { keepBytes: false });
    expect(result.harvest.artifacts.length).toBeLessThan(1000);
    expect(told(result).at(-1)).toBe('budget-reached x.zip: 500 × 4 containers in one another');
  });

  it('zip: empty members without end', async () => {
    const bytes = zip(Array.from({ length: 60_000 }, (_, n) => ({ name: `${n}`, method: 0 })));
    const { harvest } = await drop(bytes, 'x.zip', { keepBytes: false });
    expect(harvest.artifacts.length).toBeLessThanOrEqual(50_001);
    expect(harvest.problems.at(-1)).toMatchObject({ code: 'budget-reached', detail: '50000 members' });
  }, 120_000);

  it('tar: empty members without end', async () => {
    const one = tar([{ name: 'x' }]).subarray(0, 512);
    const many = new Uint8Array(512 * 60_000);
    for (let at = 0; at < many.length; at += 512) many.set(one, at);
    const { harvest } = await drop(many, 'x.tar', { keepBytes: false });
    expect(harvest.artifacts.length).toBeLessThanOrEqual(50_001);
    expect(harvest.problems).toContainEqual({
      artifact: 0,
      code: 'budget-reached',
      offset: 0,
      detail: '50000 members',
    });
  }, 120_000);
});

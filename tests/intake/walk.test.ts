import { describe, expect, it } from 'vitest';
import { defaultBudget, type IntakeProgress } from '../../src/intake/intake';
import { intake, unpack } from '../../src/intake/run';
import { gzip } from '../build/gzip';
import { joined, tar, type TarEntry } from '../build/tar';
import { xz } from '../build/xz';
import { zip } from '../build/zip';
import { codes, content, contents, drop, listed, told } from './drop';

const nested = (depth: number): Uint8Array => {
  let bytes: Uint8Array = joined('the innermost text');
  for (let n = depth; n > 0; n--) bytes = zip([{ name: n === depth ? 'text' : `${n + 1}.zip`, bytes }]);
  return bytes;
};

const log = (lines: number): string =>
  Array.from(
    { length: lines },
    (_, n) => `time=2026-05-04T08:00:${String(n % 60).padStart(2, '0')}Z level=INFO msg="line ${n}"`,
  ).join('\n');

const bundle = (): Uint8Array =>
  xz(
    tar([
      { name: 'var/', type: '5' },
      { name: 'var/log/cld/cld.log', bytes: log(300) },
      { name: 'var/log/cld/cld.log.1.gz', bytes: gzip(log(200)) },
      { name: 'var/log/empty', bytes: '' },
      { name: 'report.zip', bytes: zip([{ name: 'users.csv', bytes: 'email,name\na@b.c,A\n' }]) },
    ]),
    { blockSize: 5000 },
  );

describe('nesting', () => {
  it('names an archive in a compressed stream once', async () => {
    const result = await drop(bundle(), 'cld-logs-1.tar.xz');
    expect(result.harvest.artifacts.map(({ path }) => path)).toEqual([
      'cld-logs-1.tar.xz',
      'cld-logs-1.tar.xz!/cld-logs-1.tar',
      'cld-logs-1.tar.xz!/var',
      'cld-logs-1.tar.xz!/var/log/cld/cld.log',
      'cld-logs-1.tar.xz!/var/log/cld/cld.log.1.gz',
      'cld-logs-1.tar.xz!/var/log/cld/cld.log.1.gz!/cld.log.1',
      'cld-logs-1.tar.xz!/var/log/empty',
      'cld-logs-1.tar.xz!/report.zip',
      'cld-logs-1.tar.xz!/report.zip!/users.csv',
    ]);
    expect(result.harvest.artifacts.map(({ parent }) => parent)).toEqual([-1, 0, 1, 1, 1, 4, 1, 1, 7]);
    expect(told(result)).toEqual([]);
    expect(await content(result, 'cld-logs-1.tar.xz!/var/log/cld/cld.log.1.gz!/cld.log.1')).toBe(log(200));
  });

  it('opens four containers in one another and refuses the fifth aloud', async () => {
    const four = await drop(nested(4), '1.zip');
    expect(await content(four, '1.zip!/2.zip!/3.zip!/4.zip!/text')).toBe('the innermost text');
    const five = await drop(nested(5), '1.zip');
    expect(listed(five).at(-1)).toBe('zip 1.zip!/2.zip!/3.zip!/4.zip!/5.zip');
    expect(told(five)).toEqual(['budget-reached 1.zip!/2.zip!/3.zip!/4.zip!/5.zip: 4 containers in one another']);
  });

  it('gives the same rows whatever the size of the reads', async () => {
    const bytes = bundle();
    const whole = (await drop(bytes, 'x.tar.xz', { digests: true })).harvest;
    for (const sliceSize of [3, 512, 4097]) {
      expect((await drop(bytes, 'x.tar.xz', { digests: true, sliceSize })).harvest).toEqual(whole);
    }
  });

  it('unpacks the same bytes again by index', async () => {
    const blob = new Blob([bundle() as BlobPart]);
    const result = await drop(blob, 'x.tar.xz');
    const texts = await contents(result);
    const again = await unpack({ path: 'x.tar.xz', blob });
    expect(await contents({ ...result, ...again })).toEqual(texts);
    expect(texts.filter((text) => text !== undefined)).toHaveLength(4);
  });

  it('keeps the members of a plain archive as parts of it', async () => {
    const result = await drop(
      tar([
        { name: 'a', bytes: 'one' },
        { name: 'b.zip', bytes: zip([{ name: 'c', bytes: 'three', method: 0 }]) },
      ]),
      'x.tar',
    );
    expect(await content(result, 'x.tar!/a')).toBe('one');
    expect(await content(result, 'x.tar!/b.zip!/c')).toBe('three');
  });
});

describe('cut short', () => {
  it('reads a prefix and tells so, wherever the bytes end', async () => {
    const bytes = xz(
      tar([
        { name: 'a.log', bytes: log(20) },
        { name: 'b.log', bytes: log(20) },
      ]),
      { blockSize: 1000 },
    );
    const whole = await drop(bytes, 'x.tar.xz');
    const all = [await content(whole, 'x.tar.xz!/a.log'), await content(whole, 'x.tar.xz!/b.log')];
    for (let length = 7; length < bytes.length; length += 41) {
      const result = await drop(bytes.slice(0, length), 'x.tar.xz');
      expect(codes(result)).toContain('truncated-archive');
      for (const [n, name] of ['a.log', 'b.log'].entries()) {
        expect(all[n]!.startsWith((await content(result, `x.tar.xz!/${name}`)) ?? '')).toBe(true);
      }
    }
  });

  it.each([
    ['tar', tar([{ name: 'a', bytes: log(5) }])],
    [
      'zip',
      zip([
        { name: 'a', bytes: log(5) },
        { name: 'b', bytes: log(5), method: 0 },
      ]),
    ],
    ['gz', gzip(log(40))],
  ])('%s: at every offset', async (ending, bytes) => {
    // a tar is mostly padding
    for (let length = 1; length < bytes.length; length += ending === 'tar' ? 5 : 1) {
      const { harvest } = await drop(bytes.slice(0, length), `x.${ending}`);
      // a tar may end at a block: nothing is missing then but its end mark
      if (ending !== 'tar') expect(harvest.problems.length, `${length} bytes`).toBeGreaterThan(0);
      expect(harvest.problems.filter(({ code }) => code === 'reader-failed')).toEqual([]);
    }
  });
});

describe('limits', () => {
  const small = { ...defaultBudget, maxEntry: 1000, maxOut: 5000, maxEntries: 5, maxPath: 40 };

  it('cuts a member that is too large and goes on', async () => {
    const result = await drop(
      zip([
        { name: 'big', bytes: 'x'.repeat(1500) },
        { name: 'next', bytes: 'n' },
      ]),
      'x.zip',
      { budget: small },
    );
    expect((await content(result, 'x.zip!/big'))!.length).toBe(1000);
    expect(await content(result, 'x.zip!/next')).toBe('n');
    expect(told(result)).toEqual(['budget-reached x.zip!/big: 1000 bytes in one member']);
  });

  it('stops a source that unpacks to too much', async () => {
    const budget = { ...small, maxEntries: 100 };
    const result = await drop(
      zip(Array.from({ length: 20 }, (_, n) => ({ name: `${n}`, bytes: 'x'.repeat(900) }))),
      'x.zip',
      { budget },
    );
    expect(codes(result)).toEqual(['budget-reached']);
    expect(result.harvest.artifacts.length).toBeLessThan(10);
    expect(result.harvest.source.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('stops a source that takes too long, and keeps what was read', async () => {
    const slow = await drop(tar([{ name: 'a', bytes: 'a' }]), 'x.tar', { budget: { ...defaultBudget, maxSeconds: 0 } });
    expect(codes(slow)).toEqual(['budget-reached']);
    expect(slow.harvest.artifacts[0]).toMatchObject({ path: 'x.tar' });
  });

  it('reads on where a person raised the limits', async () => {
    let nested: Uint8Array = zip([{ name: 'deep', bytes: 'deep' }]);
    for (let n = 5; n >= 1; n--) nested = zip([{ name: `${n}.zip`, bytes: nested }]);
    expect(codes(await drop(nested, 'x.zip'))).toEqual(['budget-reached']);
    const raised = await drop(nested, 'x.zip', { raised: true });
    expect(codes(raised)).toEqual([]);
    expect(raised.harvest.artifacts.at(-1)!.path).toMatch(/deep$/);
  });

  it('stops at too many members', async () => {
    const result = await drop(tar(Array.from({ length: 20 }, (_, n): TarEntry => ({ name: `${n}` }))), 'x.tar', {
      budget: small,
    });
    expect(told(result)).toEqual(['budget-reached x.tar: 5 members']);
  });

  it('stops a stream that expands out of all proportion', async () => {
    const bomb = gzip(new Uint8Array(80 * 2 ** 20));
    const budget = { ...defaultBudget, maxRatio: 100 };
    for (const [bytes, path] of [
      [bomb, 'zeros.gz'],
      [zip([{ name: 'zeros', bytes: new Uint8Array(80 * 2 ** 20) }]), 'zeros.zip'],
    ] as const) {
      const result = await drop(bytes, path, { budget, keepBytes: false });
      expect(told(result)).toEqual([`budget-reached ${path}!/zeros: 100 : 1`]);
    }
  });
});

describe('names', () => {
  it('are shown as text, told where they are odd, and used for nothing', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/shadow',
      'C:\\boot.ini',
      'nul\0byte',
      '\u202egnp.exe',
      '__proto__',
      'same',
      'same',
      '',
    ];
    const result = await drop(zip(names.map((name) => ({ name, bytes: name }))), 'x.zip', {
      budget: { ...defaultBudget, maxPath: 60 },
    });
    expect(
      listed(result)
        .slice(1)
        .map((row) => row.replace('unrecognised x.zip!/', '')),
    ).toEqual([
      '../../etc/passwd',
      '/etc/shadow',
      'C:\\boot.ini',
      'nul␀byte',
      '‹202E›gnp.exe',
      '__proto__',
      'same',
      'same',
      '.',
    ]);
    expect(result.harvest.problems.map(({ detail }) => detail)).toEqual([
      '..',
      'absolute',
      'drive letter',
      'NUL',
      'bidirectional or invisible character',
      'reserved word',
      'duplicate',
      'empty',
    ]);
    expect((await contents(result)).slice(1)).toEqual(names);
  });

  it('are told one by one up to a point, then counted', async () => {
    const links = Array.from({ length: 80 }, (_, n): TarEntry => ({ name: `link ${n}`, type: '2', target: 'x' }));
    const result = await drop(tar(links), 'x.tar');
    expect(result.harvest.artifacts).toHaveLength(81);
    expect(told(result)).toHaveLength(51);
    expect(told(result).at(-1)).toBe('not-followed x.tar: 30 more');
  });

  it('are cut where they are too long', async () => {
    const result = await drop(tar([{ name: 'x', pax: { path: 'n'.repeat(10_000) }, bytes: 'a' }]), 'x.tar');
    expect(result.harvest.artifacts[1]!.path.length).toBe('x.tar!/'.length + defaultBudget.maxPath);
    expect(told(result)[0]).toContain('10000 characters');
  });
});

describe('what a file is', () => {
  it('is told by its content, never by its name alone', async () => {
    const text = await drop(log(10), 'renamed.tar.xz');
    expect(text.harvest.artifacts[0]!.kind).not.toBe('xz');
    expect(told(text)).toEqual([]);
    const opaque = await drop(new Uint8Array(100).fill(200), 'damaged.tar.xz');
    expect(codes(opaque)).toEqual(['corrupt-archive']);
    expect(opaque.harvest.artifacts[0]!.confidence).toBe('hint');
  });

  it('may be set by hand, by path', async () => {
    const result = await drop(zip([{ name: 'a.zip', bytes: zip([{ name: 'b', bytes: 'x' }]) }]), 'x.zip', {
      kinds: { 'x.zip!/a.zip': 'unrecognised' },
    });
    expect(listed(result)).toEqual(['zip x.zip', 'unrecognised x.zip!/a.zip']);
    expect(result.harvest.artifacts[1]!.confidence).toBe('certain');
  });

  it('is empty where there is nothing, which is a fault in what was dropped only', async () => {
    const member = await drop(
      tar([
        { name: 'empty', bytes: '' },
        { name: 'trace.pcap', bytes: '' },
      ]),
      'x.tar',
    );
    expect(told(member)).toEqual(['empty-file x.tar!/trace.pcap']);
    expect(told(await drop('', 'empty.log'))).toEqual(['empty-file empty.log']);
  });

  it('is one source by its digest, whatever its name', async () => {
    const [one, two] = [await drop(bundle(), 'a.tar.xz'), await drop(bundle(), 'renamed.bin')];
    expect(two.harvest.source.sha256).toBe(one.harvest.source.sha256);
    const digest = await crypto.subtle.digest('SHA-256', bundle() as BufferSource);
    expect(one.harvest.source.sha256).toBe(Buffer.from(digest).toString('hex'));
  });
});

describe('reading the file', () => {
  it('keeps what came before a read that failed', async () => {
    const bytes = tar([
      { name: 'a', bytes: 'one' },
      { name: 'b', bytes: 'x'.repeat(5000) },
    ]);
    const good = new Blob([bytes as BlobPart]);
    const failing = {
      size: good.size,
      slice: (from: number, to: number) =>
        from >= 2000 ? { arrayBuffer: () => Promise.reject(new Error('the file has changed')) } : good.slice(from, to),
    } as unknown as Blob;
    const result = await intake(
      { path: 'x.tar', blob: failing, keepBytes: false, sliceSize: 1000 },
      { headers: [], patterns: [] },
    );
    expect(told(result)).toEqual([
      'read-failed x.tar: Error: the file has changed',
      'truncated-archive x.tar: tar, in b',
    ]);
    expect(listed(result)).toContain('unrecognised x.tar!/a');
  });

  it('tells how far it is', async () => {
    const seen: IntakeProgress[] = [];
    const blob = new Blob([gzip(log(1000)) as BlobPart]);
    await intake({ path: 'x.gz', blob, keepBytes: false }, { headers: [], patterns: [] }, (at) => seen.push(at));
    expect(seen.at(-1)).toEqual({ path: 'x.gz', bytesIn: blob.size, bytesOut: log(1000).length });
  });
});

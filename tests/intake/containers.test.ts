import { describe, expect, it } from 'vitest';
import { gzip, gzipWithFields, withDamage } from '../build/gzip';
import { lzma } from '../build/lzma';
import { base256, joined, tar, tarEnd, tarEntry } from '../build/tar';
import { xz } from '../build/xz';
import { zip } from '../build/zip';
import { codes, content, drop, listed, told } from './drop';

const long = 'line of a log\n'.repeat(20_000);

describe('xz', () => {
  it.each(['none', 'crc32', 'crc64'] as const)('reads a stream with check %s', async (check) => {
    const result = await drop(xz(long, { check, blockSize: 100_000 }), 'a.log.xz');
    expect(await content(result, 'a.log.xz!/a.log')).toBe(long);
    expect(told(result)).toEqual([]);
  });

  it('reads streams one after the other, with padding between them', async () => {
    const result = await drop(joined(xz('one '), new Uint8Array(8), xz('two')), 'a.xz');
    expect(await content(result, 'a.xz!/a')).toBe('one two');
    expect(told(result)).toEqual([]);
  });

  it('keeps what came before rubbish behind the stream', async () => {
    const stream = xz('all of it');
    const result = await drop(joined(stream, 'rubbish behind the end'), 'a.xz');
    expect(await content(result, 'a.xz!/a')).toBe('all of it');
    expect(codes(result)).toEqual(['trailing-bytes']);
    expect(result.harvest.problems[0]!.offset).toBeGreaterThanOrEqual(stream.length);
  });

  it('keeps what came before a fault in a block and says where it is', async () => {
    const bytes = xz(long, { blockSize: 100_000 });
    bytes[150_000]! ^= 1;
    const result = await drop(bytes, 'a.xz');
    expect(codes(result)).toEqual(['damaged-block']);
    const kept = await content(result, 'a.xz!/a');
    expect(kept!.slice(0, 100_000)).toBe(long.slice(0, 100_000));
  });

  it('names a dictionary that is too large', async () => {
    const bytes = xz('text', { check: 'none' });
    // LZMA2 properties 38 = 2 GiB; the header's checksum has to follow
    const { crc32 } = await import('../../src/base/crc32');
    bytes[16] = 38;
    new DataView(bytes.buffer).setUint32(20, crc32(bytes.subarray(12, 20)), true);
    expect(told(await drop(bytes, 'a.xz'))).toEqual(['unsupported-archive a.xz: xz, dictionary larger than 1.5 GiB']);
  });

  it('does not wait for itself where two streams are open at once', async () => {
    const inner = xz('deep inside');
    const [one, two, nested] = await Promise.all([
      drop(xz(long), 'one.xz'),
      drop(xz(long), 'two.xz'),
      drop(
        xz(
          tar([
            { name: 'inner.xz', bytes: inner },
            { name: 'after', bytes: 'x' },
          ]),
        ),
        'outer.tar.xz',
      ),
    ]);
    expect(await content(one, 'one.xz!/one')).toBe(long);
    expect(await content(two, 'two.xz!/two')).toBe(long);
    expect(await content(nested, 'outer.tar.xz!/inner.xz!/inner')).toBe('deep inside');
    expect(await content(nested, 'outer.tar.xz!/after')).toBe('x');
  });
});

describe('gzip', () => {
  it('reads every member and skips header fields', async () => {
    const result = await drop(joined(gzip('one '), gzipWithFields('two '), gzip(long)), 'a.gz');
    expect(await content(result, 'a.gz!/a')).toBe(`one two ${long}`);
    expect(told(result)).toEqual([]);
  });

  it('reads a member of an archive alike', async () => {
    const bytes = joined(gzip('one '), gzipWithFields('two '), gzip(long));
    const result = await drop(tar([{ name: 'a.gz', bytes }]), 'x.tar', { sliceSize: 1000 });
    expect(await content(result, 'x.tar!/a.gz!/a')).toBe(`one two ${long}`);
  });

  it('lets zero padding pass and tells other bytes behind the end', async () => {
    expect(told(await drop(joined(gzip('text'), new Uint8Array(500)), 'a.gz'))).toEqual([]);
    const result = await drop(joined(gzip('text'), 'rubbish'), 'a.gz');
    expect(await content(result, 'a.gz!/a')).toBe('text');
    expect(codes(result)).toEqual(['trailing-bytes']);
  });

  it.each([
    ['checksum', 8],
    ['size', 4],
  ])('tells a wrong %s and keeps the text', async (_, fromEnd) => {
    const result = await drop(withDamage(gzip(long), fromEnd), 'a.gz');
    expect(await content(result, 'a.gz!/a')).toBe(long);
    expect(codes(result)).toEqual(['corrupt-archive']);
  });

  it('keeps a prefix of a cut stream', async () => {
    const whole = gzip(Array.from({ length: 5000 }, (_, n) => `line ${n * 7919}`).join('\n'));
    const result = await drop(whole.subarray(0, whole.length >> 1), 'a.gz');
    expect(codes(result)).toEqual(['truncated-archive']);
    expect((await content(result, 'a.gz!/a'))!.length).toBeGreaterThan(10_000);
  });
});

describe('tar', () => {
  it('reads names and sizes however they are written', async () => {
    const far = 'deep/'.repeat(40);
    const result = await drop(
      tar([
        { name: './plain', bytes: 'a' },
        { name: 'file', prefix: 'a/prefix', bytes: 'b' },
        { name: 'cut', longName: `${far}gnu`, bytes: 'c', magic: 'gnu' },
        { name: 'cut', pax: { path: `${far}pax`, mtime: '1.5' }, bytes: 'd' },
        { name: 'v7', bytes: 'e', magic: 'v7' },
        { name: 'big', bytes: 'f', sizeField: base256(1) },
        { name: 'sized', bytes: 'gg', pax: { size: '2' }, sizeField: '00000000000\0' },
      ]),
      'x.tar',
    );
    expect(
      await Promise.all(
        ['plain', 'a/prefix/file', `${far}gnu`, `${far}pax`, 'v7', 'big', 'sized'].map((name) =>
          content(result, `x.tar!/${name}`),
        ),
      ),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'gg']);
    expect(told(result)).toEqual([]);
  });

  it('lists folders, links and devices and follows none', async () => {
    const result = await drop(
      tar([
        { name: 'folder/', type: '5' },
        { name: 'link', type: '2', target: '/etc/shadow' },
        { name: 'hard', type: '1', target: 'folder/x' },
        { name: 'device', type: '3' },
      ]),
      'x.tar',
    );
    expect(listed(result).slice(1)).toEqual([
      'folder x.tar!/folder',
      'link x.tar!/link',
      'link x.tar!/hard',
      'other x.tar!/device',
    ]);
    expect(told(result)).toEqual([
      'not-followed x.tar!/link: /etc/shadow',
      'not-followed x.tar!/hard: folder/x',
      'not-followed x.tar!/device',
    ]);
  });

  it('finds the next header after a damaged one', async () => {
    const bytes = tar([
      { name: 'a', bytes: 'one' },
      { name: 'b', bytes: 'two', damaged: true },
      { name: 'c', bytes: 'three' },
    ]);
    const result = await drop(bytes, 'x.tar');
    expect(await content(result, 'x.tar!/a')).toBe('one');
    expect(await content(result, 'x.tar!/c')).toBe('three');
    expect(told(result)).toEqual(['corrupt-archive x.tar: tar, header checksum, next header at byte 2048']);
  });

  it('reads archives one after the other and tells rubbish behind them', async () => {
    const result = await drop(
      joined(tar([{ name: 'a', bytes: '1' }]), tar([{ name: 'b', bytes: '2' }]), 'x'.repeat(600)),
      'x.tar',
    );
    expect(listed(result).slice(1)).toEqual(['unrecognised x.tar!/a', 'unrecognised x.tar!/b']);
    expect(codes(result)).toEqual(['trailing-bytes']);
  });

  it('fills the holes of a sparse file, and only reads its pieces where they are too large', async () => {
    const sparse = (size: number, at: number) => ({
      name: 'cut',
      bytes: 'data',
      pax: { 'GNU.sparse.map': `${at},4`, 'GNU.sparse.size': String(size), 'GNU.sparse.name': 'holes' },
    });
    const small = await drop(tar([sparse(10, 3)]), 'x.tar');
    expect(await content(small, 'x.tar!/holes')).toBe('\0\0\0data\0\0\0');
    const huge = await drop(tar([sparse(2 ** 40, 2 ** 39), { name: 'next', bytes: 'n' }]), 'x.tar');
    expect(await content(huge, 'x.tar!/holes')).toBe('data');
    expect(await content(huge, 'x.tar!/next')).toBe('n');
    expect(codes(huge)).toEqual(['limit-reached']);
  });

  it('refuses sizes that cannot be', async () => {
    const negative = new Uint8Array(12).fill(0xff);
    const result = await drop(
      tar([
        { name: 'negative', sizeField: negative },
        { name: 'exbi', pax: { size: '9223372036854775808' } },
        { name: 'header', type: 'x', sizeField: '77777777777\0' },
      ]),
      'x.tar',
    );
    expect(codes(result)).toEqual(['corrupt-archive', 'corrupt-archive', 'limit-reached']);
  });

  it('opens under any name', async () => {
    const result = await drop(gzip(tar([{ name: 'var/log/x', bytes: 'text' }])), 'support.log');
    expect(listed(result)).toEqual([
      'gzip support.log',
      'tar support.log!/support.log',
      'unrecognised support.log!/var/log/x',
    ]);
  });

  it('reads on where the end is missing', async () => {
    const result = await drop(tarEntry({ name: 'a', bytes: 'one' }), 'x.tar');
    expect(await content(result, 'x.tar!/a')).toBe('one');
    expect(told(result)).toEqual([]);
    expect(tarEnd.length).toBe(1024);
  });
});

describe('zip', () => {
  it('reads stored and deflated members, descriptors, zip64 and bytes before the archive', async () => {
    const result = await drop(
      zip(
        [
          { name: 'deflated', bytes: long },
          { name: 'stored', bytes: 'plain', method: 0 },
          { name: 'streamed', bytes: long, descriptor: true },
          { name: 'far', bytes: 'zip64', zip64: true },
          { name: 'folder/' },
        ],
        { before: 'PK\x03\x04 no real header, a self-extractor', comment: 'with a comment' },
      ),
      'x.zip',
    );
    expect(await content(result, 'x.zip!/deflated')).toBe(long);
    expect(await content(result, 'x.zip!/stored')).toBe('plain');
    expect(await content(result, 'x.zip!/streamed')).toBe(long);
    expect(await content(result, 'x.zip!/far')).toBe('zip64');
    expect(listed(result).at(-1)).toBe('folder x.zip!/folder');
    expect(told(result)).toEqual([]);
  });

  it('reads the members of a zip that was cut before its directory', async () => {
    const whole = zip(
      [
        { name: 'a', bytes: long },
        { name: 'b', bytes: 'second', method: 0 },
        { name: 'c', bytes: long, descriptor: true },
        { name: 'd', bytes: 'last' },
      ],
      { directory: false },
    );
    const result = await drop(whole, 'x.zip', { sliceSize: 100 });
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((name) => content(result, `x.zip!/${name}`)))).toEqual([
      long,
      'second',
      long,
      'last',
    ]);
    expect(codes(result)).toEqual(['truncated-archive']);
  });

  it('names what it cannot read, member by member', async () => {
    const result = await drop(
      zip([
        { name: 'secret', bytes: 'x', flags: 1 },
        { name: 'lzma', bytes: 'x', method: 14 },
        { name: 'link', bytes: '/etc/passwd', method: 0, mode: 0xa1ff },
        { name: 'good', bytes: 'x' },
      ]),
      'x.zip',
    );
    expect(told(result)).toEqual([
      'encrypted-archive x.zip!/secret: zip',
      'unsupported-archive x.zip!/lzma: zip, LZMA',
      'not-followed x.zip!/link: /etc/passwd',
    ]);
    expect(await content(result, 'x.zip!/good')).toBe('x');
  });

  it('refuses members that overlap', async () => {
    const result = await drop(
      zip(
        [
          { name: 'a', bytes: long },
          { name: 'b', bytes: long },
        ],
        { overlapping: true },
      ),
      'x.zip',
    );
    expect(listed(result)).toEqual(['zip x.zip', 'unrecognised x.zip!/a']);
    expect(told(result)).toEqual(['corrupt-archive x.zip: zip, b overlaps another member']);
  });

  it('tells a wrong checksum and keeps the bytes', async () => {
    const result = await drop(zip([{ name: 'a', bytes: 'text', crc: 1 }]), 'x.zip');
    expect(told(result)).toEqual(['corrupt-archive x.zip: zip, a, CRC32']);
    expect(await content(result, 'x.zip!/a')).toBe('text');
  });
});

describe('LZMA alone', () => {
  it('is known by its content, and an archive in it is opened', async () => {
    const archive = lzma(tar([{ name: 'a.log', bytes: 'text' }]));
    const result = await drop(archive, 'support.bin');
    expect(listed(result)[0]).toBe('lzma support.bin');
    expect(told(result)).toEqual([]);
    expect(await content(result, 'support.bin!/a.log')).toBe('text');
  });

  it('tells where it is cut and keeps what comes before', async () => {
    const result = await drop(lzma('line\n'.repeat(1000)).subarray(0, 900), 'x.log.lzma');
    expect(told(result)).toEqual(['truncated-archive x.log.lzma: LZMA']);
    expect((await content(result, 'x.log.lzma!/x.log'))!.startsWith('line\nline\n')).toBe(true);
  });

  it('is what its name says, or damaged', async () => {
    const result = await drop(new Uint8Array(100).fill(7), 'x.lzma');
    expect(told(result)).toEqual(['unsupported-archive x.lzma: LZMA, properties']);
  });
});

describe('forms that are only named', () => {
  it.each([
    ['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59]],
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
    ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
    ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x01, 0x00]],
    ['lzip', [0x4c, 0x5a, 0x49, 0x50, 0x01]],
    ['compress', [0x1f, 0x9d, 0x90]],
  ])('%s', async (id, magic) => {
    const result = await drop(new Uint8Array([...magic, ...new Array<number>(32).fill(7)]), 'support.bin');
    expect(listed(result)).toEqual([`${id} support.bin`]);
    expect(codes(result)).toEqual(['unsupported-archive']);
  });
});

import { describe, expect, it } from 'vitest';
import { hexRows, looksLikeText, pictureType, textIndex, textRows, visible } from '../../src/analysis/preview';

async function rows(content: BlobPart): Promise<string[]> {
  const blob = new Blob([content]);
  const index = await textIndex(blob);
  while (await index.walk(blob.size));
  return index.length === 0 ? [] : textRows(blob, index, 0, index.length);
}
const utf16 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (let n = 0; n < text.length; n++) new DataView(bytes.buffer).setUint16(2 + n * 2, text.charCodeAt(n), true);
  return bytes;
};

it('knows pictures by their first bytes, and only those that hold no script', async () => {
  expect(await pictureType(new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13])]))).toBe('image/png');
  expect(await pictureType(new Blob(['<svg onload="x()"/>']))).toBeUndefined();
  expect(await pictureType(new Blob([]))).toBeUndefined();
});

describe('textRows', () => {
  it.each<[string, BlobPart, string[]]>([
    ['lines', 'a\nb\r\nc', ['a', 'b', 'c']],
    ['a last line end', 'a\n', ['a']],
    ['nothing', '', []],
    ['UTF-16', utf16('é1\nΩ2\n'), ['é1', 'Ω2']],
    ['what is no UTF-8', new Uint8Array([0x63, 0x61, 0x66, 0xe9, 10, 0x62]), ['café', 'b']],
  ])('reads %s', async (_, content, expected) => {
    expect(await rows(content)).toEqual(expected);
  });

  it('continues a long line on further rows and loses nothing of it', async () => {
    const long = await rows(`${'x'.repeat(10_000)}\nend`);
    expect(long.length).toBe(4);
    expect(long.join('')).toBe(`${'x'.repeat(10_000)}end`);
  });

  it('masks a secret and a private key over several lines', async () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIEabc\nQQQ\n-----END RSA PRIVATE KEY-----`;
    const text = (await rows(`password=hunter2\n${key}\nafter`)).join('\n');
    expect(text).not.toMatch(/hunter2|MIIEabc|QQQ/);
    expect(text).toContain('after');
  });

  it('finds the row of a byte', async () => {
    const blob = new Blob(['aa\nbb\ncc\n']);
    const index = await textIndex(blob);
    await index.walk(blob.size);
    expect([0, 2, 3, 5, 6, 99].map((offset) => index.rowAt(offset))).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe('hexRows', () => {
  it('shows 16 bytes a row, the last one as far as it goes', async () => {
    const blob = new Blob([Uint8Array.from({ length: 18 }, (_, n) => n + 60)]);
    expect(await hexRows(blob, 0, 2)).toEqual([
      { offset: 0, hex: '3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b', text: '<=>?@ABCDEFGHIJK' },
      { offset: 16, hex: '4c 4d', text: 'LM' },
    ]);
  });
});

describe('what a preview shows of odd bytes', () => {
  it('tells text from binary', async () => {
    expect(await looksLikeText(new Blob(['2026 line\n']))).toBe(true);
    expect(await looksLikeText(new Blob([utf16('line')]))).toBe(true);
    expect(await looksLikeText(new Blob([Uint8Array.from({ length: 64 }, (_, n) => n * 7)]))).toBe(false);
  });
  it('makes control and direction characters visible', () => {
    expect(visible('a\u0000b\u001bc\u202ed\te')).toBe('a\u2400b\u241bc\ufffdd\te');
  });
});

import { expect, it } from 'vitest';
import { eachPart } from '../../src/decode/body-parts';
import { bytesOf } from '../build/pcap';

const partsOf = (body: string): string[][] => {
  const bytes = bytesOf(body);
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const parts: string[][] = [];
  eachPart(bytes, 0, bytes.length, (typeFrom, typeTo, from, to) =>
    parts.push([text(typeFrom, typeTo).trim(), text(from, to)]),
  );
  return parts;
};

it('gives every part with its type', () => {
  expect(
    partsOf(
      'preamble\r\n--b-1\r\nContent-Type: application/sdp\r\nContent-Disposition: session\r\n\r\nv=0\r\ns=--\r\n\r\n--b-1\r\nc: application/isup;version=x\r\n\r\n\u0001\u0002\r\n--b-1--\r\nepilogue',
    ),
  ).toEqual([
    ['application/sdp', 'v=0\r\ns=--\r\n'],
    ['application/isup;version=x', '\u0001\u0002'],
  ]);
});

it('takes line feeds, parts without headers, and a body that is cut', () => {
  expect(partsOf('--b\n\nplain\n--b\nContent-Type: application/pidf+xml\n\n<presence')).toEqual([
    ['', 'plain'],
    ['application/pidf+xml', '<presence'],
  ]);
  expect(partsOf('no delimiter')).toEqual([]);
  expect(partsOf('--b\r\nContent-Type: text/plain')).toEqual([]);
  expect(partsOf(`--b\r\n\r\nx\r\n`.repeat(100))).toHaveLength(16);
});

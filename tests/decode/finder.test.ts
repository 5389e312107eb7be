import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createFinder } from '../../src/decode/finder';
import { requiredLiterals, requiredSets } from '../../src/decode/literals';

describe('required literals', () => {
  it.each<[RegExp, readonly string[] | undefined]>([
    [/no such host/, ['no such host']],
    [/I\/O Timeout/i, ['i/o timeout']],
    [/expired|not valid/, ['expired', 'not valid']],
    [/token[^\n]{0,9}?\b(?<detail>expired|not valid)\b/, ['expired', 'not valid']],
    [/x509: (?:unknown|bad) authority/, ['x509: unknown authority', 'x509: bad authority']],
    [
      /corr(?:elation)?[-_ ]id/,
      ['correlation-id', 'correlation_id', 'correlation id', 'corr-id', 'corr_id', 'corr id'],
    ],
    [/\bHTTP\/[\d.]{1,3} 407\b/, ['http/']],
    [/(?<!not )connected\b[^\n]*mitel\.io/, ['connected']],
    [/(?<=proxy: )\d+/, ['proxy: ']],
    [/a+b/, undefined],
    [/\d+/, undefined],
    [/(?:up|\d)/, undefined],
    [/(a|b)\1xyz/, undefined],
    [/(?:abc)?/, undefined],
    [/(?:abc)*def/, ['def']],
    [/été/, undefined],
  ])('%s', (regex, literals) => expect(requiredLiterals(regex.source)).toEqual(literals));
});

describe('required sets', () => {
  it('are all needed, of each alternative', () => {
    expect(requiredSets('link.{0,9}(?:up|down)|reset')).toEqual([[['link'], ['up', 'down']], [['reset']]]);
    expect(requiredSets('link|\\d+')).toBeUndefined();
  });
});

describe('finder', () => {
  const expressions = [/he/, /she/i, /hers\b/, /\d{3}/, /(?:his|hers) own/, /hers.*own|ri.*his/];
  const finder = createFinder(expressions);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('never leaves out an expression that hits', () => {
    const piece = fc.constantFrom('h', 'e', 's', 'r', 'i', ' ', 'own', '1', 'S', 'é', 'hers');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const hits = expressions.flatMap((regex, index) => (regex.test(text) ? [index] : []));
        expect([...finder.candidates(text, 0, text.length)]).toEqual(expect.arrayContaining(hits));
        const bytes = encode(text);
        expect([...finder.candidatesIn(bytes, 0, bytes.length)]).toEqual(expect.arrayContaining(hits));
      }),
    );
  });

  it('names only those whose literals stand in the span', () => {
    expect([...finder.candidates('ushers', 0, 6)].sort()).toEqual([0, 1, 2, 3]);
    expect([...finder.candidates('ushers', 2, 4)].sort()).toEqual([0, 3]);
    expect([...finder.candidates('own hers', 0, 8)].sort()).toEqual([0, 2, 3, 5]);
    expect([...finder.candidatesIn(encode('SHE'), 0, 3)].sort()).toEqual([0, 1, 3]);
  });

  it('says the same of every part of the bytes, in whatever order', () => {
    const piece = fc.constantFrom('hers', 'he', 'own', ' ', '1', '407', 's', '\n', 'x'.repeat(50));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (pieces, places) => {
        const bytes = encode(pieces.join(''));
        for (const from of [0, ...places.take(6)].map((place) => place % (bytes.length + 1))) {
          const to = Math.min(bytes.length, from + 7);
          const alone = finder.candidatesIn(bytes.slice(from, to), 0, to - from).slice();
          expect(finder.candidatesIn(bytes, from, to).slice().sort()).toEqual(alone.sort());
        }
      }),
    );
  });

  it('keeps thousands of places', () => {
    const bytes = encode('he '.repeat(5000));
    for (let at = 0; at < bytes.length; at += 3) expect(finder.candidatesIn(bytes, at, at + 3)).toEqual([3, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { readListing, type ListColumn, type ListMapping } from '../../src/decode/listing';

const numbers = (lines: readonly string[], mapping?: ListMapping): string[] =>
  (readListing(lines, mapping)?.entries ?? []).map(({ number, contact, expires, agent, status }) =>
    [number, contact, expires, agent, status].join('|'),
  );

describe('readListing', () => {
  it('reads a table by its headings, in any order, cells left blank', () => {
    expect(
      numbers([
        'Expires  Contact                User Agent    DN',
        '-------  ---------------------  ------------  ----',
        '1800     sip:4001@10.0.0.5      Zoom/6.6.0    4001',
        '         sip:4002@10.0.0.6                    4002',
      ]),
    ).toEqual(['4001|sip:4001@10.0.0.5|1800|Zoom/6.6.0|', '4002|sip:4002@10.0.0.6|-1||']);
  });

  it('reads CSV in French, and blocks of key and value', () => {
    expect(numbers(['Abonné;État;Adresse IP', '"4001";Enregistré;10.0.0.5'])).toEqual(['4001|10.0.0.5|-1||Enregistré']);
    expect(
      numbers([
        'Directory Number : 4001',
        'Contact : sip:4001@10.0.0.5',
        'Time left : 90 s',
        '',
        'Directory Number : 4002',
        'Contact : 10.0.0.6',
      ]),
    ).toEqual(['4001|sip:4001@10.0.0.5|90||', '4002|10.0.0.6|-1||']);
  });

  it('reads lines by the look of their words, an indented line going on', () => {
    expect(
      numbers([
        '4001 <sip:4001@10.0.0.5:5061;transport=tls> 1800',
        '     "Zoom 6.6.0/x1"',
        '+33155504002 10.0.0.6:5060 registered',
      ]),
    ).toEqual([
      '4001|sip:4001@10.0.0.5:5061;transport=tls|1800|Zoom 6.6.0/x1|',
      '+33155504002|10.0.0.6:5060|-1||registered',
    ]);
  });

  it.each([
    ['Total: 2', 2],
    ['2 devices registered', 2],
    ['Nombre d’abonnés : 14', 14],
    ['Registered subscribers (7)', 7],
    ['Version 12.2.0.72', undefined],
  ])('takes «%s» for a total of %s', (line, total) => {
    expect(readListing(['4001 sip:4001@10.0.0.5', line])?.total?.count).toBe(total);
  });

  it('believes a person before the look', () => {
    const said = (entries: Record<string, ListColumn | ''>): ListMapping => new Map(Object.entries(entries));
    expect(numbers(['70 4001 sip:x@10.0.0.5'])).toEqual(['70|sip:x@10.0.0.5|4001||']);
    expect(numbers(['70 4001 sip:x@10.0.0.5'], said({ '#1': '', '#2': 'number' }))).toEqual([
      '4001|sip:x@10.0.0.5|-1||',
    ]);
    expect(numbers(['A;B;C', '1;4001;10.0.0.5'], said({ B: 'number', C: 'contact' }))).toEqual(['4001|10.0.0.5|-1||']);
  });

  it('finds nothing in prose', () => {
    expect(readListing(['Nothing is registered here.', 'See page 12.'])).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { findingsOf, foundIn } from '../build/findings';

const challenge = (nonce: string): string => `WWW-Authenticate: Digest realm="mbg", nonce="${nonce}"`;
const answer = (nonce: string, realm = 'mbg'): string =>
  `Authorization: Digest username="2001", realm="${realm}", nonce="${nonce}", uri="sip:mbg", response="0"`;

describe('credentials-refused', () => {
  const rounds = `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.010 |<----401-1-----|
     0.100 |--REGISTER-2-->|
     0.110 |<----401-2-----|
     0.200 |--REGISTER-3-->|
     0.210 |<----401-3-----|`;
  const nonces = (second: string, third: string, realm = 'mbg') => ({
    '401-1': [challenge('n1')],
    'REGISTER-2': [answer(second, realm)],
    '401-2': [challenge('n2')],
    'REGISTER-3': [answer(third, realm)],
    '401-3': [challenge('n3')],
  });
  const count = (with_: Readonly<Record<string, readonly string[]>>, drawn = rounds): number | undefined =>
    findingsOf({ ladder: { drawn, with: with_ } }).find(
      ({ rule, outcome }) => rule === 'credentials-refused' && outcome === 'found',
    )?.count;

  it('counts answers to the challenge that stands', () => {
    expect(count(nonces('n1', 'n2'))).toBe(2);
    // an old nonce may be refused for its age
    expect(count(nonces('n1', 'n1'))).toBeUndefined();
    // credentials for somebody else's realm are no answer
    expect(count(nonces('n1', 'n2', 'elsewhere'))).toBeUndefined();
  });
  it('is ended by a success soon after, not by one much later', () => {
    const then = (time: string): string => `${rounds}\n ${time} |--REGISTER-4-->|\n ${time} |<----200-4-----|`;
    expect(count(nonces('n1', 'n2'), then('30.000'))).toBeUndefined();
    expect(count(nonces('n1', 'n2'), then('90.000'))).toBe(2);
  });
  it('is one finding where a proxy passes it on', () => {
    const hops = rounds
      .replace('mbg', 'mbg           mivb')
      .split('\n')
      .flatMap((line) => {
        const [, time, arrow] = /^\s+([\d.]+) (\|.*\|)$/.exec(line) ?? [];
        if (arrow === undefined) return [line];
        const later = (Number(time) + 0.001).toFixed(3);
        return [` ${time} ${arrow}          |`, ` ${later} |          ${arrow}`];
      });
    expect(foundIn({ ladder: { drawn: hops.join('\n'), with: nonces('n1', 'n2') } }, 'credentials-refused')).toEqual([
      'error credentials-refused 2001@pbx.example',
    ]);
  });
  it('holds for calls as well, and names who calls', () => {
    const drawn = rounds.replaceAll('REGISTER', 'INVITE');
    const label = (key: string): string => key.replace('REGISTER', 'INVITE');
    const with_ = Object.fromEntries(Object.entries(nonces('n1', 'n2')).map(([key, lines]) => [label(key), lines]));
    expect(foundIn({ ladder: { drawn, with: with_ } }, 'credentials-refused')).toEqual([
      'error credentials-refused 2001@pbx.example',
    ]);
  });
});

describe('registration-refused', () => {
  it('is a warning where the user was accepted later', () => {
    const drawn = `
           zoom            mbg
     0.000 |--REGISTER-1-->|
     0.010 |<----404-1-----|
    60.000 |--REGISTER-2-->|
    60.010 |<----200-2-----|`;
    expect(foundIn({ ladder: drawn })).toEqual(['warning registration-refused 2001@pbx.example']);
  });
});

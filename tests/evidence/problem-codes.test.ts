import { expect, it } from 'vitest';
import { problemDetail } from '../../src/evidence/problem-codes';

it.each([
  ['', '–'],
  ['/etc/shadow', '/etc/shadow'],
  ['..', '..'],
  ['reserved word, ..', { en: 'reserved word, ..', fr: 'mot réservé, ..' }],
  ['missing: issues, zmUserId', { en: 'missing: issues, zmUserId', fr: 'manque : issues, zmUserId' }],
  ['delimiter tab', { en: 'delimiter tab', fr: 'séparateur tabulation' }],
  ['50000 members', { en: '50000 members', fr: '50000 membres' }],
  ['__proto__', '__proto__'],
])('a detail in both languages: %j', (detail, told) => {
  expect(problemDetail(detail)).toEqual(told);
});

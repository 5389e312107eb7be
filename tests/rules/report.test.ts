import { describe, expect, it } from 'vitest';
import { editsBetween } from '../../src/rules/emails';
import { evaluate, type Finding } from '../../src/rules/evaluate';
import type { GroundsSpec } from '../../src/rules/example';
import { rules } from '../../src/rules/index';
import { contextOf, grounds } from '../build/grounds';

const ours = rules.filter(({ layer }) => layer === 'report');

function findings(spec: GroundsSpec): Finding[] {
  const given = grounds(spec);
  return evaluate(ours, given, contextOf(given));
}
const found = (list: readonly Finding[]): string[] =>
  list.filter(({ outcome }) => outcome === 'found').map(({ rule, subject }) => `${rule} ${subject}`);
const outcome = (list: readonly Finding[], rule: string): string[] =>
  list.filter((finding) => finding.rule === rule).map((finding) => finding.outcome);
const people = (count: number, code: string): string[] =>
  Array.from({ length: count }, (_, n) => `person${'abcdefghijklmnopqrstuvwxyz'[n]}@example.org | P | ${code}`);

describe('a missing licence', () => {
  const list = findings({
    report: ['anna@example.org | Anna | NoClZoomPsiLicense | zmUserStatus=pending', 'bob@example.org | Bob'],
  });

  it('is the only thing said of its row', () => {
    expect(found(list)).toEqual(['psi-license-missing NoClZoomPsiLicense']);
  });

  it('leaves the other checks of that user not evaluated, never clear', () => {
    for (const rule of [
      'cloudlink-user-missing',
      'zoom-user-missing',
      'zoom-phone-missing',
      'zoom-user-inactive',
      'zoom-activation-pending',
    ]) {
      const [only, ...more] = list.filter((finding) => finding.rule === rule);
      expect(more).toEqual([]);
      expect(only).toMatchObject({ outcome: 'not-evaluated', also: ['anna@example.org'], missing: ['art.ucr'] });
    }
  });

  it('on every row is one blocker with the users folded under it', () => {
    const all = findings({ report: people(3, 'NoClZoomPsiLicense') });
    expect(found(all)).toEqual([
      'license-missing-for-all NoClZoomPsiLicense',
      'psi-license-missing NoClZoomPsiLicense',
    ]);
    expect(all[0]).toMatchObject({ severity: 'blocker', count: 3 });
    expect(all[1]).toMatchObject({ under: 0, also: people(3, '').map((row) => row.split(' ')[0]) });
  });
});

describe('one issue on nearly everyone', () => {
  it('is the root of the finding of that code, and of no other', () => {
    const list = findings({
      report: [...people(9, 'ZoomSipPhoneNotFound'), 'eve@example.org | Eve | ZoomUserNotFound'],
    });
    expect(list[0]).toMatchObject({
      rule: 'issue-on-nearly-all',
      subject: 'ZoomSipPhoneNotFound',
      values: { count: 9, checked: 10 },
    });
    expect(list.find(({ rule }) => rule === 'zoom-phone-missing')).toMatchObject({ under: 0, count: 9 });
    expect(list.find(({ rule }) => rule === 'zoom-user-missing')).not.toHaveProperty('under');
  });
});

describe('several reports', () => {
  it('are not joined: the same e-mail in two reports is no duplicate', () => {
    const list = findings({ reports: { 'a.csv': ['anna@example.org | Anna'], 'b.csv': ['anna@example.org | Anna'] } });
    expect(found(list)).toEqual([]);
  });
});

describe('an empty report', () => {
  it('proves nothing', () => {
    const list = findings({ report: [] });
    expect(outcome(list, 'psi-license-missing')).toEqual(['not-evaluated']);
    expect(outcome(list, 'email-duplicate')).toEqual(['not-evaluated']);
    expect(outcome(list, 'license-missing-for-all')).toEqual(['not-evaluated']);
  });
});

describe('e-mails', () => {
  it('split by case are one finding that names both spellings', () => {
    const list = findings({
      report: ['Zoë@Example.org | Z | ZoomUserNotFound', ' zoe\u0308@example.org | Z | CloudLinkUserNotFound'],
    });
    expect(list.find(({ rule }) => rule === 'email-case-split')).toMatchObject({
      subject: 'zoë@example.org',
      also: ['Zoë@Example.org', 'zoe\u0308@example.org'],
      confidence: 'certain',
    });
  });

  it('that differ by digits only are a hint', () => {
    const list = findings({
      report: ['user17@example.org | U | ZoomUserNotFound', 'user71@example.org | U | CloudLinkUserNotFound'],
    });
    expect(list.find(({ rule }) => rule === 'email-near-miss')).toMatchObject({ confidence: 'hint' });
  });

  it('more mistyped than can be read end in one finding that counts the rest', () => {
    const letters = (n: number): string =>
      [...String(n).padStart(3, '0')].map((digit) => 'bcdfghklmn'[Number(digit)]!.repeat(3)).join('');
    const pairs = Array.from({ length: 230 }, (_, n) => [
      `${letters(n)}@example.org | U | ZoomUserNotFound`,
      `x${letters(n)}@example.org | U | CloudLinkUserNotFound`,
    ]).flat();
    const near = findings({ report: pairs }).filter(({ rule }) => rule === 'email-near-miss');
    expect(near).toHaveLength(201);
    expect(near.find(({ subject }) => subject === '+30')?.also).toHaveLength(90);
  });

  it.each([
    ['anna', 'anne', 1],
    ['anna', 'nana', 2],
    ['martin', 'marti', 1],
    ['martin', 'marten.b', 3],
    ['abcd', 'dcba', 3],
    ['', 'ab', 2],
  ])('%s and %s are %i edits apart (3 = more than two)', (one, other, edits) => {
    expect(editsBetween(one, other)).toBe(edits);
    expect(editsBetween(other, one)).toBe(edits);
  });
});

describe('what a spreadsheet damaged', () => {
  it('is never matched', () => {
    const damaged = '1.23457E+15';
    const list = findings({
      report: [
        `anna@example.org | Anna | zmSipPhoneNumber=${damaged}`,
        `bob@example.org | Bob | zmSipPhoneNumber=${damaged}`,
      ],
    });
    expect(outcome(list, 'number-shared')).toEqual(['clear']);
    expect(outcome(list, 'report-layout-unexpected')).toEqual(['found']);
  });
});

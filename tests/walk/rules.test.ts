import { describe, expect, it } from 'vitest';
import { evaluate, layers, type Finding } from '../../src/rules/evaluate';
import type { Examples } from '../../src/rules/example';
import { rules } from '../../src/rules/index';
import type { Rule } from '../../src/rules/rule';
import { say, type Text } from '../../src/text/text';
import { contextOf, grounds, groundsOf } from '../build/grounds';
import { catalogue, stepIds } from './catalogue';

const files = Object.entries(
  import.meta.glob<{ default: Rule; examples?: Examples }>('../../src/rules/*/*.ts', { eager: true }),
).map(([path, { default: rule, examples = [] }]) => {
  const [layer = '', name = ''] = path.split('/').slice(-2);
  return { name: `${layer}/${name}`, layer, file: name.replace(/\.ts$/, ''), rule, examples };
});

const slotsOf = (text: Text): string[] => [...text.en.matchAll(/\{([^{}|]+)/g)].map(([, slot = '']) => slot);
const textsOf = (rule: Rule): Text[] => [rule.title, rule.seen, rule.cause, ...rule.steps.map((step) => step.do)];
/** `EN 5.2.1.3b`, `FR 3.2.1`, `RFC 3261 §13.3.1.4`, `KB0079172`; an inconsistency of the guides in brackets. */
const source =
  /^(?:(?:EN|FR) \d+(?:\.\d+)*[ab]?(?:[–-]\d+)?|RFC \d+ §[\dA-Z]+(?:\.\d+)*(?:–\d+(?:\.\d+)*)?|KB\d{7}|Zoom API \w+)(?: \(inc\.[a-z.\d]+\))?$/;

it('finds every rule of the folder', () => {
  expect(rules.map(({ rule }) => rule.id).sort()).toEqual(files.map(({ file }) => file).sort());
  expect(rules.length).toBeGreaterThan(20);
});

/** Rows whose finding has two titles (domain.md 3.10) or two sources, each a rule of its own. */
const twoTitles = [
  'f.push.feature_off',
  'f.reg.expiring',
  'f.ucr.case_split',
  'f.cld.dns',
  'f.cld.unreachable',
  'f.cld.proxy_auth',
  'f.cld.tls_intercept',
  'f.cld.token_time',
  'f.bundle.corrupt',
];

it('gives each row of the catalogue to one rule', () => {
  const rows = [
    ...new Set(twoTitles),
    ...files.flatMap(({ rule }) => rule.rows.filter((row) => !twoTitles.includes(row))),
  ];
  expect(rows.filter((row, n) => rows.indexOf(row) !== n)).toEqual([]);
  expect(rows.filter((row) => !catalogue.has(row))).toEqual([]);
});

describe.each(files)('$name', ({ layer, file, rule, examples }) => {
  it('is named after its file and stands in a known layer', () => {
    expect(rule.id).toBe(file);
    expect(layers).toContain(layer);
    expect(rule.rows.length).toBeGreaterThan(0);
  });

  it('explains rows of others', () => {
    const rows = (rule.explains ?? []).map(({ row }) => row);
    expect(rows.filter((row) => !catalogue.has(row) || (rule.rows.includes(row) && !twoTitles.includes(row)))).toEqual(
      [],
    );
  });

  it('speaks English and French', () => {
    for (const text of textsOf(rule)) {
      expect(text.en).not.toBe('');
      expect(text.fr).not.toBe(text.en);
      // typographic apostrophes; plain blanks, which the locale makes no-break
      expect(`${text.en}${text.fr}`).not.toMatch(/[a-zà-ÿ]'[a-zà-ÿ]|[\u00a0\u202f]/i);
    }
  });

  it('names where it stands and what to do next', () => {
    expect(rule.source.split(', ').filter((one) => !source.test(one))).toEqual([]);
    expect(rule.steps.length).toBeGreaterThan(0);
    expect(rule.steps.flatMap(({ step }) => (step === undefined || stepIds.has(step) ? [] : [step]))).toEqual([]);
  });

  it('keeps conformance below errors', () => {
    expect(rule.basis === 'conformance' && ['blocker', 'error'].includes(rule.severity)).toBe(false);
  });

  it('asks readers for lower-case headers and linear patterns', () => {
    for (const header of rule.headers ?? []) expect(header).toMatch(/^[a-z-]+$/);
    for (const { source: regex } of Object.values(rule.patterns ?? {})) {
      // a quantified group that holds an unbounded quantifier
      expect(regex).not.toMatch(/\((?:[^()\\]|\\.)*(?:[^\\][+*]|\{\d+,\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,)/);
    }
  });

  it('has examples of every outcome, and of every guard', () => {
    const outcomes = new Set(examples.map(({ expect: outcome }) => outcome));
    expect([...['found', 'clear', 'not-evaluated']].filter((one) => !outcomes.has(one as never))).toEqual([]);
    const failed = examples.flatMap((example) => run(rule, layer, example).flatMap(({ guards }) => guards));
    expect((rule.guards ?? []).filter((guard) => !failed.includes(guard))).toEqual([]);
  });

  it('runs on nothing', () => {
    expect(() => rule.find(groundsOf([]))).not.toThrow();
  });

  describe.each(examples.map((example, n) => ({ n, wanted: example.expect, example })))(
    'example $n',
    ({ wanted, example }) => {
      it(`is ${wanted}`, () => {
        const findings = run(rule, layer, example);
        const outcomes = findings.map(({ outcome }) => outcome);
        if (wanted === 'found') expect(outcomes).toContain('found');
        else expect(new Set(outcomes)).toEqual(new Set([wanted]));
        const found = findings.filter(({ outcome }) => outcome === 'found');
        if (example.subjects) expect(found.map(({ subject }) => subject)).toEqual(example.subjects);
        expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
      });

      it('fills its texts and points into its evidence', () => {
        const given = grounds(example.given, (example.facts ?? {}) as never);
        for (const { outcome, values, at, count } of run(rule, layer, example)) {
          if (outcome === 'not-evaluated') continue;
          for (const place of at) {
            const artifact = given.evidence.artifacts[place.artifact];
            expect(place.offset).toBeGreaterThanOrEqual(0);
            expect(place.offset + place.length).toBeLessThanOrEqual(artifact?.bytes ?? -1);
          }
          if (outcome !== 'found') continue;
          expect(count).toBeGreaterThanOrEqual(at.length === 0 ? 0 : 1);
          const unfilled = textsOf(rule).flatMap((text) => slotsOf(text).filter((slot) => values[slot] === undefined));
          expect(unfilled).toEqual([]);
          for (const text of textsOf(rule)) {
            for (const locale of ['en', 'fr']) expect(say(text, locale, values)).not.toMatch(/undefined|NaN|\[object/);
          }
        }
      });
    },
  );
});

function run(rule: Rule, layer: string, example: Examples[number]): readonly Finding[] {
  const given = grounds(example.given, (example.facts ?? {}) as never);
  return evaluate([{ layer, rule }], given, contextOf(given));
}

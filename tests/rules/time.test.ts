import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDesk } from '../../src/analysis/create-desk';
import { intake } from '../../src/intake/run';
import { rules, ruleWants } from '../../src/rules';
import type { Finding } from '../../src/rules/evaluate';
import { say } from '../../src/text/text';
import { findingsOf } from '../build/findings';

describe('the clock of a host', () => {
  const id = (n: number): string => `1f0c1d52-3a0b-4a52-9d0e-0c5a4c7b1e0${n}`;
  const push = (time: string, n: number): string => `${time} INFO push sent x-mitel-correlation-id=${id(n)}`;
  const skewsOf = (logs: Readonly<Record<string, { lines: readonly string[] }>>): unknown =>
    findingsOf({ logs })
      .filter(({ rule, outcome }) => rule === 'clock-skew' && outcome === 'found')
      .map(({ subject, count, values }) => ({ subject, count, ahead: values['ahead'], behind: values['behind'] }));

  it('that differs from several others by one amount is one finding', () => {
    const logs = {
      'x/osv1.log': { lines: [push('08:00:00', 1), push('08:10:00', 2)] },
      'y/osv2.log': { lines: [push('08:00:00.300', 1), push('08:10:00.300', 2)] },
      'z/sbc.log': { lines: [push('08:01:35', 1), push('08:11:35', 2)] },
    };
    expect(skewsOf(logs)).toEqual([
      { subject: 'sbc.log', count: 4, ahead: 'sbc.log', behind: { list: ['osv1.log', 'osv2.log'] } },
    ]);
  });
  it('that differs from each by another amount is one finding a pair', () => {
    const logs = {
      'a.log': { lines: [push('08:00:00', 1)] },
      'b.log': { lines: [push('08:00:30', 1)] },
      'c.log': { lines: [push('08:02:00', 1)] },
    };
    expect(skewsOf(logs)).toHaveLength(3);
  });
  it('is named with its folder only where another file has the same name', () => {
    const logs = {
      'sbc/cld.log': { lines: [push('08:01:35', 1)] },
      'osv/cld.log': { lines: [push('08:00:00', 1)] },
    };
    expect(skewsOf(logs)).toMatchObject([{ subject: 'osv/cld.log ↔ sbc/cld.log' }]);
  });
});

describe('the sample', () => {
  let found: readonly Finding[] = [];
  beforeAll(async () => {
    const desk = createDesk({ rules, computerZone: 'UTC' });
    for (const name of readdirSync('samples/mivb')) {
      const blob = new Blob([readFileSync(`samples/mivb/${name}`)]);
      const { harvest, blobs } = await intake({ path: `mivb/${name}`, blob, keepBytes: false }, ruleWants);
      await desk.add([harvest], [blob], [blobs]);
    }
    found = desk.view().findings.filter(({ outcome }) => outcome === 'found');
  });

  it('begins with the clock, which stands over all that it breaks', () => {
    expect(found[0]).toMatchObject({ rule: 'ntp-unsynchronised', subject: 'aster-mbg1' });
    const folded = found.filter(({ under }) => under === 0).map(({ rule, subject }) => `${rule} ${subject}`);
    expect(folded.sort()).toEqual([
      'clock-skew cld-logs-aster-mbg1-20261112.tar.xz (aster-mbg1) ↔ event-history.csv',
      'daemon-errors notification dropped: unauthorized',
      'daemon-errors push refused',
      'daemon-errors token used before issued',
      'daemon-warnings ntp: no peer in use',
      'token-refused-clock-wrong aster-mbg1',
    ]);
    expect(found.find(({ rule }) => rule === 'clock-skew')?.values).toMatchObject({ behind: 'event-history.csv' });
  });
  it('has one finding for each fault of a call, at the leg where it is', () => {
    const ofCalls = found.filter(({ rule }) => rule === 'answer-unacknowledged' || rule === 'media-refused');
    expect(ofCalls.map(({ rule, subject, count, also }) => [rule, subject, count, also.length])).toEqual([
      ['answer-unacknowledged', '203.0.113.26 → 198.51.100.10', 1, 2],
      ['media-refused', '192.0.2.10 → 192.0.2.20 RTP/SAVP', 1, 2],
    ]);
  });
  it.each(['en', 'fr'])('leaves no slot of a sentence empty in %s', (lang) => {
    for (const { rule: id, values, subject } of found) {
      const { rule } = rules.find(({ rule: one }) => one.id === id)!;
      for (const sentence of [rule.title, rule.seen].map((text) => say(text, lang, values))) {
        expect(sentence, id).not.toMatch(/[{}]|«\s*»|“\s*”|\s:\s*$|:\s*$|^\s|\s\s|undefined|NaN/);
        expect(sentence, id).not.toContain('mivb/');
      }
      expect(subject, id).not.toMatch(/^$|mivb\//);
    }
  });
});

import { expect, it } from 'vitest';
import { readerMark } from '../../src/analysis/reader-mark';
import { ruleWants } from '../../src/rules';

it('the mark of the readers changes with what rules want kept, and with nothing else', () => {
  const { headers, patterns } = ruleWants;
  expect(readerMark({ headers: [...headers], patterns: [...patterns] })).toBe(readerMark(ruleWants));
  const others = [
    { headers: [...headers, 'x-new'], patterns },
    { headers, patterns: patterns.slice(1) },
    { headers, patterns: [...patterns.slice(1), { id: patterns[0]!.id, regex: /other/ }] },
  ].map(readerMark);
  expect(new Set([readerMark(ruleWants), ...others]).size).toBe(4);
});

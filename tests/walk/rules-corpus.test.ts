import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { evaluate } from '../../src/rules/evaluate';
import { rules } from '../../src/rules/index';
import { describeWithCorpus } from '../build/corpus';
import { contextOf, groundsOf, readFiles } from '../build/grounds';

describeWithCorpus('captures', (folder) => {
  it('real captures make no rule throw, point astray or cry wolf', () => {
    const fired = new Map<string, number>();
    let captures = 0;
    for (const path of readdirSync(folder).sort()) {
      if (!/\.(?:pcap|pcapng|cap)\d*$/.test(path)) continue;
      const given = groundsOf(readFiles({ [path]: readFileSync(`${folder}/${path}`) }));
      const { messages, artifacts } = given.evidence;
      const findings = evaluate(rules, given, contextOf(given)).filter(({ outcome }) => outcome === 'found');
      for (const { at } of findings) {
        for (const place of at)
          expect(place.offset + place.length).toBeLessThanOrEqual(artifacts[place.artifact]!.bytes);
      }
      if (messages.length === 0) continue;
      captures++;
      for (const id of new Set(findings.map(({ rule }) => rule))) fired.set(id, (fired.get(id) ?? 0) + 1);
    }
    expect(captures).toBeGreaterThan(10);
    // a rule that fires on most of what works is no rule
    expect([...fired].filter(([, count]) => count > captures / 2)).toEqual([]);
  });
});

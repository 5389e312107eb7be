import { expect, it } from 'vitest';
import { rules } from '../../src/rules/index';
import { cannotTell } from '../../src/rules/rule';
import { grounds } from '../build/grounds';
import { healthyCapture } from '../build/healthy';

const dialogs = 520;
/** A rule that fires on more than 95 % of 30 dialogs or more to which it applies says nothing about a fault. */
const most = 0.95 * 30;

it(`stays silent on ${dialogs} healthy dialogs`, () => {
  const given = grounds({ ladder: healthyCapture(dialogs) });
  const { links, evidence } = given;
  expect(links.legs.length).toBeGreaterThanOrEqual(500);
  expect(evidence.streams.length).toBeGreaterThanOrEqual(60);
  const fired = rules.flatMap(({ rule }) => {
    const hits = rule.find(given).filter((verdict) => !cannotTell(verdict));
    const count = hits.reduce((sum, hit) => sum + ('count' in hit ? (hit.count ?? 1) : 1), 0);
    return count > 0 ? [{ id: rule.id, severity: rule.severity, count }] : [];
  });
  expect(fired.filter(({ count }) => count > most)).toEqual([]);
  // and nothing worse than a note on any of them
  expect(fired.filter(({ severity }) => severity !== 'note')).toEqual([]);
});

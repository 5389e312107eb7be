import { describe, expect, it } from 'vitest';
import { levelAt, lineLevel } from '../../src/decode/level';

const of = (line: string, body = 0): number => lineLevel(line, 0, 0, body, line.length);

describe('level of a line', () => {
  it.each([
    ['ERROR push failed', 5],
    ['[push] WARN retry', 4],
    ['[wrn] retry', 4],
    ['error: no route', 5],
    ['warning in line 3', 4],
    ['container[1004]: info took 12 us', 3],
    ['took an error of 3 us', 0],
    ['no errors', 0],
    ['error_code 3', 0],
    ['an error, ERROR again', 5],
    ['main: INFO loglevel=debug', 2],
    ['{"LEVEL":"fatal"}', 6],
    ['INFO level of the tank', 3],
    ['INFO level=', 3],
    ['level=unheard WARN', 4],
    ['log.severity: crit', 6],
    ['W odd', 4],
    ['(E) odd', 5],
    ['plain', 0],
    [`${'x'.repeat(200)} ERROR`, 0],
  ])('%s', (line, level) => expect(of(line)).toBe(level));

  it('may stand before the stamp', () => {
    expect(lineLevel('[WARN] 08:00:01 hm', 0, 7, 15, 18)).toBe(4);
    expect(lineLevel('<3>Nov 12 08:00:01 hm', 0, 3, 18, 21)).toBe(5);
  });

  it('is read from a word between other words', () => {
    expect(levelAt('level="WARN" x', 6, 12)).toBe(4);
    expect(levelAt('level=ERROR+2 x', 6, 13)).toBe(5);
    expect(levelAt('level=word x', 6, 10)).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { isLinear } from '../../src/analysis/line-query';
import { describeLines, selectLines, silence } from '../../src/analysis/lines';
import type { LineQuery } from '../../src/analysis/desk';
import { timeOrder } from '../../src/analysis/timeline';
import { drawnView, viewOf, type DrawnView } from './drawn-view';

const texts = async ({ view, read }: DrawnView, query: LineQuery = {}): Promise<string[]> => {
  const rows = await selectLines(view, query, read);
  return (await describeLines(view, [...rows], read)).map(({ kind, text }) => (kind === 'silence' ? '…' : text));
};
const short = (lines: readonly string[]): string[] => lines.map((line) => /msg=("[^"]*"|\S+)/.exec(line)?.[1] ?? line);

const merged = {
  log: ['08:00:00 INFO started', '08:00:02 ERROR token refused corr=abc', '08:00:03 WARN slow answer'],
  ladder: `
          zoom          mbg
    1.000 |--INVITE-1-->|
    1.500 |--INVITE-1-->|
    1.600 |<---503-1----|
  `,
  events: ['2026-11-12T08:00:02.500Z | User updated | admin@example.com | eve@example.org | x'],
};

describe('selectLines', () => {
  it('merges log lines, messages and events by corrected time', async () => {
    const lines = short(await texts(drawnView(merged)));
    expect(lines.map((line) => line.split(/ (?:sip:|INVITE {2})/)[0])).toEqual([
      'started',
      'INVITE',
      '↻ INVITE',
      '503 Service Unavailable',
      '"token refused"',
      'User updated  eve@example.org  admin@example.com',
      '"slow answer"',
    ]);
  });

  it.each<[LineQuery, number]>([
    [{ filter: 'level:error' }, 2],
    [{ filter: 'level:warning' }, 2],
    [{ levels: [4, 5, 6] }, 4],
    [{ filter: 'kind:message' }, 3],
    [{ filter: 'method:INVITE' }, 3],
    [{ filter: 'status>=500' }, 1],
    [{ filter: 'source:cld.log' }, 3],
    [{ filter: 'TOKEN' }, 1],
    [{ filter: '-token' }, 6],
    [{ filter: 'corr=abc' }, 1],
    // raw SIP text is searched too
    [{ filter: 'max-forwards' }, 2],
    [{ filter: '/tok.n\\s/' }, 1],
    [{ filter: 'number:2001' }, 3],
    [{ filter: 'number:200' }, 0],
    [{ focus: [{ kind: 'user', label: 'Eve', values: ['eve@example.org', '2002'] }] }, 4],
    [{ focus: [{ kind: 'host', label: 'mbg', values: ['10.0.0.2'] }] }, 3],
  ])('answers %j', async (query, count) => {
    const { view, read } = drawnView(merged);
    expect(await selectLines(view, query, read)).toHaveLength(count);
  });

  it('follows a declared clock offset at once', async () => {
    const late = drawnView({ ...merged, facts: { clockOffsets: { 'var/log/cld/cld.log': -10 } } });
    expect(short(await texts(late)).slice(0, 3)).toEqual(['started', '"token refused"', '"slow answer"']);
  });

  it('shows silences of all sources between the rows asked for', async () => {
    const quiet = drawnView({ log: ['08:00:00 INFO a', '08:00:01 INFO b', '08:00:09 ERROR c', '08:00:10 INFO d'] });
    expect(short(await texts(quiet, { silences: true }))).toEqual(['a', 'b', '…', 'c', 'd']);
    expect(short(await texts(quiet, { silences: true, filter: 'level:info' }))).toEqual(['a', 'b', '…', 'd']);
    const { view, read } = quiet;
    const rows = await selectLines(view, { silences: true }, read);
    const [row] = await describeLines(view, [rows.find((one) => one >= silence)!], read);
    expect(row).toMatchObject({ kind: 'silence', duration: 8e6 });
  });
});

describe('describeLines', () => {
  it('reads neighbouring lines at once and masks secrets', async () => {
    const drawn = drawnView({ log: ['08:00:00 INFO a', '08:00:01 INFO b password=hunter2', '08:00:02 INFO c'] });
    const lines = await texts(drawn);
    // one for the lines, one for how the file is encoded
    expect(drawn.reads()).toBe(2);
    expect(lines.join('\n')).not.toContain('hunter2');
    expect(lines[1]).toContain('password=');
  });

  it('cuts a long record and says so', async () => {
    const [line] = await texts(
      viewOf({ 'cld.log': `time=2026-11-12T08:00:00Z level=INFO msg="${'x'.repeat(9000)}"\n` }),
    );
    expect(line!.length).toBeLessThan(4200);
    expect(line!.endsWith('…')).toBe(true);
  });
});

describe('encodings', () => {
  it('reads and searches UTF-16 and Windows-1252 as what they say', async () => {
    const line = 'time=2026-11-12T08:00:00Z level=INFO msg="téléphone prêt"\n';
    const wide = new Uint8Array(2 + line.length * 2);
    wide.set([0xff, 0xfe]);
    for (let n = 0; n < line.length; n++) new DataView(wide.buffer).setUint16(2 + n * 2, line.charCodeAt(n), true);
    const narrow = Uint8Array.from(line, (sign) => sign.charCodeAt(0));
    for (const bytes of [wide, narrow]) {
      const drawn = viewOf({ 'cld.log': bytes });
      expect(short(await texts(drawn))).toEqual(['"téléphone prêt"']);
      expect(await texts(drawn, { filter: 'level=INFO ready' })).toHaveLength(0);
      expect(await texts(drawn, { filter: 'TÉLÉ' })).toHaveLength(1);
    }
  });
});

describe('timeOrder', () => {
  it('is stable, takes any span, and puts what has no time last', () => {
    const day = 86_400e6;
    const times = Float64Array.of(5, NaN, 1, 400 * day, 5, 0, 90 * day, NaN, -3);
    const orderOf = (...of: number[]): number[] => [...timeOrder(of.length, (row) => of[row]!).order];
    expect(orderOf(...times)).toEqual([8, 5, 2, 0, 4, 6, 3, 1, 7]);
    expect(orderOf(7, NaN, 7)).toEqual([0, 2, 1]);
    expect(orderOf()).toEqual([]);
    expect(orderOf(3, 3, 2, 2, 1, 1)).toEqual([4, 5, 2, 3, 0, 1]);
  });
});

describe('isLinear', () => {
  it.each(['token.*refused', '\\d+\\.\\d+\\.\\d+\\.\\d+', '(?:error|warn)', '[a-z]+@example', 'a{3}'])(
    'takes %s',
    (source) => expect(isLinear(source)).toBe(true),
  );
  it.each(['(a+)+', '(a|b)*', '((a)*b)+', '.*.*.*x', '(x)\\1', '(?=a)', '(?<!a)b', '(', '(a{2,}){3}'])(
    'refuses %s',
    (source) => expect(isLinear(source)).toBe(false),
  );
});

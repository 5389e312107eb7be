import fc from 'fast-check';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import { ladderOf } from '../../src/analysis/ladder';
import type { Ladder } from '../../src/analysis/desk';
import type { DrawnCapture } from '../../src/rules/example';
import { mermaidLadder, textLadder } from '../../src/views/Ladder/export';
import { htmlLadder } from '../../src/views/Ladder/export-html';
import { svgLadder } from '../../src/views/Ladder/export-svg';
import { rowsOf, type Row } from '../../src/views/Ladder/rows';
import { drawnView } from '../analysis/drawn-view';
import { drawMessages } from '../build/ladder';

const shown = { fold: false, notes: true, unfolded: new Set<number>() };
const call: DrawnCapture = {
  drawn: `
          phone           border          pbx
    0.000 |               |<--INVITE-1----|
    0.010 |               |----100-1----->|
    0.020 |<--INVITE-1b---|               |
    0.520 |<--INVITE-1b---|               |
    0.620 |----180-1b---->|               |
    0.621 |               |----180-1----->|
    2.000 |----200-1b---->|               |
    2.001 |               |----200-1----->|
    2.010 |               |<----ACK-1-----|
    2.020 |<----ACK-1b----|               |
    4.000 |-----BYE-2b--->|               |
    4.010 |<-200:BYE-2b---|               |
  `,
  with: { 'INVITE-1': ['X-Call-ID: join'], 'INVITE-1b': ['X-Call-ID: join'] },
};
const drawn = async (spec: DrawnCapture): Promise<Ladder> => {
  const { view, read } = drawnView({ ladder: spec });
  return ladderOf(view, { kind: 'call', row: 0 }, read);
};
const draw = async (spec = call): Promise<{ ladder: Ladder; rows: readonly Row[] }> => {
  const ladder = await drawn(spec);
  return { ladder, rows: rowsOf(ladder, shown) };
};

describe('the ladder as text', () => {
  it('read back by the drawn notation gives the same messages', async () => {
    const { ladder, rows } = await draw();
    const text = textLadder(ladder, rows);
    const [picture = '', legend = ''] = text.split('\n\n');
    const hosts = Object.fromEntries(
      legend.split('\n').flatMap((line) => {
        const found = /^(\S+): .*?((?:\d+\.){3}\d+):?(\d+)?$/.exec(line);
        return found ? [[found[1]!, `${found[2]}:${found[3] ?? '5060'}`]] : [];
      }),
    );
    const same = (from: DrawnCapture): string[] =>
      drawMessages(from).map(({ time, source, target, label }) => {
        const [, what, cseq, leg] = /^(\S+)-(\d+)([a-z]?)$/.exec(label)!;
        return [time, source, target, what, cseq, leg === 'b' ? 'B' : 'A'].join(' ');
      });
    expect(same({ drawn: picture, hosts })).toEqual(same(call));
  });

  it('says reasons, hosts and legs beside the drawing', async () => {
    const { ladder, rows } = await draw();
    const text = textLadder(ladder, rows);
    expect(text).toMatch(/\|<-+180-1a-+\| +\| {2}Ringing/);
    expect(text).toMatch(/\nA: call@example\nB: callb@example\n$/);
  });
});

describe('every form of the ladder', () => {
  const forms = ({ ladder, rows }: Awaited<ReturnType<typeof draw>>): Record<string, string> => ({
    text: textLadder(ladder, rows),
    mermaid: mermaidLadder(ladder, rows),
    svg: svgLadder(ladder, rows, 'A call'),
    html: htmlLadder(ladder, rows, 'A call'),
  });

  it('counts keys that were pressed and does not tell them: they may be a code', async () => {
    const ladder = await drawn(call);
    const note = { time: ladder.messages[0]!.time + 1, lane: 0, kind: 'mark', level: 0, source: '', text: '' } as const;
    const mark = { what: 'dtmf', values: { digits: '4711#', count: 5 } } as const;
    const keyed = { ...ladder, notes: [{ ...note, mark }] };
    for (const [form, words] of Object.entries(forms({ ladder: keyed, rows: rowsOf(keyed, shown) }))) {
      expect(words, form).toMatch(/DTMF.*5/);
      expect(words, form).not.toContain('4711');
    }
  });

  it('says where the direction of a message is inferred', async () => {
    const ladder = await drawn(call);
    const messages = ladder.messages.map((message, n) => ({ ...message, inferred: n < 2 }));
    const unsure = { ...ladder, messages };
    for (const [form, words] of Object.entries(forms({ ladder: unsure, rows: rowsOf(unsure, shown) }))) {
      expect(words.match(/direction inferred/g), form).toHaveLength(form === 'html' ? 4 : 2);
    }
    const svg = svgLadder(unsure, rowsOf(unsure, shown), 'A call');
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
  });
});

const evil = [
  '"><script>canary()</script>',
  "' onload='canary()",
  ']]><svg onload=canary()>',
  '&lt;script&gt;canary()',
  '</text></svg><script>canary()</script>',
  'javascript:canary()',
  '\u0000\ud800\u2028\n| end',
  '--><!-- canary() -->',
  '%%{init: {"securityLevel":"loose"}}%%',
  'end',
  'L0->>L1: canary',
];
async function hostile(word: string): Promise<{ ladder: Ladder; rows: readonly Row[] }> {
  const plain = await drawn(call);
  const ladder: Ladder = {
    ...plain,
    title: { from: word, to: word },
    lanes: plain.lanes.map((lane) => ({ ...lane, name: word })),
    legs: plain.legs.map((leg) => ({ ...leg, callId: word })),
    messages: plain.messages.map((one) => ({ ...one, method: word, reason: word, summary: word })),
    notes: [{ time: plain.messages[1]!.time, lane: 0, kind: 'line', level: 5, source: word, text: word, line: 1 }],
  };
  return { ladder, rows: rowsOf(ladder, shown) };
}

describe('exports of hostile words', () => {
  it.each(evil)('%j stays text in SVG and HTML', async (word) => {
    const { ladder, rows } = await hostile(word);
    const tags = /^<\/?(?:svg|title|rect|text|tspan|path|figure|figcaption|table|thead|tbody|tr|th|td)$/;
    for (const made of [svgLadder(ladder, rows, word), htmlLadder(ladder, rows, word)]) {
      expect((made.match(/<\/?[^\s>/]*/g) ?? []).filter((tag) => !tags.test(tag))).toEqual([]);
      expect(made).not.toMatch(/<[^>]*\son\w+\s*=|href|\u0000/);
      // every canary is bare text
      for (const part of made.split(/<[^>]*>/).filter((text) => text.includes('canary')))
        expect(part).not.toMatch(/[<>"']/);
      expect(made.split('canary').length).toBe(made.replace(/<[^>]*>/g, '').split('canary').length);
    }
  });

  it.each(evil)('%j draws no lane and no line of its own in text', async (word) => {
    const { ladder, rows } = await hostile(word);
    const lines = textLadder(ladder, rows).split('\n');
    const own = lines.slice(1, rows.filter(({ kind }) => kind !== 'gap').length + 1);
    for (const line of own) expect(line).toMatch(/^ *\d+\.\d+ \|/);
    expect(lines[0]!.trim().split(/\s+/)).toHaveLength(ladder.lanes.length);
  });

  it('parse as Mermaid, whatever the words', async () => {
    const { ladder, rows } = await draw();
    expect(await mermaid.parse(mermaidLadder(ladder, rows))).toBeTruthy();
    for (const word of evil) {
      const { ladder: bad, rows: badRows } = await hostile(word);
      expect(await mermaid.parse(mermaidLadder(bad, badRows)), word).toBeTruthy();
    }
  });

  it('parse as Mermaid for any string', async () => {
    const { ladder, rows } = await draw();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (word) => {
        const messages = ladder.messages
          .slice(0, 2)
          .map((one) => ({ ...one, method: word, reason: word, summary: word }));
        const lanes = ladder.lanes.map((lane) => ({ ...lane, name: word }));
        const bad = { ...ladder, messages, lanes, notes: [] };
        expect(await mermaid.parse(mermaidLadder(bad, rowsOf(bad, shown)))).toBeTruthy();
      }),
      { numRuns: 60 },
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

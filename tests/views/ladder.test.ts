import { describe, expect, it } from 'vitest';
import type { Ladder, LadderMessage } from '../../src/analysis/desk';
import { difference, whyDifferent } from '../../src/views/Ladder/difference';
import { arranged, moved } from '../../src/views/Ladder/arrange';
import { pagesOf } from '../../src/views/Ladder/export-png';
import { explainLine, explainStart } from '../../src/views/Ladder/explain';
import { counterpart, stepsFrom } from '../../src/views/Ladder/keys';
import { labelOf } from '../../src/views/Ladder/label';
import { messageText } from '../../src/views/Ladder/message-text';
import { heightOf, isPlace, lanePlaces, rowAt, rowsOf, type Row } from '../../src/views/Ladder/rows';
import { explainSdp } from '../../src/views/Ladder/sdp-words';
import { axisTicks, mediaSpan } from '../../src/views/Ladder/strip';
import { say } from '../../src/text/text';

/** `0.5 A INVITE 0>1` a message: seconds, leg, start line, lanes; `*2` repeats message 2. */
function ladder(...lines: string[]): Ladder {
  const messages = lines.map((line, row): LadderMessage => {
    const [, time, leg, what, from, to, repeats] = /^([\d.]+) (\S) (.+) (\d)>(\d)(?: \*(\d+))?$/.exec(line)!;
    const status = Number(/^\d{3}/.exec(what!)?.[0] ?? 0);
    return {
      row,
      time: Number(time) * 1e6,
      from: Number(from),
      to: Number(to),
      method: status ? (/ of (\w+)$/.exec(what!)?.[1] ?? 'INVITE') : what!,
      status,
      reason: '',
      cseq: 1,
      leg: leg === '-' ? -1 : leg!.charCodeAt(0) - 65,
      transaction: leg === '-' ? 9 : leg!.charCodeAt(0),
      dialog: leg === '-' ? -1 : leg!.charCodeAt(0),
      summary: '',
      transport: 'UDP',
      repeats: repeats === undefined ? -1 : Number(repeats),
      sightings: 1,
      inferred: false,
    };
  });
  const lanes = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((host) => ({ host, name: '', ports: [5060] }));
  const legs = [...new Set(messages.map(({ leg }) => leg))].filter((leg) => leg >= 0);
  return {
    title: { from: 'sip:1@x', to: 'sip:2@x' },
    lanes,
    messages,
    notes: [],
    notesLeft: 0,
    streams: [],
    points: [],
    legs: legs.map((leg) => ({ callId: `c${leg}`, letter: String.fromCharCode(65 + leg) })),
    suggested: [],
    call: {} as NonNullable<Ladder['call']>,
  };
}
const shown = { fold: true, notes: true, unfolded: new Set<number>() };
const kinds = (rows: readonly Row[]): string[] =>
  rows.map((row) =>
    row.kind === 'message' ? `${row.number}${row.ghost ? 'ghost' : ''}` : row.kind === 'gap' ? row.what : row.key,
  );

const answered = ladder(
  '0 A INVITE 0>1',
  '0.5 A INVITE 0>1 *0',
  '0.6 A 180 1>0',
  '4 A 200 1>0',
  '4.1 A ACK 0>1',
  '9 A BYE 0>1',
  '9.1 A 200 of BYE 1>0',
  '20 A OPTIONS 0>1',
);

describe('rows of a ladder', () => {
  it('folds repeats and names silences by what goes on', () => {
    expect(kinds(rowsOf(answered, shown))).toEqual(['1', '2', 'ringing', '3', '4', 'talking', '5', '6', 'silent', '7']);
    expect(rowsOf(answered, shown)[0]).toMatchObject({ repeats: [1] });
  });

  it('unfolds one message in place, or all', () => {
    expect(kinds(rowsOf(answered, { ...shown, unfolded: new Set([0]) }))[1]).toBe('0ghost');
    expect(rowsOf(answered, { ...shown, fold: false }).filter(isPlace)).toHaveLength(8);
  });

  it('puts notes under the message before them, findings under theirs', () => {
    const note = { lane: 0, kind: 'line', level: 5, source: 'x.log', text: 'y' } as const;
    const notes = [
      { ...note, time: 0.1e6, line: 40 },
      { ...note, kind: 'finding', time: 0.5e6, finding: 3, message: 1 } as const,
    ];
    expect(kinds(rowsOf({ ...answered, notes }, shown)).slice(0, 4)).toEqual(['1', 'f3', 'l40', '2']);
    expect(kinds(rowsOf({ ...answered, notes }, { ...shown, notes: false }))).not.toContain('l40');
  });

  it('finds the row at a height by halving', () => {
    const rows = rowsOf(answered, shown);
    for (const row of rows) {
      expect(rows[rowAt(rows, row.y)]).toBe(row);
      expect(rows[rowAt(rows, row.y + row.height - 1)]).toBe(row);
    }
    expect(rowAt(rows, heightOf(rows))).toBe(rows.length);
  });

  it('keeps lanes 168 px apart', () => {
    const { width, x } = lanePlaces(6, 500);
    expect(width).toBeGreaterThan(500);
    x.slice(1).forEach((place, n) => expect(place - x[n]!).toBeGreaterThanOrEqual(167));
  });
});

describe('what a person leaves out', () => {
  const two = ladder('0 A INVITE 0>1', '0.1 A INVITE 1>2', '0.2 A 100 2>1', '0.3 - OPTIONS 0>1', '9 A 200 1>0');
  it('lanes go with their messages, and stand in the order wanted', () => {
    const { lanes, messages } = arranged(two, { order: ['10.0.0.2', '10.0.0.1'], hidden: ['10.0.0.3'], split: [] });
    expect(lanes.map(({ host }) => host)).toEqual(['10.0.0.2', '10.0.0.1']);
    expect(messages.map(({ from, to }) => `${from}>${to}`)).toEqual(['1>0', '0>-1', '-1>0', '1>0', '0>1']);
    expect(kinds(rowsOf(arranged(two, { order: [], hidden: ['10.0.0.3'], split: [] }), shown))).toEqual([
      '1',
      '2',
      'silent',
      '3',
    ]);
    expect(moved(two.lanes, 0, 2)).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.1']);
  });

  it('never leaves a ladder without lanes', () => {
    const hidden = two.lanes.map(({ host }) => host);
    expect(arranged(two, { order: [], hidden, split: [] }).lanes).toHaveLength(3);
  });

  it('noise goes by its kind', () => {
    const rows = (...without: ('trying' | 'options' | 'beside')[]): number =>
      rowsOf(two, { ...shown, without: new Set(without) }).filter(isPlace).length;
    expect([rows(), rows('trying'), rows('options'), rows('trying', 'beside')]).toEqual([5, 4, 4, 3]);
  });

  it('rows stand to the scale of time where that is wanted', () => {
    const rows = rowsOf(two, { ...shown, scaled: true });
    expect(kinds(rows)).not.toContain('silent');
    expect(rows.at(-1)!.y - rows.at(-2)!.y).toBeGreaterThan(400);
  });

  it('pictures are cut between rows', () => {
    const many = ladder(...Array.from({ length: 600 }, (_, n) => `${n / 10} A INVITE 0>1`));
    const pages = pagesOf(rowsOf(many, shown));
    expect(pages.map((page) => page.length)).toEqual([250, 250, 100]);
  });
});

describe('keys of a ladder', () => {
  const two = ladder('0 A INVITE 0>1', '0.1 B INVITE 1>2', '0.2 B 486 2>1', '0.3 A 486 1>0', '0.4 A ACK 0>1');
  const places = rowsOf(two, shown).filter(isPlace);
  const steps = (at: number) => stepsFrom(two, places, places[at]);

  it('step, stay within the ends, and start anywhere', () => {
    expect(steps(0).by(-1)).toBe(places[0]);
    expect(steps(0).by(2)).toBe(places[2]);
    expect(stepsFrom(two, places, undefined).by(1)).toBe(places[0]);
    expect(stepsFrom(two, [], undefined).by(1)).toBeUndefined();
  });

  it('follow transaction, dialog and the other leg', () => {
    expect(steps(0).transaction()).toBe(places[3]);
    expect(steps(4).transaction()).toBe(places[0]);
    expect(steps(1).dialog(1)).toBe(places[2]);
    expect(steps(3).otherLeg()).toBe(places[2]);
    expect(counterpart(two, 4)).toBe(-1);
  });
});

describe('a label on an arrow', () => {
  const message = { method: 'INVITE', status: 488, reason: 'Not Acceptable Here', summary: 'SAVP PCMA · answer' };
  it('is cut from its end, never in its code', () => {
    expect(labelOf(message, 500)).toMatchObject({ head: '488 Not Acceptable Here', rest: 'SAVP PCMA · answer' });
    expect(labelOf(message, 230)).toMatchObject({ head: '488 Not Acceptable Here', rest: 'SAVP PCMA' });
    expect(labelOf({ ...message, reason: 'x'.repeat(200) }, 190).head).toMatch(/^488 x+…$/);
    expect(labelOf({ ...message, status: 0, method: 'M'.repeat(60) }, 190).head).toHaveLength(60);
  });
});

describe('the text of a message', () => {
  const raw =
    'INVITE sip:2@x SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9\r\nbroken line\r\nContent-Length: 9\r\n\r\nv=0\r\nm=audio 4000 RTP/AVP 8\r\n';
  it('is told apart into start line, headers and SDP', () => {
    const text = messageText(raw);
    expect(text.start).toBe('INVITE sip:2@x SIP/2.0');
    expect(text.headers[0]).toMatchObject({
      name: 'Via:',
      value: [{ fade: false }, { text: ';branch=z9', fade: true }],
    });
    expect(text.headers[1]).toMatchObject({ name: '', value: [{ text: 'broken line' }] });
    expect(text.sdp).toEqual(['v=0', 'm=audio 4000 RTP/AVP 8']);
  });

  it('keeps a body that is no SDP', () => {
    expect(messageText('MESSAGE x SIP/2.0\n\nHello\na=b').body).toEqual(['Hello', 'a=b']);
    expect(messageText('').start).toBe('');
  });
});

describe('words for a message', () => {
  const said = (line: string): string => {
    const found = explainSdp(line);
    return found ? say(found.text, 'en', found.values) : '';
  };
  it('explain SDP line by line', () => {
    expect(said('m=audio 4000 RTP/SAVP 8')).toBe('Audio on port 4000, SRTP');
    expect(said('m=image 0 udptl t38')).toBe('Fax (T.38) refused or switched off: port 0');
    expect(said('c=IN IP4 0.0.0.0')).toBe('Hold in its old form: nowhere to send to');
    expect(said('a=rtpmap:8 PCMA/8000')).toBe('PCMA: G.711 A-law, 64 kbit/s');
    expect(said('a=rtpmap:99 constructor/8000')).toBe('Format 99 is constructor');
    expect(said('a=inactive')).toBe('Hold: no media in either direction');
    expect(said('a=unheard-of:1')).toBe('');
    expect(said('o=short')).toBe('');
  });

  it('explain codes one by one, else by their class', () => {
    expect(say(explainStart('INVITE', 486)!, 'fr')).toContain('occupé');
    expect(explainStart('INVITE', 499)).toEqual(explainStart('INVITE', 498));
    expect(explainStart('WHAT', 0)).toBeUndefined();
    const line = (raw: string, locale: 'en' | 'fr' = 'en'): string => {
      const found = explainLine(raw);
      return found ? say(found.text, locale, found.values) : '';
    };
    expect(line('Reason: Q.850;cause=16;text="x"')).toBe('normal clearing (Q.850 16)');
    expect(line('Reason: Q.850;cause=47', 'fr')).toBe('ressource non disponible (Q.850 47)');
    expect(line('Reason: SIP;cause=486', 'fr')).toContain('occupé');
    expect(line('Warning: 305 host "x"')).toContain('no common codec');
    expect(line('Reason: Q.850;cause=999')).toBe('');
  });
});

describe('the difference of two messages', () => {
  it('goes by header, not by line, and marks what changed', () => {
    const changes = difference('A x\r\nVia: one\r\nTo: b\r\n', 'A x\r\nTo: b\r\nVia: two\r\nNew: 1\r\n');
    expect(changes.map(({ kind }) => kind)).toEqual(['same', 'same', 'before', 'after', 'after']);
    const after = changes[3]!;
    expect(after.kind === 'after' && say(whyDifferent(after)!, 'en')).toBe('Each hop writes its own path.');
  });

  it('finds nothing between equals', () => {
    expect(difference('A\r\nB: c', 'A\r\nB: c').every(({ kind }) => kind === 'same')).toBe(true);
  });
});

describe('the density strip', () => {
  it('has round places on its axis', () => {
    expect(axisTicks(54e6, 8)).toEqual([0, 10e6, 20e6, 30e6, 40e6, 50e6]);
    expect(axisTicks(0.5e6, 8)).toEqual([0, 0.5e6]);
    expect(axisTicks(30 * 86_400e6, 8).length).toBeLessThanOrEqual(9);
  });

  it('tints media from the answer to BYE', () => {
    expect(mediaSpan(answered)).toEqual([4e6, 9e6]);
    expect(mediaSpan(ladder('0 A INVITE 0>1'))).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import daemon from '../../src/artifacts/cloudlink-daemon-log';
import text from '../../src/artifacts/timestamped-text';
import { correlationKey } from '../../src/base/correlation';
import { correlationIn } from '../../src/decode/correlation';
import { daemonLog, daemonLogIn, textLog } from '../build/log';
import { readAs, type Read, type ReadOptions } from '../build/reading';

const iso = (micros: unknown): string => new Date(Number(micros) / 1000).toISOString().replace('.000', '');
const read = (content: string | Uint8Array, options?: ReadOptions): Read => readAs(text, content, options);
const columns = (found: Read, ...names: readonly string[]): unknown[][] =>
  found.rows('lines').map((row) => names.map((name) => row[name]));
/** The shape of each line. */
function shapesOf(found: Read): string[] {
  const shapes = found.rows('lines').map(() => '');
  for (const { line, shape } of found.rows('shapes')) shapes[Number(line)] = String(shape);
  return shapes;
}
/** The text of each record, by its bytes. */
const spans = (content: string, found: Read): string[] => {
  const bytes = new TextEncoder().encode(content);
  return found
    .rows('lines')
    .map(({ offset, size }) => new TextDecoder().decode(bytes.subarray(Number(offset), Number(offset) + Number(size))));
};

describe('log records', () => {
  it('join lines without a time to the record above, and say where it stands', () => {
    const content = textLog(
      '08:00:00 ERROR é push failed',
      'java.net.SocketTimeoutException: timeout',
      '    at com.example.Push.send(Push.java:42)',
      '08:00:01 INFO next',
      '',
    );
    const found = read(content);
    expect(spans(content, found)).toEqual([
      '2026-11-12 08:00:00.000 ERROR é push failed\njava.net.SocketTimeoutException: timeout\n    at com.example.Push.send(Push.java:42)',
      '2026-11-12 08:00:01.000 INFO next',
    ]);
    expect(columns(found, 'number', 'level', 'clock')).toEqual([
      [1, 5, 1],
      [4, 3, 1],
    ]);
  });

  it('begin with a level or stand alone where no line has a time', () => {
    const content = 'service up\n  with details\nERROR: failed\nthen more\n';
    const found = read(content);
    expect(spans(content, found)).toEqual(['service up\n  with details', 'ERROR: failed', 'then more']);
    expect(columns(found, 'time', 'clock', 'level')).toEqual([
      [NaN, 0, 0],
      [NaN, 0, 5],
      [NaN, 0, 0],
    ]);
  });

  it('inherit the time of the record above', () => {
    const found = read(textLog('08:00:00 INFO a', 'WARN b', '08:00:02 INFO c'));
    expect(found.rows('lines').map(({ time, clock }) => [iso(time), clock])).toEqual([
      ['2026-11-12T08:00:00Z', 1],
      ['2026-11-12T08:00:00Z', 0],
      ['2026-11-12T08:00:02Z', 1],
    ]);
  });

  it('of JSON, on one line or on many, have its time, level and message', () => {
    const content = [
      '{"ts":"2026-11-12T08:00:00Z","lvl":"warn","msg":"retry 17 of user@example.com"}',
      '{',
      '  "time": 1794470401000,',
      '  "level": 50,',
      '  "msg": "gave up after 3 tries"',
      '}',
      '{"log":"plain ERROR line\\n","stream":"stderr","time":"2026-11-12T08:00:02Z"}',
      '',
    ].join('\n');
    const found = read(content);
    expect(found.rows('lines').map(({ time, level }, n) => [iso(time), level, shapesOf(found)[n]])).toEqual([
      ['2026-11-12T08:00:00Z', 4, 'retry <n> of <email>'],
      ['2026-11-12T08:00:01Z', 5, 'gave up after <n> tries'],
      ['2026-11-12T08:00:02Z', 5, 'plain ERROR line'],
    ]);
  });

  it('of XML, one after another or over many lines, have their time', () => {
    const one = '<Event xmlns="urn:x"><System><TimeCreated SystemTime="2026-11-12T08:00:00.5Z"/></System></Event>';
    const many = [
      '<?xml version="1.0"?>',
      '<!-- from a tool -->',
      '<Event at="2026-11-12T08:00:01Z">',
      '<Data>',
      'ERROR',
      '</Data>',
      '</Event>',
    ];
    const content = [one, ...many, '<Ping/>', '<Ping/>', ''].join('\n');
    const found = read(content);
    expect(spans(content, found)).toEqual([one, many.join('\n'), '<Ping/>', '<Ping/>']);
    expect(found.rows('lines').map(({ time, clock }) => [iso(time), clock])).toEqual([
      ['2026-11-12T08:00:00.500Z', 2],
      ['2026-11-12T08:00:01Z', 2],
      ['2026-11-12T08:00:01Z', 0],
      ['2026-11-12T08:00:01Z', 0],
    ]);
  });

  it('of XML with the time deep in a line are known for a log', () => {
    const event = `<Event xmlns="urn:x"><Provider Name="${'x'.repeat(300)}"/><TimeCreated SystemTime="2026-11-12T08:00:00Z"/></Event>\n`;
    expect(text.sniff(new TextEncoder().encode(event), 'unknown').certainty).toBe(1);
    expect(text.sniff(new TextEncoder().encode('<html><body>no time</body></html>\n'), 'unknown').certainty).toBe(0);
  });

  it('that are cut XML do not swallow the log behind them', () => {
    const content = '<config>\n  <a>1</a>\n2026-11-12 08:00:00 INFO up\n<-- sent\n-- done\n';
    expect(spans(content, read(content))).toEqual([
      '<config>\n  <a>1</a>',
      '2026-11-12 08:00:00 INFO up\n<-- sent\n-- done',
    ]);
    expect(read('<-- sent\nOK\n<-- sent\n').reading.records).toBe(3);
  });

  it('of Python, on one line or printed over many, have their time and level', () => {
    const content = [
      "{'time': '2026-11-12 08:00:00,120', 'level': 'ERROR', 'x-mitel-correlation-id': '2b1c0d52-3a0b-4a52-9d0e-0c5a4c7b1e01'}",
      "2026-11-12 08:00:01,000 - push - WARNING - {'user': 'anna',",
      " 'tries': 3}",
      'Traceback (most recent call last):',
      '  File "push.py", line 3, in <module>',
      'ValueError: no token',
      '2026-11-12 08:00:02,000 - push - INFO - ok',
      '',
    ].join('\n');
    const found = read(content);
    expect(found.rows('lines').map(({ time, level, number }) => [iso(time), level, number])).toEqual([
      ['2026-11-12T08:00:00.120Z', 5, 1],
      ['2026-11-12T08:00:01Z', 4, 2],
      ['2026-11-12T08:00:02Z', 3, 7],
    ]);
  });

  it('are read in UTF-16, Windows-1252, with colours and after a run of NULs', () => {
    const content = textLog('08:00:00 ERROR café fermé', '08:00:01 INFO ok');
    const wants = { headers: [], patterns: [{ id: 'p', regex: /caf. (?<detail>\S+)/ }] };
    const details = (bytes: Uint8Array | string): unknown[] =>
      read(bytes, { wants })
        .rows('hits')
        .map(({ detail }) => detail);
    expect(details(content)).toEqual(['fermé']);
    expect(details(new Uint8Array(Buffer.from(`\ufeff${content}`, 'utf16le')))).toEqual(['fermé']);
    expect(details(new Uint8Array(Buffer.from(content, 'latin1')))).toEqual(['fermé']);
    expect(details(content.replace('café', 'ca\x1b[31mfé\x1b[0m'))).toEqual(['fermé']);
    expect(columns(read(`\0\0\0\0${content}`), 'level', 'number')).toEqual([
      [5, 1],
      [3, 2],
    ]);
    const [first, rest] = content.split('\n', 2);
    const crashed = `${first}\n${'\0'.repeat(60_000)}\n${rest}`;
    expect(text.sniff(new TextEncoder().encode(crashed), 'a.log').certainty).toBe(1);
    expect(columns(read(content.replace('ERROR', '\x1b[31mERROR\x1b[0m')), 'level')).toEqual([[5], [3]]);
  });

  it('longer than the limit are kept, told, and searched at their start', () => {
    const long = `2026-11-12 08:00:00 ERROR start ${'x'.repeat(3 * 2 ** 20)} end`;
    const wants = {
      headers: [],
      patterns: [
        { id: 'start', regex: /start/ },
        { id: 'end', regex: / end/ },
        { id: 'next', regex: /next/ },
      ],
    };
    const content = `2026-11-12 07:59:59 INFO before\n${long}\n2026-11-12 08:00:01 INFO next\n`;
    const results = [[content.length], [7001], [2 ** 20 + 1]].map((chunks) => {
      const found = read(content, { wants, chunks });
      return {
        lines: columns(found, 'number', 'offset', 'size', 'level'),
        hits: found.rows('hits'),
        problems: found.problems,
      };
    });
    expect(results[0]!.lines).toEqual([
      [1, 0, 31, 3],
      [2, 32, long.length, 5],
      [3, 33 + long.length, 29, 3],
    ]);
    expect(results[0]!.hits.map(({ line, pattern }) => [line, pattern])).toEqual([
      [1, 'start'],
      [2, 'next'],
    ]);
    expect(results[0]!.problems).toMatchObject([{ code: 'long-line', offset: 32 }]);
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('give the same rows however the bytes are cut', () => {
    const line = fc.constantFrom(
      '2026-11-12 08:00:00 INFO a',
      'Nov 12 09:47:06 host app[1]: token expired',
      '    at x.y(Z.java:1)',
      '{"time":"2026-11-12T08:00:00Z","level":"error","msg":"é"}',
      '{',
      '}',
      '',
      'WARN plain',
      '\u001b[1mbold\u001b[0m 09:47:06 x',
      '\0\0time=2026-11-12T08:00:00Z level=WARN msg=x',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 30 }),
        (lines, feed, chunk) => {
          const content = lines.join(feed);
          const wants = { headers: [], patterns: [{ id: 'p', regex: /token (?<detail>\w+)/ }] };
          const whole = read(content, { wants });
          const cut = read(content, { wants, chunks: [chunk] });
          expect(cut.rows('lines')).toEqual(whole.rows('lines'));
          expect(cut.rows('hits')).toEqual(whole.rows('hits'));
          expect(cut.reading).toEqual(whole.reading);
        },
      ),
    );
  });

  it('survive JSON nested deeper than any stack', () => {
    const deep = `{"level":"error","msg":"x","a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(read(`${deep}\n2026-11-12 08:00:00 INFO next\n`).reading.records).toBe(2);
  });

  it('stay small and fast where a hundred thousand lines continue one', () => {
    const content = `2026-11-12 08:00:00 INFO dump\n${'  row\n'.repeat(100_000)}`;
    const found = read(content, { chunks: [65_536] });
    expect(found.reading.records).toBe(101);
    expect(found.rows('lines').at(-1)).toMatchObject({ clock: 0, number: 100_001 });
  });
});

describe('levels', () => {
  it.each<[string, number]>([
    ['2026-11-12 08:00:00 [WRN] x', 4],
    ['2026-11-12 08:00:00 level=WARN+1 msg=x', 4],
    ['time=2026-11-12T08:00:00Z level=DEBUG-4 msg=x', 1],
    ['[2026-11-12 08:00:00] local.ERROR: x', 5],
    ['2026-11-12 08:00:00.123 12 [Note] x', 3],
    ['2026-11-12T08:00:00Z warning vpxd[1] x', 4],
    ['<11>Nov 12 08:00:00 host app: x', 5],
    ['<W>2026-11-12 08:00:00 x', 4],
    ['E1112 08:00:00.123456 1 f.cc:1] x', 5],
    ['2026-11-12 08:00:00 no error was found in it', 0],
    ['2026-11-12 08:00:00 finished x ERROR y', 5],
    ['2026-11-12 08:00:00 imap: Info: ERRORS none', 3],
  ])('%s', (line, level) => expect(read(`${line}\n`).rows('lines')[0]!['level']).toBe(level));
});

describe('correlation ids', () => {
  const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
  it.each([
    `push sent 'x-mitel-correlation-id': '${id}'`,
    `level=INFO msg=x correlation_id=${id}`,
    `{"x":1} corrId: "${id}"`,
    `requestId=${id}`,
  ])('%s', (message) => {
    const found = read(`2026-11-12 07:00:00 up\n2026-11-12 08:00:00 ${message}\n`);
    expect(found.rows('correlations')).toEqual([{ line: 1, key: correlationKey(id) }]);
    expect(correlationIn(message)).toBe(id);
  });

  it('are taken from a request only in the form of a UUID', () => {
    expect(read('2026-11-12 08:00:00 request id: 12345678\n').rows('correlations')).toEqual([]);
  });
});

describe('CloudLink daemon log', () => {
  const facts = (content: string): string[] => readAs(daemon, content).facts.map(({ key, value }) => `${key}=${value}`);

  it('has levels, shapes, times with their zone, and the first and last of them', () => {
    const content = daemonLogIn(
      { zone: '+01:00' },
      '08:00:00 INFO up',
      '08:00:02.5 ERROR dial failed addr=10.0.0.1:443',
      '08:00:01 WARN late',
    );
    const found = readAs(daemon, content);
    const lines = found.rows('lines').map(({ time, clock, level }, n) => [iso(time), clock, level, shapesOf(found)[n]]);
    expect(lines).toEqual([
      ['2026-11-12T07:00:00Z', 2, 3, ''],
      ['2026-11-12T07:00:02.500Z', 2, 5, 'dial failed'],
      ['2026-11-12T07:00:01Z', 2, 4, 'late'],
    ]);
    expect([found.reading.clock, iso(found.reading.first), iso(found.reading.last)]).toEqual([
      'zoned',
      '2026-11-12T07:00:00Z',
      '2026-11-12T07:00:02.500Z',
    ]);
  });

  it('tells a fact once, and again when it changes', () => {
    const lines = [
      '08:00:00 INFO starting cld version=v1.14.2',
      '08:00:01 INFO starting cld version=v1.14.2',
      '09:00:00 INFO starting cld version=1.15.0',
    ];
    expect(facts(daemonLog(...lines))).toEqual(['versions.cld=1.14.2', 'versions.cld=1.15.0']);
  });

  it('invents none: other programs, other forms, other keys', () => {
    const lines = [
      '08:00:00 INFO starting version=2.0 component=gateway',
      '08:00:01 INFO up version=latest',
      '08:00:02 INFO x account=17 tunnels=3',
    ];
    expect(facts(daemonLog(...lines))).toEqual([]);
  });

  it('never tells the password of a proxy', () => {
    expect(facts(daemonLog('08:00:00 INFO using proxy https_proxy=http://joe:s3cret@proxy.example:3128'))).toEqual([
      'proxy=http://***@proxy.example:3128',
    ]);
  });

  it('knows its host by a syslog prefix', () => {
    const line = 'Nov 12 09:00:01 osv1 cld[812]: time=2026-11-12T08:00:01Z level=INFO msg="connected to mitel.io"\n';
    expect(readAs(daemon, line).reading).toMatchObject({ host: 'osv1', clock: 'zoned', records: 1 });
  });

  it.each([
    ['other Go programs', 'logger=settings t=2026-11-12T08:00:00Z level=info msg=x version=11\n'],
    ['other JSON', '{"time":"2026-11-12T08:00:00Z","level":"info","msg":"x"}\n'],
    ['prose', 'The level=ERROR lines of cld are in /var/log/cld.\n'],
  ])('is not claimed of %s', (_, content) => {
    expect(daemon.sniff(new TextEncoder().encode(content), 'unknown').certainty).toBe(0);
  });
});

/**
 * Log of the CloudLink Daemon (EN 6.3.2, `/var/log/cld/*.log`). It writes `level=ERROR`; that the rest is Go's log/slog
 * is inferred (domain.md 2.1), so JSON lines, other key names and syslog prefixes are read as well:
 *
 *   time=2026-11-12T08:00:01.123+01:00 level=ERROR msg="token expired" err="token is expired by 2s" host=api.mitel.io
 *   Nov 12 08:00:01 sbc1 cld[812]: time=2026-11-12T07:00:01Z level=WARN msg=retry tunnel=littlemole state=down
 */
import { logfmtFields } from '../decode/fields';
import type { LogRecord } from '../decode/record';
import { processPattern } from '../evidence/process-pattern';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Sink } from './kind';
import { statedIn, statingWords } from './text/known-keys';
import { logRows } from './text/log-rows';
import { sampleLines } from './text/sample';

const slogLine = /(?:^|\s)(?:time|ts|t)="?\d{4}-\d\d-\d\dT\S+ level=(?:DEBUG|INFO|WARN|ERROR)(?:[+-]\d{1,3})? msg=/;
const logfmtLine =
  /(?:^|\s)(?:level|lvl)="?[A-Za-z]{4,7}"? (?:\S+ )?(?:msg|message)=|(?:^|\s)(?:msg|message)=.{1,400}\slevel=/;
const jsonLine = /^\{.*"(?:level|lvl)"\s?:.*"(?:msg|message)"\s?:|^\{.*"(?:msg|message)"\s?:.*"(?:level|lvl)"\s?:/;
const daemonWords = /\bcld\b|cloudlink|mitel\.io|littlemole/i;
const daemonPath =
  /(?:^|[/!\\])cld(?:[-_][\w-]{1,40})?\/[^/]*\.log(?:\.\d{1,3})?$|(?:^|[/\\])cld[-_.\w]{0,40}\.log(?:\.\d{1,3})?$/i;

export default artifactKind({
  id: 'cloudlink-daemon-log',
  name: text('CloudLink Daemon log', 'Journal du CloudLink Daemon'),
  provides: ['art.cld.log'],
  sniff(head, path) {
    const sample = sampleLines(head, path);
    if (!sample || sample.lines === 0) return notThis;
    const count = (form: RegExp): number => sample.whole.filter((line) => form.test(line.slice(0, 800))).length;
    const slog = count(slogLine);
    if (slog > 0 && slog * 2 >= sample.timed) return asLines('log/slog', slog, sample.lines);
    const named = daemonPath.test(path);
    const known = named || daemonWords.test(sample.text.slice(0, 16_384));
    const logfmt = count(logfmtLine);
    if (known && logfmt > 0 && logfmt * 2 >= sample.timed) return asLines('logfmt', logfmt, sample.lines);
    const json = count(jsonLine);
    if (known && json > 0 && json * 2 >= sample.timed) return asLines('JSON', json, sample.lines);
    if (!named) return notThis;
    return {
      certainty: sample.timed > 0 ? 2 : 1,
      reason: text('named as the daemon names its logs', 'nommé comme les journaux du démon'),
    };
  },
  open(sink) {
    const facts = daemonFacts(sink);
    return logRows(sink, {
      interest: statingWords,
      onRecord: facts.read,
      each: processWatch(sink),
      finish: facts.reading,
    });
  },
});

const asLines = (form: string, count: number, lines: number) =>
  ({
    certainty: 2,
    reason: text(
      '{count} of the first {lines} lines have the form {form} with a level and a message',
      '{count} des {lines} premières lignes ont la forme {form} avec un niveau et un message',
    ),
    values: { count, lines, form },
  }) as const;

/** `cld[812]:` of a journal prefix (RFC 3164 §4.1.3). */
const processTag = /(?<=\s)(?:cld|cloudlink[\w.-]{0,30})\[(\d{1,10})\]:/;
const looksFor = 200;
const mostProcesses = 5000;

/**
 * Keeps a hit where the process number of the prefix changes: a new run. Logs without such a prefix are not looked at
 * for long; in the others the tag of the line before is expected at the same place.
 */
function processWatch(sink: Sink): (record: LogRecord, row: number) => void {
  const pattern = sink.strings.id(processPattern);
  let tag = '';
  let place = 0;
  let misses = 0;
  let told = 0;
  return ({ text, from, firstEnd }, row) => {
    if (tag === '' ? misses >= looksFor : text.startsWith(tag, from + place)) return;
    const match = processTag.exec(text.slice(from, Math.min(firstEnd, from + 120)));
    if (!match) {
      misses++;
      return;
    }
    place = match.index;
    if (match[0] === tag) return;
    tag = match[0];
    if (told++ < mostProcesses) sink.tables.hits.add({ line: row, pattern, detail: sink.strings.id(match[1]!) });
  };
}

const mostFacts = 500;

/** A value is reported again when it changes. */
function daemonFacts(sink: Sink) {
  const last = new Map<string, string>();
  let told = 0;
  let host: string | undefined;
  return {
    read(record: LogRecord, line: string): void {
      const fields = record.fields ?? logfmtFields(line, 0, Math.min(line.length, 16_384));
      for (const { key, value, slot } of statedIn(fields)) {
        if (key === 'hostname') host ??= value;
        if (last.get(slot) === value || told >= mostFacts) continue;
        last.set(slot, value);
        told++;
        sink.fact(key, value, record.offset, record.length);
      }
    },
    reading: () => (host === undefined ? {} : { host }),
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'cld.log',
    bytes: [
      'time=2026-11-12T07:59:58.001Z level=INFO msg="starting cld" version=1.14.2 hostname=sbc1',
      'time=2026-11-12T08:00:01.120Z level=ERROR msg="token refused" err="token is expired by 2s"',
      'time=2026-11-12T08:00:04.000Z level=WARN msg=retry tunnel=littlemole state=down',
      '',
    ].join('\n'),
  },
  {
    name: 'journal prefix',
    bytes: [
      'Nov 12 09:00:01 osv1 cld[812]: time=2026-11-12T08:00:01Z level=INFO msg="connected to mitel.io"',
      'Nov 12 09:00:02 osv1 cld[812]: time=2026-11-12T08:00:02Z level=INFO msg=ready',
      '',
    ].join('\n'),
  },
  {
    name: 'JSON lines',
    bytes: [
      '{"time":"2026-11-12T08:00:01Z","level":"ERROR","msg":"dial failed","host":"director.api.mitel.io"}',
      '{"time":"2026-11-12T08:00:02Z","level":"INFO","msg":"retry in 5s"}',
      '',
    ].join('\n'),
  },
];

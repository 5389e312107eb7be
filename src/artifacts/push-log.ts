/**
 * Push notification log of an OpenScape SBC (EN 6.4.1), copied from its log viewer. The guide shows one thing of it, the
 * correlation id in Python's quoting; no success or failure sentence is known, so a record is judged by its id and HTTP
 * status alone. The same in JSON, or as headers one a line:
 *
 *   2026-11-12 09:47:06 push INFO response 201 headers {'x-mitel-correlation-id': '6f1c…', 'Content-Length': '0'} user 4142
 *   {"time":"2026-11-12T09:47:06Z","event":"push","x-mitel-correlation-id":"6f1c…","status":201,"user":"4142"}
 *   2026-11-12 09:47:06 HTTP/1.1 401 Unauthorized
 *   x-mitel-correlation-id: 6f1c…
 */
import type { LogRecord } from '../decode/record';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Sink } from './kind';
import { logRows } from './text/log-rows';
import { sampleLines } from './text/sample';

const header = /x-mitel-correlation-id["']?\s{0,4}[:=]/i;
const quoted = /'x-mitel-correlation-id'\s{0,4}:/i;
const pushWord = /\bpush(?:es|ed|ing)?\b|push[-_ ]?notif|\bapns?\b|\bfcm\b/i;
const named = /push[-_ ]?(?:notif\w{0,12}|log|service)s?[^/]{0,60}$/i;
/** The daemon's log tells of pushes too, and an event copied from Mitel Administration holds the id. */
const otherLog =
  /(?:^|\s)level=(?:DEBUG|INFO|WARN|ERROR)\b|"level"\s{0,2}:\s{0,2}"[A-Z]{4,5}"|Core details|Properties Changed|Event ID/im;

export default artifactKind({
  id: 'push-log',
  name: text('Push notification log', 'Journal des notifications push'),
  provides: ['art.sbc.push'],
  sniff(head, path) {
    const sample = sampleLines(head, path);
    if (!sample || otherLog.test(sample.text)) return notThis;
    if (quoted.test(sample.text) || (header.test(sample.text) && (pushWord.test(sample.text) || named.test(path)))) {
      return {
        certainty: 2,
        reason: text('records with x-mitel-correlation-id', 'enregistrements avec x-mitel-correlation-id'),
      };
    }
    if (sample.timed === 0 || !named.test(path)) return notThis;
    return { certainty: 1, reason: text('named as a push log', 'nommé comme un journal push') };
  },
  open: (sink) => logRows(sink, { interest, onRecord: pushes(sink) }),
});

const interest = /x-mitel-correlation-id|\bpush|HTTP\/[12]|\bstatus/i;

const idForm = /x-mitel-correlation-id["']?\s{0,4}[:=]\s{0,4}["'[]{0,2}([0-9A-Za-z][\w.:-]{7,63})/i;
const statusForms = [
  /HTTP\/[12](?:\.\d)?["']?\s{1,3}([1-5]\d\d)\b/i,
  /\b(?:http[-_ ]?)?(?:status|code|response)(?:[-_ ]?code)?["']?\s{0,3}[:=]?\s{0,3}["'[<(]{0,3}(?:response \[)?([1-5]\d\d)\b/i,
];
const userForms = [
  /\b(?:user|subscriber|callee|called|number|dn|to|aor|extension)(?:[-_ ]?(?:id|name|number|uri))?["']?\s{0,3}[:= ]\s{0,3}["'<]{0,2}(?:sips?:|tel:)?(\+?\d{2,15})\b/i,
  /\bsips?:(\+?\d{2,15})@/i,
  /([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})/,
];
const cancelWord =
  /\bcancel(?:l?ed|ling|lation)?\b|\bcancel[-_]?push\b|["']?(?:type|event|action)["']?\s{0,2}[:=]\s{0,2}["']?cancel/i;

/** A record without an id counts where it speaks of a push and has a status. */
function pushes(sink: Sink): (record: LogRecord, line: string, row: number) => void {
  const { pushes: table } = sink.tables;
  return (_, line, row) => {
    const content = line.slice(0, 16_384);
    const id = idForm.exec(content)?.[1] ?? '';
    const status = Number(statusForms.map((form) => form.exec(content)?.[1]).find((code) => code !== undefined) ?? 0);
    if (id === '' && !(status > 0 && pushWord.test(content))) return;
    const user = userForms.map((form) => form.exec(content)?.[1]).find((name) => name !== undefined) ?? '';
    table.add({
      line: row,
      correlation: sink.strings.id(id),
      status,
      user: sink.strings.id(user),
      cancel: cancelWord.test(content) ? 1 : 0,
    });
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'push.txt',
    bytes: [
      "2026-11-12 09:47:06,123 INFO push sent user 4142 headers {'x-mitel-correlation-id': '6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b', 'Content-Length': '0'} status 201",
      "2026-11-12 09:48:02,815 ERROR push user 4169 {'x-mitel-correlation-id': 'aa1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2c'} status 401",
      '',
    ].join('\n'),
  },
  {
    name: 'JSON lines',
    bytes:
      '{"time":"2026-11-12T09:47:06Z","event":"push","x-mitel-correlation-id":"6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b","status":201,"user":"4142"}\n',
  },
  {
    name: 'headers',
    bytes: [
      '2026-11-12 09:47:06 push notification to sip:4142@voice.example',
      'HTTP/1.1 401 Unauthorized',
      'x-mitel-correlation-id: 6f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b',
      '2026-11-12 09:47:09 push notification to sip:4143@voice.example',
      'HTTP/1.1 201 Created',
      'x-mitel-correlation-id: 7f1c0b52-9d2e-4f0e-8a3b-0c5d7e9f1a2b',
      '',
    ].join('\n'),
  },
];

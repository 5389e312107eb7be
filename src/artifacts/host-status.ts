/**
 * Small files of a bundle that say whose it is: name of the host, zone, date, versions (`decode/host-status.ts`), and
 * what an inventory states of account, proxy and tunnels. Facts: `hostname`, `zone`, `versions.*` and those of
 * `text/known-keys.ts`; `onboarding` = no where an inventory states an empty account.
 */
import { textOfHead } from '../decode/encoding';
import { readHostStatus } from '../decode/host-status';
import { readNtp } from '../decode/ntp';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { noValue, statedIn } from './text/known-keys';
import { wholeLines } from './text/whole-lines';

/** Packages of a whole system are the longest. */
const longest = 2 ** 20;
const headSize = 65_536;

export default artifactKind({
  id: 'host-status',
  name: text('Host status', 'État de l’hôte'),
  provides: [],
  sniff(head, path) {
    if (head.length >= headSize && !/(?:^|[/!])installed-/.test(path)) return notThis;
    const content = textOfHead(head);
    if (content === undefined) return notThis;
    const lines = content.split(/\r?\n/);
    if (readNtp(lines).states.length > 0) return notThis;
    const { facts, fields, time } = readHostStatus(lines, path);
    const names = [...new Set([...facts.map(({ key }) => key), ...statedIn(fields).map(({ key }) => key)])];
    if (names.length === 0 && Number.isNaN(time)) return notThis;
    return {
      certainty: 2,
      reason: names.length > 0 ? text('it says {facts}', 'il indique {facts}') : text('it is a date', 'c’est une date'),
      values: { facts: { list: names } },
    };
  },
  open: read,
});

function read(sink: Sink): Reader {
  const reader = wholeLines(sink, 20_000);
  let size = 0;
  return {
    push(chunk) {
      size += chunk.length;
      if (size <= longest) reader.push(chunk);
    },
    end() {
      reader.end();
      const { spans } = reader;
      const { facts, fields, lineOf, time } = readHostStatus(reader.lines, sink.path);
      const tell = (key: string, value: string, line: number): void => {
        const { offset, length } = spans[line] ?? { offset: 0, length: 0 };
        sink.fact(key, value, offset, length);
      };
      for (const { key, value, line } of facts) tell(key, value, line);
      for (const { key, value } of statedIn(fields)) {
        const name = [...fields].find(([, own]) => value.includes(own))?.[0];
        tell(key, value, lineOf.get(name ?? '') ?? 0);
      }
      for (const name of ['accountid', 'accountnumber', 'account']) {
        if (noValue.test(fields.get(name) ?? 'some')) tell('onboarding', 'no', lineOf.get(name)!);
      }
      const host = facts.find(({ key }) => key === 'hostname')?.value;
      return {
        records: facts.length + (Number.isNaN(time) ? 0 : 1),
        first: time,
        last: time,
        clock: Number.isNaN(time) ? 'none' : 'zoned',
        ...(host === undefined ? {} : { host }),
      };
    },
  };
}

export const examples: readonly KindExample[] = [
  { name: 'date', bytes: 'Thu Nov 12 09:00:01 CET 2026\n' },
  {
    name: 'hostnamectl',
    bytes: [' Static hostname: sbc1', '       Icon name: computer-server', ' Operating System: Debian', ''].join('\n'),
  },
  { name: 'uname', bytes: 'Linux mbg1 5.10.0-28-amd64 #1 SMP Debian 5.10.209-2 x86_64 GNU/Linux\n' },
];

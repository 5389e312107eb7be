/**
 * Output of `curl -v` (EN 6.3.3: fetch the daemon's `current.json` through the proxy). Each transfer gives the fact
 * `curl` (`evidence/curl-outcome.ts`); versions in a JSON answer give `current.version`.
 */
import { isCurlLine, readCurl } from '../decode/curl';
import { textOfHead } from '../decode/encoding';
import { curlText } from '../evidence/curl-outcome';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { publishedVersions } from './text/published-versions';
import { wholeLines } from './text/whole-lines';

/** Longer texts are logs that quote such an output. */
const longest = 60 * 1024;

export default artifactKind({
  id: 'curl-transcript',
  name: text('Output of curl', 'Sortie de curl'),
  provides: ['art.curl'],
  sniff(head) {
    if (head.length > longest) return notThis;
    const content = textOfHead(head);
    if (content === undefined || !/^(?:[*<>] |curl: \()/m.test(content)) return notThis;
    const lines = content.split(/\r?\n/);
    if (!lines.some(isCurlLine)) return notThis;
    const { length } = readCurl(lines);
    if (length === 0) return notThis;
    return {
      certainty: 2,
      reason: text(
        '{count} {count|transfer|transfers} as `curl -v` prints them',
        '{count} {count|transfert|transferts} tels que `curl -v` les affiche',
      ),
      values: { count: length },
    };
  },
  open: read,
});

function read(sink: Sink): Reader {
  const reader = wholeLines(sink);
  return {
    push: reader.push,
    end() {
      reader.end();
      const { lines, spans } = reader;
      const transfers = readCurl(lines);
      for (const transfer of transfers) {
        const { offset, length } = spans[transfer.line]!;
        sink.fact('curl', curlText(transfer), offset, length);
      }
      lines.forEach((line, n) => {
        if (/^[<>*]/.test(line)) return;
        const { offset, length } = spans[n]!;
        for (const version of publishedVersions(line)) sink.fact('current.version', version, offset, length);
      });
      return { records: transfers.length, first: NaN, last: NaN, clock: 'none' };
    },
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'curl.txt',
    bytes: [
      '$ curl -v --proxy http://10.0.0.5:3128 https://download.mitel.io/cld/linux/amd64/current.json',
      '*   Trying 10.0.0.5:3128...',
      '* Connected to 10.0.0.5 (10.0.0.5) port 3128 (#0)',
      '* Establish HTTP proxy tunnel to download.mitel.io:443',
      '> CONNECT download.mitel.io:443 HTTP/1.1',
      '< HTTP/1.1 200 Connection established',
      '> GET /cld/linux/amd64/current.json HTTP/1.1',
      '> Host: download.mitel.io',
      '< HTTP/1.1 200 OK',
      '{"version":"1.15.0"}',
      '',
    ].join('\n'),
  },
  {
    name: 'curl-fails.txt',
    bytes: [
      '* Could not resolve host: download.mitel.io',
      'curl: (6) Could not resolve host: download.mitel.io',
      '',
    ].join('\n'),
  },
];

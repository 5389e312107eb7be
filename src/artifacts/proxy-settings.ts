/**
 * A file that sets the proxy of the CloudLink Daemon's host (EN 6.3.3): `HTTPS_PROXY` and `NO_PROXY`, in a shell,
 * systemd or key-and-value file. Facts: `proxy` (without credentials), `proxy.unset` where HTTPS_PROXY is empty or
 * absent, `proxy.except` = NO_PROXY.
 */
import { textOfHead } from '../decode/encoding';
import { readProxySettings, setsProxy } from '../decode/proxy-settings';
import { text } from '../text/text';
import { artifactKind, notThis, type KindExample, type Reader, type Sink } from './kind';
import { withoutCredentials } from './text/known-keys';
import { sampleLines } from './text/sample';
import { wholeLines } from './text/whole-lines';

/** Longer texts are logs or scripts that mention a proxy. */
const longest = 64 * 1024;

export default artifactKind({
  id: 'proxy-settings',
  name: text('Proxy settings', 'Réglages de proxy'),
  provides: ['art.proxy'],
  sniff(head, path) {
    if (head.length >= longest) return notThis;
    const content = textOfHead(head);
    if (content === undefined || !/_proxy/i.test(content)) return notThis;
    if ((sampleLines(head, path)?.timed ?? 0) > 0) return notThis;
    const lines = content.split(/\r?\n/);
    if (!lines.some(setsProxy)) return notThis;
    const names = readProxySettings(lines).map(({ name }) => `${name === 'none' ? 'NO' : name.toUpperCase()}_PROXY`);
    if (names.length === 0) return notThis;
    return { certainty: 2, reason: text('it sets {names}', 'il définit {names}'), values: { names: { list: names } } };
  },
  open: read,
});

function read(sink: Sink): Reader {
  const reader = wholeLines(sink);
  return {
    push: reader.push,
    end() {
      reader.end();
      const settings = readProxySettings(reader.lines);
      const https = settings.find(({ name }) => name === 'https');
      for (const { name, value, line } of settings) {
        const { offset, length } = reader.spans[line]!;
        if (name === 'none') sink.fact('proxy.except', value, offset, length);
        else if (name === 'https' && value !== '') sink.fact('proxy', withoutCredentials(value), offset, length);
        // curl and Go ask https_proxy for https; the others do not stand in for it
        else if (name === 'https' || (name === 'http' && !https)) sink.fact('proxy.unset', '', offset, length);
      }
      return { records: settings.length, first: NaN, last: NaN, clock: 'none' };
    },
  };
}

export const examples: readonly KindExample[] = [
  {
    name: 'proxy.conf',
    bytes: ['[Service]', 'Environment="HTTPS_PROXY=http://10.0.0.5:3128" "NO_PROXY=localhost,.example"', ''].join('\n'),
  },
  {
    name: 'environment',
    bytes: ['PATH=/usr/bin', 'https_proxy=http://proxy.example:3128/', 'no_proxy=127.0.0.1', ''].join('\n'),
  },
];

/**
 * What `curl -v` prints (EN 6.3.3): `*` tells, `>` is sent, `<` came back, the last line may name the exit code.
 *
 *   * Connected to proxy.example (10.0.0.5) port 3128 (#0)
 *   * Establish HTTP proxy tunnel to download.mitel.io:443
 *   > CONNECT download.mitel.io:443 HTTP/1.1
 *   < HTTP/1.1 407 Proxy Authentication Required
 *   curl: (56) Received HTTP code 407 from proxy after CONNECT
 */
import type { CurlFault, CurlOutcome } from '../evidence/curl-outcome';

export interface CurlTransfer extends CurlOutcome {
  /** Line, from 0, that decides how it ended. */
  readonly line: number;
}

interface Open {
  target: string;
  proxy: string;
  status: number;
  code: number;
  fault: CurlFault;
  /** Whom curl connected to last. */
  peer: string;
  /** The answer that comes next is the proxy's own. */
  tunnelling: boolean;
  begun: boolean;
  ended: boolean;
  line: number;
}
const fresh = (): Open => ({
  target: '',
  proxy: '',
  status: 0,
  code: 0,
  fault: 'none',
  peer: '',
  tunnelling: false,
  begun: false,
  ended: false,
  line: 0,
});

const command = /(?:^|[\s;|&])curl\s.{0,300}?https?:\/\//;
const commandProxy = /\s(?:-x|--proxy)[\s=]+["']?(?:\w{2,8}:\/\/)?(?:[^\s@"']{0,200}@)?([\w.[\]:-]{1,255})/;
const commandTarget = /https?:\/\/([\w.-]{1,255})(?::\d{1,5})?\/\S*["']?\s*(?:$|[;|&2>])/;
const start = /^\*\s{1,4}(?:Trying \S|Rebuilt URL|Uses proxy env|Host \S{1,255} was resolved|Could not resolve)/;
const connected = /^\*\s{1,4}Connected to (\S{1,255}) \([\w.:]{0,60}\) port (\d{1,5})/;
const tunnel = /^\*\s{1,4}(?:Establish HTTP proxy tunnel|CONNECT tunnel:.{0,40}negotiated?) ?(?:to )?([\w.-]{1,255})?/;
const environment = /^\*\s{1,4}Uses proxy env variable \w{1,20} == '(?:\w{2,8}:\/\/)?(?:[^@']{0,200}@)?([^'/]{1,255})/;
const connect = /^> CONNECT ([\w.-]{1,255}):\d{1,5} HTTP/;
const request = /^> (?:GET|HEAD|POST) (?:https?:\/\/([\w.-]{1,255}))?\S* HTTP\//;
const hostHeader = /^> Host: ([\w.-]{1,255})/i;
const answer = /^< HTTP\/[\d.]{1,3} (\d{3})/;
const exit = /^curl: \((\d{1,3})\) ?(.{0,300})/;
const unresolved = /Could not resolve (host|proxy): "?([\w.-]{1,255})/i;
const dialled = /Failed to connect to ([\w.-]{1,255}) port/i;
const untrusted =
  /SSL certificate problem|self[- ]signed certificate|unable to get local issuer|certificate signed by unknown|certificate verify failed/i;
const unreached = /connection refused|timed out|no route to host|network is unreachable|failed to connect/i;

/** Exit codes of curl that say what failed (man curl, EXIT CODES). */
const codes: Readonly<Record<number, CurlFault>> = {
  5: 'proxy',
  6: 'dns',
  7: 'unreachable',
  28: 'unreachable',
  35: 'tls',
  51: 'tls',
  58: 'tls',
  60: 'tls',
  77: 'tls',
  97: 'proxy',
};

export function isCurlLine(line: string): boolean {
  return start.test(line) || connected.test(line) || connect.test(line) || tunnel.test(line) || exit.test(line);
}

export function readCurl(lines: readonly string[]): readonly CurlTransfer[] {
  const transfers: CurlTransfer[] = [];
  let open = fresh();
  const close = (): void => {
    if (open.begun && (open.status > 0 || open.fault !== 'none' || open.code > 0)) {
      const { proxy, status, code, line } = open;
      // whom curl dialled itself, where no proxy stood between and no request went out
      const target = open.target || (proxy === '' ? open.peer.replace(/:\d+$/, '') : '');
      const fault = open.fault === 'none' && status >= 400 ? 'http' : open.fault;
      transfers.push({ target: target.toLowerCase(), proxy, status, code, fault, line });
    }
    open = fresh();
  };
  const fail = (fault: CurlFault, line: number): void => {
    // the first reason is the true one, «CONNECT tunnel failed» and exit codes repeat it in general words
    if (open.fault !== 'none' && open.fault !== 'other') return;
    open.fault = fault;
    open.line = line;
  };
  lines.forEach((text, n) => {
    if (command.test(text)) {
      close();
      open.begun = true;
      open.proxy = commandProxy.exec(text)?.[1] ?? '';
      open.target = commandTarget.exec(text)?.[1] ?? '';
      return;
    }
    if (start.test(text)) {
      if (open.ended || (open.status > 0 && !open.tunnelling)) close();
      open.begun = true;
    }
    if (!open.begun && !isCurlLine(text)) return;
    open.begun = true;
    readLine(open, text, n, fail);
    if (exit.test(text)) open.ended = true;
  });
  close();
  return transfers;
}

function readLine(open: Open, text: string, n: number, fail: (fault: CurlFault, line: number) => void): void {
  const viaProxy = environment.exec(text);
  if (viaProxy) open.proxy = viaProxy[1]!;
  const peer = connected.exec(text);
  if (peer) open.peer = `${peer[1]}:${peer[2]}`;
  const tunnelled = tunnel.exec(text);
  const asked = connect.exec(text);
  if (tunnelled ?? asked) {
    open.tunnelling = true;
    open.target = asked?.[1] ?? tunnelled?.[1] ?? open.target;
    open.proxy ||= open.peer;
  }
  const wanted = request.exec(text);
  if (wanted) {
    open.tunnelling = false;
    open.target = wanted[1] ?? open.target;
  }
  const host = hostHeader.exec(text);
  if (host && open.target === '') open.target = host[1]!;
  const status = Number(answer.exec(text)?.[1] ?? 0);
  if (status > 0) {
    if (status === 407) fail('proxy-auth', n);
    else if (open.tunnelling && status >= 300) fail('proxy', n);
    if (!open.tunnelling || status >= 300) {
      open.status = status;
      if (open.fault === 'none') open.line = n;
    }
  }
  const [, code, words = ''] = exit.exec(text) ?? [];
  if (!text.startsWith('*') && code === undefined) return;
  const unknown = unresolved.exec(text);
  if (unknown) {
    if (unknown[1]!.toLowerCase() === 'host') open.target ||= unknown[2]!;
    fail(unknown[1]!.toLowerCase() === 'host' ? 'dns' : 'proxy', n);
  } else if (untrusted.test(text)) fail('tls', n);
  if (code === undefined) return;
  open.code = Number(code);
  if (open.proxy === '') open.target ||= dialled.exec(words)?.[1] ?? '';
  const known = codes[open.code];
  if (/407/.test(words)) fail('proxy-auth', n);
  else if (known === 'unreachable' && open.proxy !== '' && !reachesTarget(words, open.target)) fail('proxy', n);
  else if (known) fail(known, n);
  else if (unreached.test(words)) fail('unreachable', n);
  else if (open.code > 0) fail('other', n);
}

/** `Failed to connect to download.mitel.io port 443`: with a proxy it names whom curl dialled itself. */
const reachesTarget = (words: string, target: string): boolean => target !== '' && words.includes(target);

/**
 * Masks the secrets that must never leave with copied or shared text: passwords and shared secrets, tokens,
 * `Authorization` and `Proxy-Authorization` credentials (RFC 7235, digest RFC 7616), credentials in URLs, SDES keys
 * (RFC 4568 `inline:`), SDP `k=`, cookies, private keys in PEM. Works on SIP, SDP, log lines, CSV, JSON, XML and curl
 * transcripts alike, because it looks for the secret's own form and not for the file's:
 *
 *   Authorization: Digest username="2001", realm="pbx", nonce="***", response="***"
 *   HTTPS_PROXY=http://***:***@proxy.example:3128
 *   a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***
 *   {"sipPassword":"***"}
 *
 * Names, realms, addresses and correlation ids stay: pseudonyms are another matter. Masking twice changes nothing.
 */
export interface MaskOptions {
  /** Each secret becomes as many `x` as it has characters, so that offsets and lengths stay true. */
  readonly sameLength?: boolean;
}

type Cover = (secret: string) => string;

/** Names of values that are secret wherever they stand: `sipPassword`, `client_secret`, `db.password`, `X-Api-Key`. */
const secretName =
  'pass(?:word|wd|phrase|code)|pwd|passwort|mot[_ ]de[_ ]passe|secret(?:[_-]?key)?|(?:access|refresh|id|auth|session|bearer|csrf)[_-]?token|api[_-]?key|private[_-]?key|ice-pwd';
const named = new RegExp(`(?<![\\w.-])[\\w.-]{0,40}?(?:${secretName})(?![\\w-])`, 'gi');
/** Behind a name: `=`, `: `, `" : "`, `\\":\\"`, `=>`, `%3D`, `>` of an XML element. */
const separator = /\\{0,3}["']?[ \t]{0,3}(?:=>|%3D|[:=>])[ \t]{0,3}/iy;
const columnName = new RegExp(`^["']?[\\w.-]{0,40}?(?:${secretName})["']?$`, 'i');

/** A covered secret can bare the form of another one beside it: passes follow until nothing more is found. */
const mostPasses = 8;

export function maskSecrets(text: string, options: MaskOptions = {}): string {
  const cover: Cover = options.sameLength ? (secret) => 'x'.repeat(secret.length) : () => '***';
  let result = text;
  for (let pass = 0; pass < mostPasses; pass++) {
    const before = result;
    result = maskColumns(maskForms(maskNamed(maskHeaders(maskPrivateKeys(result, cover), cover), cover), cover), cover);
    if (result === before) break;
  }
  return result;
}

/** The same for raw bytes: the result has the same length, and bytes outside secrets are untouched. */
export function maskSecretBytes(bytes: Uint8Array): Uint8Array {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  const masked = maskSecrets(parts.join(''), { sameLength: true });
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < result.length; at++) result[at] = masked.charCodeAt(at);
  return result;
}

/** `-----BEGIN … PRIVATE KEY-----` up to its end line, or to the end of the text where that is missing. */
function maskPrivateKeys(text: string, cover: Cover): string {
  const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/g;
  let result = '';
  let done = 0;
  for (let found = begin.exec(text); found; found = begin.exec(text)) {
    const from = found.index + found[0].length;
    const end = text.indexOf('-----END', from);
    const to = end < 0 ? text.length : end;
    result += text.slice(done, from) + text.slice(from, to).replace(/[A-Za-z0-9+/=:,.*_-]+/g, cover);
    done = begin.lastIndex = to;
  }
  return result + text.slice(done);
}

/** Credentials and cookies: the scheme stays, what follows is covered up to the end of the header or of the quotes. */
function maskHeaders(text: string, cover: Cover): string {
  const header =
    /(?<![\w-])(?:(?:proxy-)?authorization|(?:set-)?cookie2?)(\\{0,3}["']?[ \t]{0,3}(?:=>|[:=])[ \t]{0,3})/gi;
  let result = '';
  let done = 0;
  for (let found = header.exec(text); found; found = header.exec(text)) {
    const from = found.index + found[0].length;
    const quote = quoteAt(text, from);
    const start = from + quote.length;
    const end = quote ? closing(text, start, quote) : headerEnd(text, start, found[1]!.includes('='));
    result += text.slice(done, start) + maskCredentials(text.slice(start, end), /cookie/i.test(found[0]), cover);
    done = header.lastIndex = end;
  }
  return result + text.slice(done);
}

function maskCredentials(value: string, isCookie: boolean, cover: Cover): string {
  if (isCookie) return value.replace(/(=[ \t]?)([^;\s]+)/g, (_, sign: string, secret: string) => sign + cover(secret));
  const scheme = /^[A-Za-z][A-Za-z0-9-]{0,30}(?=[ \t])/.exec(value)?.[0] ?? '';
  if (/^digest$/i.test(scheme)) {
    return value.replace(
      /((?<![\w-])(?:response|nonce|cnonce|opaque|auts)[ \t]{0,2}=[ \t]{0,2}\\{0,3}"?)([^"\\,\s]+)/gi,
      (_, name: string, secret: string) => name + cover(secret),
    );
  }
  const rest = value.slice(scheme.length);
  return scheme + rest.replace(/[^\s"'\\](?:[^\r\n"'\\]*[^\s"'\\])?/, cover);
}

/** End of an unquoted header value: its line with folded continuations, or the next blank of a `key=value` line. */
function headerEnd(text: string, from: number, keyed: boolean): number {
  if (keyed) {
    const token = /(?:[A-Za-z][A-Za-z0-9-]{0,30}[ \t]{1,3})?[^\s"']*/y;
    token.lastIndex = from;
    return token.test(text) ? token.lastIndex : from;
  }
  let end = from;
  for (;;) {
    const feed = text.indexOf('\n', end);
    if (feed < 0) return text.length;
    if (text[feed + 1] !== ' ' && text[feed + 1] !== '\t') return feed;
    end = feed + 1;
  }
}

const quoteAt = (text: string, at: number): string => /^\\{0,3}["']/.exec(text.slice(at, at + 4))?.[0] ?? '';

/** Where a quoted value ends: its own closing quote, else the end of the line. */
function closing(text: string, from: number, quote: string): number {
  const feed = text.indexOf('\n', from);
  const line = feed < 0 ? text.length : feed;
  for (let at = text.indexOf(quote, from); at >= 0 && at < line; at = text.indexOf(quote, at + 1)) {
    if (quote.startsWith('\\') || text[at - 1] !== '\\' || text[at - 2] === '\\') return at;
  }
  return line;
}

/** `name=value`, `"name": "value"`, `<name>value<`: the value of a name that says that it is secret. */
function maskNamed(text: string, cover: Cover): string {
  named.lastIndex = 0;
  let result = '';
  let done = 0;
  for (let found = named.exec(text); found; found = named.exec(text)) {
    separator.lastIndex = found.index + found[0].length;
    if (!separator.test(text)) continue;
    const from = separator.lastIndex;
    const quote = quoteAt(text, from);
    const start = from + quote.length;
    const isElement = text[from - 1] === '>';
    const end = quote ? closing(text, start, quote) : bareEnd(text, start, isElement);
    if (end === start) continue;
    const secret = text.slice(start, end);
    result += text.slice(done, start) + (/^(?:null|true|false|undefined|nil)$/i.test(secret) ? secret : cover(secret));
    done = named.lastIndex = end;
  }
  return result + text.slice(done);
}

function bareEnd(text: string, from: number, isElement: boolean): number {
  const bare = isElement ? /[^<\r\n]*/y : /[^\s,;&"'<>(){}[\]\\]*/y;
  bare.lastIndex = from;
  return bare.test(text) ? bare.lastIndex : from;
}

/** Secrets that show by their own form, whatever stands before them. */
function maskForms(text: string, cover: Cover): string {
  const keep = (_: string, before: string, secret: string): string => before + cover(secret);
  return (
    text
      // JSON Web Token (RFC 7519), whole
      .replace(/(?<![\w-])eyJ[\w-]{5,8000}\.[\w-]{5,8000}(?:\.[\w-]{0,8000})?/g, cover)
      .replace(/(\bbearer[ \t]{1,3})([\w.~+/=-]{8,})/gi, keep)
      .replace(/((?<![\w-])token\\{0,3}["']?[ \t]{0,2}[=:][ \t]{0,2}\\{0,3}["']?)([\w.~+/=-]{16,})/gi, keep)
      // digest answers outside a header; 32 to 128 hexadecimal digits, so that `response="timeout"` stays
      .replace(/((?<![\w-])response\\{0,3}["']?[=:]\\{0,3}["']?)([0-9a-f]{32,128})(?![0-9a-f])/gi, keep)
      .replace(/((?<![\w-])c?nonce\\{0,3}["']?[ \t]{0,2}[=:][ \t]{0,2}\\{0,3}["'])([^"'\\\r\n]+)/gi, keep)
      // scheme://user:password@host
      .replace(
        /((?<![\w+.-])[a-z][a-z0-9+.-]{1,20}:\/\/)([^\s/"'<>:@]{0,256}):([^\s/"'<>]{1,256})(?=@)/gi,
        (_, scheme: string, user: string, word: string) => `${scheme}${user && cover(user)}:${cover(word)}`,
      )
      .replace(
        /((?<![\w-])(?:https?|ftp|all)_proxy\\{0,3}["']?[ \t]{0,2}[=:][ \t]{0,2}\\{0,3}["']?)([^\s/"'@:]{1,256}):([^\s/"']{1,256})(?=@)/gi,
        (_, name: string, user: string, word: string) => `${name}${cover(user)}:${cover(word)}`,
      )
      // sip:user:password@host (RFC 3261 §19.1.1)
      .replace(/(\bsips?:[^\s@:;<>"[\]]{1,128}:)([^\s@;<>"[\]]{1,128})(?=@)/gi, keep)
      // curl -u user:password
      .replace(
        /((?<![\w-])(?:--proxy-user|--user|-u|-U)(?:[ \t]{1,3}|=)["']?)([^\s"':]{1,128}:[^\s"']{1,128})/g,
        (_, option: string, pair: string) => option + pair.replace(/[^:]+/g, cover),
      )
      // SDES (RFC 4568 §6.1) and the SDP k= line (RFC 4566 §5.12)
      .replace(/(\binline:)([A-Za-z0-9+/=]{4,})/g, keep)
      .replace(/(^k=(?:clear|base64|uri):)([^\r\n]+)/gm, keep)
  );
}

/** A table whose header row names a secret column: that column is covered in every row. */
function maskColumns(text: string, cover: Cover): string {
  const head = text
    .slice(0, 4096)
    .split(/\r?\n/, 1)[0]!
    .replace(/^\ufeff/, '');
  const sign = [',', ';', '\t'].find((one) => head.includes(one));
  if (sign === undefined || head.length === 4096) return text;
  const secret = head.split(sign).map((name) => columnName.test(name.trim()));
  if (!secret.includes(true)) return text;
  let column = 0;
  let inside = false;
  let result = '';
  let cell = '';
  let row = 0;
  const close = (): void => {
    const value = /^("?)([^]*?)("?)$/.exec(cell)!;
    result += row > 0 && secret[column] && value[2] ? value[1]! + cover(value[2]) + value[3]! : cell;
    cell = '';
  };
  for (const char of text) {
    if (char === '"') inside = !inside;
    if (!inside && (char === sign || char === '\n' || char === '\r')) {
      close();
      result += char;
      column = char === sign ? column + 1 : 0;
      if (char === '\n') row++;
    } else cell += char;
  }
  close();
  return result;
}

/** Which addresses are reachable from where: private ranges (RFC 1918, 6598, 4193), loopback, link-local. */
const private4 =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Strings that are remembered with what was cut out of them. */
const maxKnown = 2 ** 16;

export const isPrivate = (address: string): boolean => reachOf(address) === 'private';

/** An address that is routed in the public network; names are none. */
export const isPublic = (address: string): boolean => reachOf(address) === 'public';

type Reach = 'private' | 'public' | 'unknown';
const reaches = new Map<string, Reach>();

function reachOf(address: string): Reach {
  let reach = reaches.get(address);
  if (reach === undefined) {
    if (reaches.size >= maxKnown) reaches.clear();
    reach = inPrivate(address) ? 'private' : inPublic(address) ? 'public' : 'unknown';
    reaches.set(address, reach);
  }
  return reach;
}

const inPrivate = (address: string): boolean =>
  private4.test(address) || /^(?:f[cd][\da-f]{2}:|fe[89ab][\da-f]:|::1$)/i.test(address);

const inPublic = (address: string): boolean =>
  (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) || /^[\da-f:]+:[\da-f:]*$/i.test(address)) &&
  address !== '0.0.0.0' &&
  address !== '::';

/** `192.0.2.1` of `sip:2001@192.0.2.1:5060;transport=tcp`; a name where there is one. */
export const hostOf = (uri: string): string => {
  let host = hosts.get(uri);
  if (host === undefined) {
    if (hosts.size >= maxKnown) hosts.clear();
    hosts.set(uri, (host = cutHost(uri)));
  }
  return host;
};
/** Rules ask for the same URIs over and over, message by message. */
const hosts = new Map<string, string>();

function cutHost(uri: string): string {
  const plain = uri
    .replace(/^[<\s]+/, '')
    .replace(/[>?].*$/s, '')
    .replace(/^sips?:/i, '');
  const rest = plain.slice(plain.lastIndexOf('@') + 1).split(';')[0]!;
  return rest.startsWith('[') ? rest.slice(1).split(']')[0]! : rest.split(':')[0]!;
}

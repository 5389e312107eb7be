import type { Pool } from '../base/strings';
import { derived } from './derived';

/** Which addresses are reachable from where: private ranges (RFC 1918, 6598, 4193), loopback, link-local. */
const private4 =
  /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Strings that are remembered with what was cut out of them. */
const maxKnown = 2 ** 16;

/** An address that is routed in the public network; names are none. */
export const isPublic = (address: string): boolean => reachOf(address) === 'public';

type Reach = 'private' | 'public' | 'unknown';
const reaches = new Map<string, Reach>();

function reachOf(address: string): Reach {
  let reach = reaches.get(address);
  if (reach === undefined) {
    if (reaches.size >= maxKnown) reaches.clear();
    reaches.set(address, (reach = reachTo(address)));
  }
  return reach;
}

const reachTo = (address: string): Reach => (inPrivate(address) ? 'private' : inPublic(address) ? 'public' : 'unknown');

const inPrivate = (address: string): boolean =>
  private4.test(address) || /^(?:f[cd][\da-f]{2}:|fe[89ab][\da-f]:|::1$)/i.test(address);

/** What is cut out of URIs and addresses by string id: of the thousands that a capture holds each is looked at once. */
export interface Hosts {
  /** Number of the host of a URI: equal hosts have equal numbers. */
  of(uri: number): number;
  name(host: number): string;
  /** Of a host by its number, of an address by its string id. */
  reach(host: number): Reach;
  reachOf(address: number): Reach;
}

const codes: readonly Reach[] = ['unknown', 'private', 'public'];
export const hostsOf = derived((strings: Pool): Hosts => {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const reaches: Reach[] = [];
  // by string id, 0 = not looked at yet; what was added to the pool later is looked at anew
  const hostOfUri = new Int32Array(strings.size);
  const reachOfId = new Uint8Array(strings.size);
  const numberOf = (uri: number): number => {
    const name = cutHost(strings.text(uri));
    let number = numbers.get(name);
    if (number === undefined) {
      numbers.set(name, (number = names.length));
      names.push(name);
      reaches.push(reachTo(name));
    }
    return number;
  };
  return {
    of: (uri) => (hostOfUri[uri] ||= numberOf(uri) + 1) - 1,
    name: (host) => names[host]!,
    reach: (host) => reaches[host]!,
    reachOf: (address) => codes[(reachOfId[address] ||= codes.indexOf(reachTo(strings.text(address))) + 1) - 1]!,
  };
});

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

/** Nearly every URI: no brackets, no headers. */
const plainUri = /^(?:sips?:)?(?:[^@<>?\s]*@)?([^@<>?\s;:[\]]+)(?:[;:][^@<>?\s]*)?$/i;

function cutHost(uri: string): string {
  const host = plainUri.exec(uri)?.[1];
  if (host !== undefined) return host;
  const plain = uri
    .replace(/^[<\s]+/, '')
    .replace(/[>?].*$/s, '')
    .replace(/^sips?:/i, '');
  const rest = plain.slice(plain.lastIndexOf('@') + 1).split(';')[0]!;
  return rest.startsWith('[') ? rest.slice(1).split(']')[0]! : rest.split(':')[0]!;
}

/** Facts that a key states outright, in a log line, an inventory or a status: account, proxy, host, tunnels, version. */
import { pick, type Fields } from '../../decode/fields';

export interface Stated {
  /** Key of the fact. */
  readonly key: string;
  readonly value: string;
  /** Where several may stand (a tunnel's state): what it speaks of. */
  readonly slot: string;
}

const versionKeys = ['cld.version', 'cld_version', 'cldversion', 'daemon.version', 'daemon_version', 'daemonversion'];
const gatewayKeys = ['gateway.version', 'gateway_version', 'gatewayversion', 'clgw.version', 'clgw_version'];
const otherProgram = ['component', 'container', 'image', 'module', 'package', 'plugin', 'service', 'peer', 'app'];
const plainKeys: readonly (readonly [fact: string, keys: readonly string[], form: RegExp])[] = [
  ['accountNumber', ['accountnumber', 'account_number', 'account.number', 'account-number'], /^\d{5,15}$/],
  ['accountId', ['accountid', 'account_id', 'account.id', 'account-id'], /^[\w.-]{4,64}$/],
  ['proxy', ['https_proxy', 'proxy', 'proxy_url', 'proxyurl', 'proxy.url', 'http_proxy'], /^[\w.:/@%*[\]-]{3,300}$/],
  ['hostname', ['hostname', 'host.name', 'host_name'], /^[A-Za-z0-9][\w.-]{0,252}$/],
];
const tunnelKeys = ['tunnel', 'tunnel.name', 'tunnel_name', 'tunnelname'];
const stateKeys = ['state', 'status', 'tunnel.state', 'tunnel_state', 'tunnel.status', 'tunnel_status', 'tunnelstate'];
const versionForm = /^v?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+][\w.+-]{1,60})?$/;

/** Words that stand where nothing is set. */
export const noValue = /^(?:none|null|n\/?a|-|not (?:set|onboarded)|unset)$/i;

/** Texts without one of these words hold no fact; a tunnel's name stands at many lines, its state at few. */
export const statingWords =
  /version["']?[=:]|account|_proxy|proxy(?:[._]?url)?["']?[=:]|hostname["']?[=:]|stat(?:e|us)["']?\s{0,2}[=:]/i;

export function statedIn(fields: Fields): readonly Stated[] {
  const stated: Stated[] = [];
  const version = daemonVersion(fields);
  if (version) stated.push({ key: 'versions.cld', value: version, slot: 'version' });
  const gateway = pick(fields, gatewayKeys);
  if (gateway && versionForm.test(gateway))
    stated.push({ key: 'versions.gateway', value: gateway.replace(/^v/, ''), slot: 'gateway' });
  for (const [key, names, form] of plainKeys) {
    const value = pick(fields, names);
    if (value === undefined || !form.test(value) || noValue.test(value)) continue;
    stated.push({ key, value: key === 'proxy' ? withoutCredentials(value) : value, slot: key });
  }
  const tunnel = pick(fields, tunnelKeys);
  const state = pick(fields, stateKeys);
  if (tunnel && state && tunnel.length < 100 && state.length < 60) {
    stated.push({ key: 'tunnels', value: `${tunnel}: ${state}`, slot: `tunnel ${tunnel}` });
  }
  return stated;
}

/** A bare `version=` speaks for the daemon only where the message is about it and no other program is named. */
function daemonVersion(fields: Fields): string | undefined {
  let value = pick(fields, versionKeys);
  if (value === undefined && !otherProgram.some((key) => fields.has(key))) {
    const message = fields.get('msg') ?? fields.get('message') ?? '';
    if (/\bstart|\bcld\b|cloudlink daemon|\bdaemon\b|^version$/i.test(message)) value = fields.get('version');
  }
  return value !== undefined && versionForm.test(value) ? value.replace(/^v/, '') : undefined;
}

/** `http://user:secret@proxy:3128` → `http://***@proxy:3128`. */
export const withoutCredentials = (url: string): string => url.replace(/^([a-z]{2,6}:\/\/)?[^/@]*@/i, '$1***@');

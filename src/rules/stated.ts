/** Facts as readers found them in the bytes: each with the place that says so, by key. */
import type { At, Evidence, SeenFact } from '../evidence/evidence';
import { readCurlText, type CurlOutcome } from '../evidence/curl-outcome';

export const stated = ({ facts }: Evidence, key: string): readonly SeenFact[] =>
  facts.filter((fact) => fact.key === key);

export const placeOf = ({ artifact, offset, length }: SeenFact): At => ({ artifact, offset, length });

export interface Transfer extends CurlOutcome {
  readonly fact: SeenFact;
}

/** Transfers that transcripts of curl show. */
export const transfers = (evidence: Evidence): readonly Transfer[] =>
  stated(evidence, 'curl').flatMap((fact) => {
    const outcome = readCurlText(fact.value);
    return outcome ? [{ ...outcome, fact }] : [];
  });

interface ProxyAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: string;
}

/**
 * A proxy as programs accept it: `[scheme://][user[:password]@]host[:port][/…]`; undefined where it is none of these.
 * An IPv6 address stands in brackets (RFC 3986 §3.2.2).
 */
export function proxyAddress(value: string): ProxyAddress | undefined {
  const parts =
    /^(?:([a-z][a-z0-9+.-]{0,20}):\/\/)?(?:[^\s/@]{0,300}@)?(\[[0-9a-f:.]{2,60}\]|[\w.-]{1,255})(?::(\d{1,5}))?\/?$/i.exec(
      value,
    );
  if (!parts) return undefined;
  const [, scheme = '', host = '', port = ''] = parts;
  const number = Number(port);
  if (port !== '' && (number < 1 || number > 65_535)) return undefined;
  return { scheme: scheme.toLowerCase(), host: host.toLowerCase(), port };
}

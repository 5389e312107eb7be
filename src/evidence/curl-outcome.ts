/**
 * How one transfer of a `curl -v` transcript ended, and the text in which it is kept as the fact `curl`:
 *
 *   fault=tls code=60 status=0 target=download.mitel.io proxy=10.0.0.5:3128
 */
const curlFaults = ['none', 'dns', 'unreachable', 'proxy', 'proxy-auth', 'tls', 'http', 'other'] as const;
export type CurlFault = (typeof curlFaults)[number];

export interface CurlOutcome {
  /** `proxy` = the proxy itself was not reached or not found; `http` = the server answered with an error. */
  readonly fault: CurlFault;
  /** Exit code that curl prints, 0 = none. */
  readonly code: number;
  /** HTTP status of the last answer, 0 = none. */
  readonly status: number;
  /** Host that was wanted; empty where the transcript does not say. */
  readonly target: string;
  /** `host:port` of the proxy; empty = none was used. */
  readonly proxy: string;
}

export const curlText = ({ fault, code, status, target, proxy }: CurlOutcome): string =>
  `fault=${fault} code=${code} status=${status} target=${target} proxy=${proxy}`;

export function readCurlText(value: string): CurlOutcome | undefined {
  const parts = /^fault=([\w-]+) code=(\d+) status=(\d+) target=(\S*) proxy=(\S*)$/.exec(value);
  const fault = curlFaults.find((one) => one === parts?.[1]);
  if (!parts || !fault) return undefined;
  return { fault, code: Number(parts[2]), status: Number(parts[3]), target: parts[4]!, proxy: parts[5]! };
}

/** Who wrote an artifact, in the words that a person reads: a host where something in its bundle says so, else a file. */
import type { Evidence } from '../evidence/evidence';
import { logsOf } from '../evidence/rotated';

const cache = new WeakMap<Evidence, ReadonlyMap<number, string>>();

/**
 * Name of the host that wrote an artifact: by its own bytes, else by those of another file of its bundle (`etc/hostname`,
 * the daemon's log) where they agree on one.
 */
export function hostNameOf(evidence: Evidence, artifact: number): string | undefined {
  const own = evidence.artifacts[artifact]?.host;
  if (own) return own;
  let hosts = cache.get(evidence);
  if (!hosts) cache.set(evidence, (hosts = bundleHosts(evidence)));
  return hosts.get(bundleOf(evidence, artifact)) || undefined;
}

/** The archive in which an artifact lies, else the artifact's source. */
function bundleOf({ artifacts }: Evidence, artifact: number): number {
  let at = artifact;
  while (artifacts[at] && artifacts[at]!.parent !== -1) {
    at = artifacts[at]!.parent;
    if (artifacts[at]!.kind === 'tar' || artifacts[at]!.kind === 'zip') break;
  }
  return at;
}

/** Per bundle its one host; empty where several are named. */
function bundleHosts(evidence: Evidence): ReadonlyMap<number, string> {
  const hosts = new Map<number, string>();
  evidence.artifacts.forEach(({ host }, artifact) => {
    if (!host) return;
    const bundle = bundleOf(evidence, artifact);
    const known = hosts.get(bundle);
    hosts.set(bundle, known === undefined || known === host ? host : '');
  });
  return hosts;
}

/** File name of the source of an artifact, of rotated ones that of their log; with its folders where another source has the same. */
export function sourceNameOf(evidence: Evidence, artifact: number): string {
  let names = shown.get(evidence);
  if (!names) {
    const logs = logsOf(evidence.sources.map(({ name }) => name));
    const count = new Map<string, number>();
    for (const log of new Set(logs)) count.set(fileName(log), (count.get(fileName(log)) ?? 0) + 1);
    names = logs.map((log) => (count.get(fileName(log))! > 1 ? log : fileName(log)));
    shown.set(evidence, names);
  }
  return names[evidence.sourceOf[artifact]!] ?? '';
}
const shown = new WeakMap<Evidence, readonly string[]>();

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || path;

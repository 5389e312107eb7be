/** Who wrote an artifact, in the words that a person reads: a host where something in its bundle says so, else a file. */
import type { Evidence } from '../evidence/evidence';

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

/** File name of the source of an artifact; with its folders where another source has the same. */
export function sourceNameOf({ sources, sourceOf }: Evidence, artifact: number): string {
  const name = sources[sourceOf[artifact]!]?.name ?? '';
  const short = fileName(name);
  return sources.some((other) => other.name !== name && fileName(other.name) === short) ? name : short;
}

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || path;

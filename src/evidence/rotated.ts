/**
 * Rotated files: what log rotation cut out of one log, a ring of capture files out of one capture, wherever they were
 * dropped or packed.
 *
 *   cld.log   cld.log.1   cld.log.2.gz!/cld.log.2   cld.log-20261112.gz   cld.2026-11-11.log        → cld.log
 *   sip.pcap  sip.pcap0   sip.pcap1.gz              (tcpdump -C, -W)                                 → sip.pcap
 *   sip_00001_20261112093000.pcap                   (dumpcap -b, either order)                       → sip.pcap
 */
const packed = /\.(?:gz|xz|bz2|zst|z)(?:!\/[^/]+)?$/i;
const suffix = /(?:[._-](?:\d{1,3}|(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[-_T.]?\d{1,10})?|old))$/i;
const inner = /[._-](?:\d{1,3}|(?:19|20)\d\d-?[01]\d-?[0-3]\d(?:[-_T.]?\d{1,10})?)(?=\.(?:log|txt|out)$)/i;
const captured = /(\.(?:pcapng|pcap|cap|dmp))\d{1,5}$/i;
const ring = /[._-](?:\d{5}_(?:19|20)\d{12}|(?:19|20)\d{12}_\d{5})(?=\.(?:pcapng|pcap|cap|dmp)$)/i;

/** Path of the log or capture that a file belongs to; the path itself where nothing in it speaks of rotation. */
export function logOf(path: string): string {
  const cut = path.lastIndexOf('/', path.replace(/!\/[^/]+$/, '').length - 1) + 1;
  const folder = path.slice(0, cut);
  const name = path.slice(cut).replace(packed, '');
  const bare = name.replace(captured, '$1').replace(ring, '').replace(suffix, '');
  const base = bare === name ? name.replace(inner, '') : bare;
  // `20261112` alone is a name, `1` as well
  return base === '' ? path : folder + base;
}

/** The log of each path where at least two paths are of one; else the path. */
export function logsOf(paths: readonly string[]): readonly string[] {
  const logs = paths.map(logOf);
  const counts = new Map<string, number>();
  for (const log of logs) counts.set(log, (counts.get(log) ?? 0) + 1);
  return paths.map((path, n) => (counts.get(logs[n]!)! > 1 ? logs[n]! : path));
}

/** The captures that are files of one, as indices; a capture of one file is left out. */
export function captureSets(
  artifacts: readonly { readonly path: string; readonly capture?: unknown }[],
): readonly (readonly number[])[] {
  const sets = new Map<string, number[]>();
  artifacts.forEach(({ capture, path }, artifact) => {
    if (!capture) return;
    const log = logOf(path);
    const own = sets.get(log);
    if (own) own.push(artifact);
    else sets.set(log, [artifact]);
  });
  return [...sets.values()].filter((set) => set.length > 1);
}

/**
 * Time zones that bundles state of their hosts (`etc/timezone`, `timedatectl`, `date`; fact `zone`): they hold for every
 * text of the same archive or folder that writes local times.
 */
import type { Evidence } from './evidence';

/** Per artifact the IANA name; undefined where its bundle says none, or several that differ. */
export function bundleZones({ artifacts, facts }: Evidence): readonly (string | undefined)[] {
  const said = facts.filter(({ key }) => key === 'zone');
  if (said.length === 0) return artifacts.map(() => undefined);
  const zones = new Map<string, string | undefined>();
  for (const { artifact, value } of said) {
    if (!isZone(value)) continue;
    const place = placesOf(artifact)[0];
    if (place === undefined) continue;
    const known = zones.get(place);
    if (!zones.has(place)) zones.set(place, value);
    // `Europe/Paris` says more than the `CET` that `date` prints; two cities are two hosts
    else if (known !== value && known !== undefined) zones.set(place, finer(known, value));
  }
  return artifacts.map((_, artifact) => {
    for (const place of placesOf(artifact)) if (zones.has(place)) return zones.get(place);
    return undefined;
  });

  /** The archives and the folder that an artifact lies in, the nearest first. */
  function placesOf(artifact: number): string[] {
    const places: string[] = [];
    let at = artifact;
    while (artifacts[at] && artifacts[at]!.parent >= 0) {
      at = artifacts[at]!.parent;
      const { kind } = artifacts[at]!;
      if (kind === 'tar' || kind === 'zip') places.push(`${at}`);
    }
    const folder = artifacts[at]?.path.split('!/')[0]?.split('/') ?? [];
    if (folder.length > 1) places.push(`${folder[0]}/`);
    return places;
  }
}

const finer = (one: string, other: string): string | undefined => {
  const cities = [one, other].filter((zone) => zone.includes('/'));
  return cities.length === 1 ? cities[0] : undefined;
};

const known = new Map<string, boolean>();
function isZone(name: string): boolean {
  let valid = known.get(name);
  if (valid === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      valid = true;
    } catch {
      valid = false;
    }
    if (known.size < 1000) known.set(name, valid);
  }
  return valid;
}

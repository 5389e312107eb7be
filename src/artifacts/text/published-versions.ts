/**
 * Versions in `current.json` (EN 5.2.5.3; its shape is unknown, domain.md 2.3): every version number under a key that
 * speaks of one. Several different ones decide nothing, so all are given.
 */
const pair = /"([\w.-]{1,60})"\s{0,8}:\s{0,8}"?(v?\d{1,5}(?:\.\d{1,6}){1,4}(?:[-+][\w.+-]{1,60})?)"?(?=[\s,}\]]|$)/g;
const speaks = /^(?:.*[._-])?(?:version|current|latest|tag)$/i;

export function publishedVersions(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, key, version] of text.matchAll(pair)) {
    if (speaks.test(key!)) found.add(version!.replace(/^v/, ''));
    if (found.size >= 50) break;
  }
  return [...found];
}

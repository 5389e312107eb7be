/** Challenges and credentials of Digest (RFC 7616 §3.3–3.4): `Digest realm="mbg", nonce="…", stale=true, algorithm=MD5`. */
export type Digest = Readonly<Partial<Record<'realm' | 'nonce' | 'stale' | 'algorithm' | 'username', string>>>;

const known = ['realm', 'nonce', 'stale', 'algorithm', 'username'] as const;

export function digests(values: readonly string[] | undefined): readonly Digest[] {
  return (values ?? []).map((value) => {
    const found = new Map<string, string>();
    for (const [, name = '', quoted, bare] of value.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]*))/g)) {
      const key = name.toLowerCase();
      if (!found.has(key)) found.set(key, quoted ?? bare ?? '');
    }
    return Object.fromEntries(known.flatMap((name) => (found.has(name) ? [[name, found.get(name)!]] : [])));
  });
}

/**
 * Trusted Types refuse a plain string as the address of a worker or service worker. This is the one policy that makes
 * such addresses, and only for files of our own origin.
 */
interface Policy {
  createScriptURL(url: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

const ours = (url: string): string => {
  const resolved = new URL(url, document.baseURI);
  if (resolved.origin !== location.origin) throw new TypeError(`foreign script: ${resolved.origin}`);
  return resolved.href;
};

let policy: Policy | undefined;

export function scriptUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  if (!factory) return ours(url);
  policy ??= factory.createPolicy('psi-url', { createScriptURL: ours });
  return policy.createScriptURL(url) as string;
}

/**
 * The one Content-Security-Policy, for the page and its workers: nothing may be requested. It reaches them three ways,
 * since any one of them can be missing: headers of the host, the service worker that stamps it on every file it serves
 * (a `<meta>` policy does not cover workers), and the `<meta>` element of the page. `workers/lockdown.ts` is the last
 * line where a host sends no headers and service workers are forbidden.
 */
const page: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'svelte-trusted-html psi-url',
};
const line = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

export const pagePolicy = line(page);
/** `frame-ancestors` is not allowed in `<meta>`. */
export const metaPolicy = line(Object.fromEntries(Object.entries(page).filter(([name]) => name !== 'frame-ancestors')));
/** The service worker alone may fetch, from its own origin: it fills the cache. */
export const serviceWorkerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

export const securityHeaders: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=()',
};

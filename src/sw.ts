/**
 * The service worker: precaches the build, serves it with the security policy stamped on every file, and lets no other
 * request out. The name `sw.js` never changes; nothing is cached at run time.
 */
/// <reference lib="webworker" />
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute, setDefaultHandler } from 'workbox-routing';
import { pagePolicy, securityHeaders } from './csp';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

addPlugins([
  {
    cachedResponseWillBeUsed: ({ cachedResponse }) => Promise.resolve(cachedResponse && stamped(cachedResponse)),
  },
]);
cleanupOutdatedCaches();
precacheAndRoute(self.__WB_MANIFEST);

/** What is not part of the build is refused, wherever it would go; only a visit to another page passes. */
setDefaultHandler(({ request }) => (request.mode === 'navigate' ? fetch(request) : Promise.resolve(Response.error())));
for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'PATCH'] as const) {
  registerRoute(
    () => true,
    () => Promise.resolve(Response.error()),
    method,
  );
}

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});

function stamped(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', pagePolicy);
  for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

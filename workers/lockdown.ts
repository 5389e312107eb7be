/**
 * First import of every worker: takes the network away. A policy in the page does not reach workers on a host without
 * headers, and all hostile input is parsed there. What is pinned here stays undefined; `import()` and `eval` are the
 * policy's part, which the service worker stamps on every response.
 */
const forbidden = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts',
  'RTCPeerConnection',
  'caches',
  'Worker',
  'SharedWorker',
] as const;

export function lockdown(scope: object): void {
  for (const name of forbidden) {
    // own property, the interface's prototype and those above it
    for (
      let at: object | null = scope;
      at !== null && at !== Object.prototype;
      at = Object.getPrototypeOf(at) as object | null
    ) {
      Reflect.deleteProperty(at, name);
    }
    Object.defineProperty(scope, name, { value: undefined, writable: false, configurable: false, enumerable: false });
  }
}

lockdown(globalThis);

/** What the browser says about requests of this page: the live proof beside the privacy badge. */
class Traffic {
  /** Requests to another origin. */
  foreign = $state(0);
  /** Files of our own origin. */
  own = $state(0);
  /** Attempts that the Content-Security-Policy stopped. */
  blocked = $state.raw<readonly string[]>([]);

  watch(): void {
    if (typeof PerformanceObserver === 'undefined') return;
    const observer = new PerformanceObserver((list) => {
      for (const { name } of list.getEntries()) {
        if (/^(data|blob|about):/.test(name)) continue;
        if (new URL(name, location.href).origin === location.origin) this.own++;
        else this.foreign++;
      }
    });
    observer.observe({ type: 'resource', buffered: true });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // no request: an inline style, and WebAssembly where a policy forbids it
      if (violatedDirective.startsWith('style') || blockedURI === 'wasm-eval') return;
      this.blocked = [...this.blocked.slice(-19), `${violatedDirective} ${blockedURI}`];
    });
  }
}

export const traffic = new Traffic();

/**
 * The service worker makes the page work offline and stamps the policy on all it serves. A worker started before it
 * controls the page would run without that policy on a host that sends no headers, so workers wait for `covered()`.
 */
import { scriptUrl } from './trusted';

/** Seconds to wait on the first visit before going on without. */
const patience = 8;

class ServiceWorkerState {
  /** `absent`: forbidden here, or not over https; the page works, but only online. */
  status = $state<'starting' | 'ready' | 'absent'>('starting');
  /** A newer version is installed and waits. */
  waiting = $state.raw<ServiceWorker | undefined>();
  #reloading = false;

  /** Called once by `main`. `?nosw` leaves it out, for finding faults. */
  async register(): Promise<void> {
    const container = typeof navigator === 'undefined' ? undefined : navigator.serviceWorker;
    if (!container || !import.meta.env.PROD || new URLSearchParams(location.search).has('nosw')) {
      this.status = 'absent';
      return;
    }
    try {
      const registration = await container.register(scriptUrl('sw.js'), { updateViaCache: 'none' });
      const look = (): void => {
        // without a controller the waiting worker is the first one, not an update
        if (registration.waiting && container.controller) this.waiting = registration.waiting;
      };
      look();
      registration.addEventListener('updatefound', () =>
        registration.installing?.addEventListener('statechange', look),
      );
      container.addEventListener('controllerchange', () => {
        this.status = 'ready';
        settle();
        if (this.#reloading) location.reload();
      });
      if (container.controller) this.status = 'ready';
      await container.ready;
      if (container.controller) this.status = 'ready';
    } catch {
      this.status = 'absent';
    } finally {
      if (this.status !== 'starting') settle();
    }
  }

  /** The reader agreed: switch to the waiting version and load it. */
  update(): void {
    this.#reloading = true;
    this.waiting?.postMessage('take-over');
  }
}

let settle: () => void = () => undefined;
const settled = new Promise<void>((resolve) => (settle = resolve));

export const serviceWorker = new ServiceWorkerState();

/** Resolves when the page is under the service worker, when there is none, or after some seconds. */
export async function covered(): Promise<void> {
  if (serviceWorker.status !== 'starting') return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patience * 1000)));
  await Promise.race([settled, late]);
  clearTimeout(timer);
  if (serviceWorker.status === 'starting') serviceWorker.status = 'absent';
}

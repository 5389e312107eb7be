import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, findings, go, openSample, serve, test, watch, type Server } from './app';

/** A foreign host that counts what reaches it. */
async function foreignHost(): Promise<{ url: string; hits: string[]; server: HttpServer }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' });
    response.end('');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits, server };
}

for (const headers of [true, false]) {
  test(`nothing can be sent from page or worker (${headers ? 'with' : 'without'} headers)`, async ({ page }) => {
    const host = await foreignHost();
    const server: Server = await serve({ port: 0, headers });
    try {
      const seen = watch(page, server.url);
      await openSample(page, server.url);
      expect((await findings(page)).length).toBeGreaterThanOrEqual(4);
      expect(seen.foreign).toEqual([]);
      await page.evaluate(async (url) => {
        const tries: (() => unknown)[] = [
          () => fetch(`${url}/fetch`),
          () => new XMLHttpRequest().open('GET', `${url}/xhr`),
          () => navigator.sendBeacon(`${url}/beacon`),
          () => new EventSource(`${url}/events`),
          () => new WebSocket(`${url.replace('http', 'ws')}/socket`),
          () => import(/* @vite-ignore */ `${url}/import.js`),
          () => {
            const image = new Image();
            image.src = `${url}/image`;
          },
          () => {
            const link = document.createElement('link');
            link.rel = 'stylesheet';
            link.href = `${url}/style`;
            document.head.append(link);
          },
        ];
        for (const attempt of tries) {
          try {
            await attempt();
          } catch {
            // refused, as it should be
          }
        }
      }, host.url);
      // the workers are reached from outside: their globals must be gone, and eval and import refused
      for (const worker of page.workers()) {
        await worker.evaluate(async (url) => {
          const attempts = [
            () => fetch(`${url}/worker-fetch`),
            () => new WebSocket(`${url.replace('http', 'ws')}/worker-socket`),
            () => new EventSource(`${url}/worker-events`),
            () => import(/* @vite-ignore */ `${url}/worker-import.js`),
          ];
          for (const attempt of attempts) {
            try {
              await attempt();
            } catch {
              // refused, as it should be
            }
          }
        }, host.url);
      }
      expect(page.workers().length).toBeGreaterThan(0);
      await page.waitForTimeout(500);
      expect(host.hits).toEqual([]);
    } finally {
      host.server.closeAllConnections();
      host.server.close();
      await server.stop();
    }
  });
}

test.describe('under a policy that forbids WebAssembly', () => {
  test.use({ serviceWorkers: 'block' });

  test('bundles are read all the same, and the page says what is slower', async ({ page, server }) => {
    await page.context().route('**/*', async (route) => {
      const response = await route.fetch();
      const policy = { 'content-security-policy': "script-src 'self'; worker-src 'self'" };
      await route.fulfill({ response, headers: { ...response.headers(), ...policy } });
    });
    const seen = watch(page, server.url);
    await openSample(page, server.url);
    // one that only the log in the xz bundle shows
    expect((await findings(page)).join('\n')).toMatch(/Host clock not synchronised/);
    await go(page, 'share');
    await expect(page.getByText('xz archives are read at half the speed')).toBeVisible();
    expect(seen).toEqual({ foreign: [], errors: [] });
  });
});

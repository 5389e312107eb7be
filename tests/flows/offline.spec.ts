import { expect, findings, openSample, serve, test, type Server } from './app';

for (const base of ['/', '/support/tools/psiscope/']) {
  for (const headers of [true, false]) {
    test(`works at ${base} ${headers ? 'with' : 'without'} headers, then offline with the server stopped`, async ({
      page,
    }) => {
      const server: Server = await serve({ port: 0, base, headers });
      let stopped = false;
      try {
        await page.goto(server.url);
        await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
        await page.evaluate(() => navigator.serviceWorker.ready);
        await server.stop();
        stopped = true;
        await page.goto(`${server.url}#/checklists`);
        await expect(page.getByRole('navigation').first()).toBeVisible();
        await openSample(page, server.url);
        expect((await findings(page)).length).toBeGreaterThanOrEqual(4);
      } finally {
        if (!stopped) await server.stop();
      }
    });
  }
}

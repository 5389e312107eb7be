/**
 * Workers that end at random moments: nothing half-read is ever shown, and the next import works. 20 kills here;
 * `PSISCOPE_KILLS=200` makes it as many.
 */
import type { Page } from '@playwright/test';
import { daemonLog } from '../build/log';
import { tar } from '../build/tar';
import { asUpload, expect, go, openFiles, test } from './app';

const kills = Number(process.env['PSISCOPE_KILLS'] ?? 20);
const groups = 4;
const lines = 40_000;
const log = daemonLog('08:00:01 INFO keepalive tunnel=zoom-psi rtt=42ms').repeat(lines);
const bundle = asUpload(
  'bundle.tar',
  tar(Array.from({ length: 4 }, (_, n) => ({ name: `var/log/cld/cld-${n}.log`, bytes: log }))),
);
const small = asUpload('small.log', daemonLog('09:00:00 ERROR token used before issued'));
const all = 4 * lines;

/** Numbers in [0, 1) that depend on the seed alone. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Remembers the page's workers once they run. `endWorker` ends one as a crash does: without a word to who made it. */
const rememberWorkers = (): void => {
  const workers: Worker[] = [];
  const Original = Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      Object.assign(this, { label: options?.name ?? '' });
      this.addEventListener('message', () => workers.push(this), { once: true });
    }
  };
  Object.assign(globalThis, {
    endWorker: (label: string) => {
      const found = workers.findLast((worker) => (worker as Worker & { label: string }).label.startsWith(label));
      found?.terminate();
    },
    workerRuns: (label: string) =>
      workers.some((worker) => (worker as Worker & { label: string }).label.startsWith(label)),
  });
};
interface Watched {
  endWorker(label: string): void;
  workerRuns(label: string): boolean;
}
const end = (page: Page, label: string): Promise<void> =>
  page.evaluate((name) => (globalThis as unknown as Watched).endWorker(name), label);
const runs = (page: Page, label: string): Promise<boolean> =>
  page.evaluate((name) => (globalThis as unknown as Watched).workerRuns(name), label);

const reading = (page: Page) => page.getByRole('group', { name: 'Reading of files' });
const quiet = (page: Page): Promise<void> => expect(reading(page)).toHaveCount(0, { timeout: 20_000 });

async function linesShown(page: Page): Promise<number> {
  await go(page, 'logs');
  const status = page.locator('main [role=status]').first();
  const nothing = page.getByText(/No log, capture or event history/).first();
  await status.or(nothing).waitFor();
  if (!(await status.isVisible())) return 0;
  await expect(status).toHaveText(/[\d,]+ of [\d,]+/);
  return Number(/of ([\d,]+)/.exec(await status.innerText())![1]!.replaceAll(',', ''));
}

for (let group = 0; group < groups; group++) {
  test(`a worker that ends while it reads leaves all of a file or nothing, ${group + 1} of ${groups}`, async ({
    page,
    server,
  }) => {
    test.setTimeout(60_000 + (kills / groups) * 15_000);
    const next = random(20 + group);
    await page.addInitScript(rememberWorkers);
    for (let kill = 0; kill < kills / groups; kill++) {
      const victim = next() < 0.7 ? 'intake' : 'analysis';
      const delay = Math.floor(next() * 900);
      await test.step(`${victim} ends after ${delay} ms`, async () => {
        await page.goto('about:blank');
        await page.goto(server.url);
        await openFiles(page, [bundle]);
        await expect.poll(() => runs(page, victim), { intervals: [10] }).toBe(true);
        await page.waitForTimeout(delay);
        await end(page, victim);
        // the end of the desk is noticed a moment later: until then, and while all is read again, nothing is shown
        let shown = 0;
        const settled = async (): Promise<boolean> => {
          await quiet(page);
          shown = await linesShown(page);
          expect([0, all]).toContain(shown);
          return shown === ((await page.getByRole('alert').count()) > 0 ? 0 : all);
        };
        await expect.poll(settled, { timeout: 30_000 }).toBe(true);
        for (const dismiss of await page.getByRole('alert').getByRole('button').all()) await dismiss.click();
        await go(page, 'start');
        await openFiles(page, [small]);
        await expect.poll(() => linesShown(page), { timeout: 15_000 }).toBe(shown + 1);
      });
    }
  });
}

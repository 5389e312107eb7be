/** The built app in a real browser: a server of its own for each worker, and the steps that every flow shares. */
import { test as base, expect, type Page } from '@playwright/test';
import { serve } from '../../tools/serve.mjs';

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly requests: string[];
  stop(): Promise<unknown>;
}
export { serve };

export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server: Server = await serve({ port: 0 });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});
export { expect };

export const views = [
  'start',
  'overview',
  'evidence',
  'calls',
  'ladder',
  'users',
  'logs',
  'checklists',
  'case',
  'share',
] as const;

/** Opens the sample and answers where it may stay. Gives the milliseconds from click to findings. */
export async function openSample(page: Page, url: string, stay: 'keep' | 'memory' = 'memory'): Promise<number> {
  await page.goto(url);
  const sample = page.getByRole('button', { name: /^MiVB/ }).last();
  await sample.waitFor();
  const start = Date.now();
  await sample.click();
  await page
    .getByRole('region', { name: 'Verdict' })
    .or(page.getByRole('region', { name: 'Conclusion' }))
    .waitFor();
  const elapsed = Date.now() - start;
  await page.getByRole('button', { name: stay === 'keep' ? /^(Keep|Garder)/ : /^(Only until|Seulement)/ }).click();
  return elapsed;
}

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
export const asUpload = (name: string, bytes: Uint8Array | string): Upload => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

/** Gives files to the browser's picker. Names of real files and folders are paths. */
export async function openFiles(
  page: Page,
  files: string | readonly string[] | readonly Upload[],
  door = 'Open files',
): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: door, exact: true }).click();
  await (await chooser).setFiles(files as string | string[] | Upload[]);
}

/** Everything that came in is read, and what was found is on the screen. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
  await expect(page.getByRole('group', { name: 'Reading of files' })).toHaveCount(0, { timeout: 30_000 });
}

/** All that IndexedDB holds: keys and, of session rows, everything. */
export async function stored(page: Page): Promise<{ readonly sessions: unknown[]; readonly parts: unknown[] }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('psiscope');
        request.onerror = () => reject(new Error('open'));
        request.onsuccess = () => {
          const database = request.result;
          const tx = database.transaction(['sessions', 'parts']);
          const sessions = tx.objectStore('sessions').getAll();
          const parts = tx.objectStore('parts').getAllKeys();
          tx.oncomplete = () => {
            database.close();
            resolve({ sessions: sessions.result, parts: parts.result });
          };
        };
      }),
  );
}

/** Titles of the findings in their order. */
export async function findings(page: Page): Promise<string[]> {
  await go(page, 'overview');
  await page.locator('main h3').first().waitFor();
  return page.locator('main').getByRole('group').locator('h3').allTextContents();
}

/** Goes to a view without loading the page anew. */
export async function go(page: Page, view: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${view}`);
  await page.waitForTimeout(150);
}

/** Fails a test on the first request to any other host, and on any error of the page. */
export function watch(page: Page, url: string): { readonly foreign: string[]; readonly errors: string[] } {
  const seen = { foreign: [] as string[], errors: [] as string[] };
  const origin = new URL(url).origin;
  page.context().on('request', (request) => {
    const target = request.url();
    if (!target.startsWith(origin) && !/^(?:blob|data):/.test(target)) seen.foreign.push(target);
  });
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text());
  });
  return seen;
}

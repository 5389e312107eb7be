import { chromium, type BrowserContext } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import config from '../../playwright.config';
import { expect, findings, openSample, settled, test } from './app';

test('a kept session is there after a reload', async ({ page, server }) => {
  await openSample(page, server.url, 'keep');
  await expect(page).toHaveURL(/s=/);
  const before = await findings(page);
  await page.goto(
    `${server.url}#/overview?s=${new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('s') ?? ''}`,
  );
  await page.reload();
  expect(await findings(page)).toEqual(before);
  await page.goto(server.url);
  await expect(page.getByText('cld-logs-aster-mbg1-20261112.tar.xz and 3 more').first()).toBeVisible();
});

test('a session file gives the same findings elsewhere', async ({ page, server, browser }, info) => {
  await openSample(page, server.url);
  const before = await findings(page);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Export/ }).click();
  const file = info.outputPath('case.psiscope');
  await (await download).saveAs(file);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(server.url);
  const chooser = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Import a session' }).click();
  await (await chooser).setFiles(file);
  await settled(other);
  await expect.poll(() => findings(other)).toEqual(before);
  await elsewhere.close();
});

test('a second tab on the same session may only read', async ({ page, server }) => {
  await openSample(page, server.url, 'keep');
  await expect(page).toHaveURL(/s=/);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await expect(second.getByText(/another tab|read-only|read only/i).first()).toBeVisible();
});

test('close and erase leaves nothing', async ({ page, server }) => {
  await openSample(page, server.url, 'keep');
  await expect(page).toHaveURL(/s=/);
  await page.getByRole('button', { name: 'Session', exact: true }).click();
  await page.getByRole('menuitem', { name: /erase/i }).click();
  await page.getByRole('dialog').getByRole('button', { name: /erase/i }).click();
  await expect(page.getByText(/\b0\s?(?:B|byte)/).first()).toBeVisible();
  const rows = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('psiscope');
        request.onerror = () => reject(new Error('open'));
        request.onsuccess = () => {
          const tx = request.result.transaction(['sessions', 'parts']);
          const counts = ['sessions', 'parts'].map((name) => tx.objectStore(name).count());
          tx.oncomplete = () => resolve(counts.reduce((sum, count) => sum + count.result, 0));
        };
      }),
  );
  expect(rows).toBe(0);
});

test('where the browser stores nothing, the main job works in memory and a banner says so', async ({ server }) => {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'profile-'));
  mkdirSync(path.join(profile, 'Default'));
  // the setting by which policies block all storage of a site
  writeFileSync(
    path.join(profile, 'Default/Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  let context: BrowserContext | undefined;
  try {
    context = await chromium.launchPersistentContext(profile, { ...config.use?.launchOptions, headless: true });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.url);
    await page.getByRole('button', { name: /^MiVB/ }).last().click();
    await page.getByRole('region', { name: 'Verdict' }).waitFor({ timeout: 20_000 });
    expect((await findings(page)).length).toBeGreaterThanOrEqual(4);
    await expect(page.getByText('does not let pages keep data')).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true });
  }
});

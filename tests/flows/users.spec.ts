import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { asUpload, expect, go, openFiles, settled, test, watch, type Upload } from './app';

const sample = ['user-comparison-report.csv', 'event-history.csv', 'mbg-signalling.pcap'].map((name) =>
  asUpload(name, readFileSync(`samples/mivb/${name}`)),
);

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
    });
    if (name.test(label)) return;
  }
  throw new Error(`no Tab stop ${String(name)}`);
}

/** A drop by the event: a keyboard has none, all that follows has. */
async function drop(page: Page, files: readonly Upload[]): Promise<void> {
  await page.evaluate(
    (all) => {
      const dataTransfer = new DataTransfer();
      for (const { name, bytes } of all) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
      for (const type of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    files.map(({ name, buffer }) => ({ name, bytes: [...buffer] })),
  );
}

test('the whole triage of the sample by keyboard, in French, from drop to the lot on the clipboard', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const seen = watch(page, server.url);
  await page.goto(`${server.url}?lang=fr`);
  await page.getByRole('button', { name: 'Ouvrir des fichiers', exact: true }).waitFor();
  await drop(page, sample);
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
  await tabTo(page, /^Seulement/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Utilisateurs/, 80);
  await page.keyboard.press('Enter');
  await expect(page.getByText('12 personnes', { exact: false }).first()).toBeVisible();
  // the issue with the most people is chosen by its row of the chart
  await tabTo(page, /^Pas de téléphone SIP Zoom/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'sur' })).toHaveText('12 sur 43');
  // a person: into the table, down, everything about her, and out again
  await tabTo(page, /^Personnes du rapport/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { level: 3, name: 'Amélie Ballard' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Chronologie' })).toBeVisible();
  await page.keyboard.press('Escape');
  await tabTo(page, /^Copier 12$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Le lot 1 est fait' })).toBeChecked();
  const lot = await page.evaluate(() => navigator.clipboard.readText());
  expect(lot.split(', ')).toHaveLength(12);
  expect(lot).toContain('amelie.ballard@aster.example');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
  expect(seen).toEqual({ foreign: [], errors: [] });
});

const head =
  'email,name,clUserId,licenses,zmUserId,zmUserStatus,zmSipPhoneId,zmSipPhoneNumber,zmSipPhoneMobileId,zmSipPhoneMobileNumber,issues';
const person = (name: string, number: string, issues = '[]'): string =>
  `${name}@example.org,${name},cl-${name},"[""ZoomPSI""]",zm-${name},active,sip-${name},${number},mob-${name},${number},${issues}`;

test('two reports are compared, the older one said to be the newer, and the sentence copied', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(server.url);
  await openFiles(page, [
    asUpload(
      'report-2026-11-10.csv',
      [head, person('anna', '4001', '"[""ZoomUserNotFound""]"'), person('bob', '4002')].join('\n'),
    ),
    asUpload('report-2026-11-12.csv', [head, person('anna', '4001'), person('carl', '4003')].join('\n')),
  ]);
  await settled(page);
  await go(page, 'users');
  await page.getByRole('button', { name: 'Compare reports' }).click();
  await page.getByRole('button', { name: /^Absent from Zoom, Fixed: 1/ }).click();
  await expect(page.getByText('anna@example.org')).toBeVisible();
  await page.getByRole('button', { name: 'Copy the sentence' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/1 fixed, 0 new.*1 person added, 1 gone/);
  await page.getByLabel('Made at report-2026-11-10.csv').fill('2026-11-14T09:00');
  await page.getByLabel('Made at report-2026-11-10.csv').blur();
  await expect(page.getByRole('button', { name: /^Absent from Zoom, New: 1/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ')}`)).toEqual([]);
});

test('a column of another name is matched once and kept for the next report', async ({ page, server }) => {
  const odd = head.replace('zmSipPhoneNumber', 'Poste');
  await page.goto(server.url);
  await openFiles(page, [asUpload('first.csv', [odd, person('anna', '4001')].join('\n'))]);
  await settled(page);
  await go(page, 'users');
  await page.getByRole('button', { name: 'Match columns' }).click();
  await page.getByLabel('Poste').selectOption('zmSipPhoneNumber');
  await page.getByRole('button', { name: 'Use this and read again' }).click();
  await expect(page.getByRole('button', { name: 'Match columns' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await page.getByRole('checkbox', { name: 'CloudLink user id' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'CloudLink user id' })).toBeVisible();
  await page.getByRole('button', { name: 'Filter by column' }).click();
  await page.getByLabel('Filter Desktop').fill('4001');
  await expect(page.getByRole('status').filter({ hasText: 'of' })).toHaveText('1 of 1');
  await page.getByLabel('Filter Desktop').fill('9');
  await expect(page.getByRole('status').filter({ hasText: 'of' })).toHaveText('0 of 1');
});

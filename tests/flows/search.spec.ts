import { daemonLog } from '../build/log';
import { asUpload, expect, go, openFiles, openSample, test } from './app';

test('finds a text in every file, claimed or not, and opens the line in its place', async ({ page, server }) => {
  await openSample(page, server.url);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('aster.example');
  await page.getByRole('option', { name: /in every file/ }).click();
  const status = page.locator('main [role=status]').first();
  await expect(status).toHaveText(/[1-9]\d* lines in \d+ files/);
  const table = page.getByRole('grid', { name: 'Lines found' });
  // the messages of the capture, the report, and a file that no reader claims
  await expect(page.getByRole('complementary').getByRole('button', { name: /mbg-signalling\.pcap/ })).toBeVisible();
  await expect(
    page.getByRole('complementary').getByRole('button', { name: /user-comparison-report\.csv/ }),
  ).toBeVisible();
  await page.getByLabel('Search in every file').fill('proxy.aster.example');
  await page.keyboard.press('Enter');
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /proxy\.env/ })
    .click();
  await expect(table.getByRole('row').nth(1)).toContainText('proxy.aster.example');
  await table
    .getByRole('button', { name: /proxy\.aster\.example/ })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/(evidence|logs)/);
  await page.goBack();
  await expect(status).toHaveText(/lines? in \d+ files?/);

  await page.getByRole('button', { name: 'Regular expression' }).click();
  await page.getByLabel('Search in every file').fill('^SIP/2\\.0 4\\d\\d');
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row').nth(1)).toContainText('SIP/2.0 4');
  await table
    .getByRole('button', { name: /SIP\/2\.0 4/ })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/ladder/);
});

test('a regular expression that runs away is ended after two seconds', async ({ page, server }) => {
  await page.goto(server.url);
  await openFiles(page, [asUpload('long.log', daemonLog(`08:00:01 INFO ${'a'.repeat(5000)}!`))]);
  await page.getByRole('region', { name: 'Verdict' }).waitFor();
  await go(page, 'search');
  await page.getByRole('button', { name: 'Regular expression' }).click();
  await page.getByLabel('Search in every file').fill('(a+)+$');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('more than 2 s', { timeout: 15_000 });
  // the page is alive and searches on
  await page.getByLabel('Search in every file').fill('INFO');
  await page.keyboard.press('Enter');
  await expect(page.locator('main [role=status]').first()).toHaveText(/1 line in 1 file/);
});

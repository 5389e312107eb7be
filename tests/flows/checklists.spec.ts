import AxeBuilder from '@axe-core/playwright';
import { expect, go, openSample, test } from './app';

test('a checklist is gone through by the keyboard alone, and undone', async ({ page, server }) => {
  await openSample(page, server.url);
  await go(page, 'checklists?list=mivb');
  const rows = page.locator('[data-step]');
  await rows.first().locator('summary').focus();
  // one tab stop for all steps
  await expect(page.locator('[data-step] > summary[tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('d');
  await expect(rows.nth(1).locator('summary')).toContainText('Done');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows.nth(2).getByRole('button', { name: 'Done', exact: true })).toBeVisible();
  for (const key of ['x', 'r', 'd']) await page.keyboard.press(key);
  await expect(rows.nth(2).locator('summary')).toContainText('Done');
  await expect(page.getByText('2 of 13 answered').first()).toBeVisible();
  for (let n = 0; n < 4; n++) await page.keyboard.press('Control+z');
  await expect(page.getByText('0 of 13 answered').first()).toBeVisible();
});

test('an answer against the evidence stands, says so, and can be given up', async ({ page, server }) => {
  await openSample(page, server.url);
  await go(page, 'checklists?step=osv.chk.05');
  const row = page.locator('[data-step="osv.chk.05"]');
  await expect(row.locator('summary')).toContainText('Failed');
  await expect(row.locator('summary')).toBeFocused();
  await page.keyboard.press('p');
  await expect(row.locator('summary')).toContainText('Passed');
  await expect(row.locator('summary')).toContainText('by hand, evidence disagrees');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await row.getByRole('button', { name: 'Keep mine' }).click();
  await expect(row.getByText('You keep your answer against the evidence.')).toBeVisible();
  await row.getByRole('button', { name: 'Follow the evidence' }).click();
  await expect(row.locator('summary')).toContainText('Failed');
});

test('a command is copied in its working form, and not at all while a slot does not fit', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSample(page, server.url);
  await go(page, 'checklists?step=osv.chk.03');
  const row = page.locator('[data-step="osv.chk.03"]');
  const command = row.locator('.cmd').first();
  await command.getByRole('button').click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'curl -v --proxy http://proxy.aster.example:3128 https://download.mitel.io/cld/linux/amd64/current.json',
  );
  const host = row.getByRole('textbox', { name: /^Proxy host/ });
  await host.fill('x; reboot');
  await host.press('Tab');
  await expect(command.getByRole('button')).toHaveCount(0);
  await expect(row.getByText(/Nothing can be copied yet: Proxy host does not fit/)).toBeVisible();
});

test('a case form is filled from the evidence, shows what is missing, and is copied', async ({
  page,
  server,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSample(page, server.url);
  await go(page, 'case');
  await expect(page.getByRole('textbox', { name: 'Users affected' })).toHaveValue(/@aster\.example/);
  const missing = page.getByRole('complementary').getByRole('listitem');
  await expect(missing.filter({ hasText: 'Can it be reproduced?' })).toHaveCount(1);
  await missing.filter({ hasText: 'Can it be reproduced?' }).getByRole('button').press('Enter');
  await page.keyboard.type('Yes, every time');
  await page.keyboard.press('Tab');
  await expect(missing.filter({ hasText: 'Can it be reproduced?' })).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Issue in a few words' }).fill('Mobiles ring late');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Copy as text' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Account \d+ \/ Zoom PSI \/ Mobiles ring late\n/);
  expect(copied).toContain('Can it be reproduced? Yes, every time');
  await page.getByRole('button', { name: 'Copy with formatting' }).click();
  const html = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item!.getType('text/html')).text();
  });
  expect(html).toContain('<strong>Can it be reproduced?</strong>');
});

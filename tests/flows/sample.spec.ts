import { expect, findings, go, openSample, test, views, watch } from './app';

test('the sample goes from click to findings, one of them across pieces of evidence', async ({
  page,
  server,
}, info) => {
  const seen = watch(page, server.url);
  const elapsed = await openSample(page, server.url);
  info.annotations.push({ type: 'click to findings', description: `${elapsed} ms` });
  const titles = await findings(page);
  expect(titles.length).toBeGreaterThanOrEqual(4);
  expect(titles.join('\n')).toMatch(/karim\.laurent@aster\.example.*REGISTER/);
  for (const view of views) {
    await go(page, view);
    await expect(page.locator('main')).not.toBeEmpty();
  }
  expect(seen).toEqual({ foreign: [], errors: [] });
});

test('a failing call is found by filter, opened as a ladder, and its answer read in French', async ({
  page,
  server,
}) => {
  await openSample(page, server.url);
  await go(page, 'calls');
  await page.getByRole('textbox', { name: 'Filter calls' }).fill('status:488');
  await expect(page.getByRole('status').filter({ hasText: 'of' })).toHaveText(/2 of 7|1 of \d/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/ladder\?call=/);
  await page.getByRole('option', { name: /^488/ }).first().click();
  await page.getByRole('button', { name: 'FR', exact: true }).click();
  await expect(page.getByText(/Le média offert n’est pas acceptable/)).toBeVisible();
  await expect(page.getByText(/SIP\/2\.0 488/).first()).toBeVisible();
});

test('the language changes without a reload and keeps what was open', async ({ page, server }) => {
  await openSample(page, server.url);
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const before = await findings(page);
  await page.getByRole('button', { name: 'FR', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  const after = await findings(page);
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  expect(await findings(page)).toEqual(before);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { goodCapture } from '../build/bad-input';
import { daemonLog } from '../build/log';
import { report } from '../build/report';
import { toBytes } from '../build/tar';
import { asUpload, expect, findings, go, openFiles, openSample, settled, test } from './app';

const log = daemonLog(
  '08:00:01 ERROR token used before issued',
  '08:00:31 ERROR token used before issued',
  '08:01:01 ERROR token used before issued',
);
const files: Readonly<Record<string, Uint8Array>> = {
  'calls.pcap': goodCapture,
  'report.csv': toBytes(report('a@aster.example | A', 'b@aster.example | B | ZoomSipPhoneNotFound')),
  'cld.log': toBytes(log),
};

/** The fixture as a folder with a folder in it. */
function folder(info: TestInfo): string {
  const root = info.outputPath('site');
  mkdirSync(path.join(root, 'logs'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(path.join(root, name.endsWith('.log') ? 'logs' : '', name), bytes);
  }
  return root;
}
/** The fixture inside the page, as a `DataTransfer` or a list of files. */
const inPage = (): { name: string; text: number[] }[] =>
  Object.entries(files).map(([name, bytes]) => ({ name, text: [...bytes] }));

async function found(page: Page): Promise<string[]> {
  await settled(page);
  await expect.poll(async () => (await findings(page)).length).toBeGreaterThanOrEqual(3);
  return findings(page);
}
let expected: string[] = [];
test.beforeEach(async ({ page, server }) => {
  await page.goto(server.url);
  if (expected.length > 0) return;
  await openFiles(
    page,
    Object.entries(files).map(([name, bytes]) => asUpload(name, bytes)),
  );
  expected = await found(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('about:blank');
  await page.goto(server.url);
});

test('folder input', async ({ page }, info) => {
  await openFiles(page, folder(info), 'Open a folder');
  expect(await found(page)).toEqual(expected);
  await go(page, 'evidence');
  await expect(page.getByText('logs', { exact: true }).first()).toBeVisible();
});

test('drop of a folder', async ({ page }, info) => {
  const root = folder(info);
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [root], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await client.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
    if (type === 'dragOver') await expect(page.getByText(/^Drop/).first()).toBeVisible();
  }
  expect(await found(page)).toEqual(expected);
});

test('drop of files, by the event', async ({ page }) => {
  await page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of all) dataTransfer.items.add(new File([new Uint8Array(text)], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, inPage());
  expect(await found(page)).toEqual(expected);
});

test('paste of files', async ({ page }) => {
  await page.evaluate((all) => {
    const clipboardData = new DataTransfer();
    for (const { name, text } of all) clipboardData.items.add(new File([new Uint8Array(text)], name));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, inPage());
  expect(await found(page)).toEqual(expected);
});

test('paste of text, and of the same text again', async ({ page, server }) => {
  const paste = (): Promise<void> =>
    page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, log);
  await paste();
  await settled(page);
  const pasted = await findings(page);
  await paste();
  await expect(page.getByText(/pasted\.txt holds the same bytes as pasted\.txt/)).toBeVisible();
  expect(await findings(page)).toEqual(pasted);
  await page.goto('about:blank');
  await page.goto(server.url);
  await openFiles(page, [asUpload('cld.log', log)]);
  await settled(page);
  expect(await findings(page)).toEqual(pasted);
});

test('«open with» of the installed app', async ({ page }) => {
  await page.addInitScript((all) => {
    Object.defineProperty(window, 'launchQueue', {
      value: {
        setConsumer(take: (params: unknown) => void) {
          const handles = all.map(({ name, text }) => ({
            getFile: () => Promise.resolve(new File([new Uint8Array(text)], name)),
          }));
          take({ files: handles });
        },
      },
    });
  }, inPage());
  await page.reload();
  expect(await found(page)).toEqual(expected);
});

test('the sample by its address', async ({ page, server }) => {
  await openSample(page, server.url);
  const clicked = await findings(page);
  await page.goto('about:blank');
  await page.goto(`${server.url}?sample=mivb`);
  await settled(page);
  expect(await findings(page)).toEqual(clicked);
});

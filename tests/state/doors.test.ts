import { expect, it } from 'vitest';
import { fromDrop, fromInput, fromPaste, pasted } from '../../src/state/doors';

const file = (name: string, content = name): File => new File([content], name);
const fileEntry = (path: string) => ({
  isFile: true,
  fullPath: path,
  file: (give: (file: File) => void) => give(file(path.split('/').at(-1)!)),
});
/** Hands out its children in batches, as browsers do. */
const folderEntry = (path: string, children: readonly unknown[], batch = 2) => ({
  isFile: false,
  fullPath: path,
  createReader() {
    let at = 0;
    return { readEntries: (give: (entries: readonly unknown[]) => void) => give(children.slice(at, (at += batch))) };
  },
});
const transfer = (entries: readonly unknown[], more: Partial<DataTransfer> = {}): DataTransfer =>
  ({
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null })),
    files: [],
    getData: () => '',
    ...more,
  }) as unknown as DataTransfer;

it('reads a dropped folder to its last batch, names with their folders', async () => {
  const logs = folderEntry(
    '/site/log',
    [1, 2, 3, 4, 5].map((n) => fileEntry(`/site/log/${n}.log`)),
  );
  const incoming = await fromDrop(
    transfer([folderEntry('/site', [fileEntry('/site/a.pcap'), logs]), fileEntry('/b.csv')]),
  );
  expect(incoming.map(({ path }) => path)).toEqual([
    'site/a.pcap',
    'site/log/1.log',
    'site/log/2.log',
    'site/log/3.log',
    'site/log/4.log',
    'site/log/5.log',
    'b.csv',
  ]);
});

it('lists a file that cannot be opened, so that reading it tells', async () => {
  const broken = { isFile: true, fullPath: '/gone.log', file: (_: unknown, fail: () => void) => fail() };
  const [only] = await fromDrop(transfer([broken]));
  expect(only).toMatchObject({ path: 'gone.log' });
  expect(only!.blob.size).toBe(0);
});

it('takes files without entries, and dropped text', async () => {
  const items = [{ kind: 'file', getAsFile: () => file('x.log') }];
  const plain = { items, files: [], getData: () => '' } as unknown as DataTransfer;
  expect((await fromDrop(plain)).map(({ path }) => path)).toEqual(['x.log']);
  const words = { items: [{ kind: 'string' }], files: [], getData: () => 'level=ERROR' } as unknown as DataTransfer;
  const [text] = await fromDrop(words);
  expect(await text!.blob.text()).toBe('level=ERROR');
});

it('prefers pasted files to their text, and ignores blank text', () => {
  const paste = (files: readonly File[], words: string): DataTransfer =>
    ({ files, getData: () => words }) as unknown as DataTransfer;
  expect(fromPaste(paste([file('a.csv')], 'a.csv')).map(({ path }) => path)).toEqual(['a.csv']);
  expect(fromPaste(paste([], ' \n'))).toEqual([]);
  expect(fromPaste(paste([], 'x'))).toEqual([pasted('x')]);
});

it('keeps the folders of a picked folder', () => {
  const picked = Object.defineProperty(file('a.log'), 'webkitRelativePath', { value: 'site/a.log' });
  expect(fromInput([picked, file('b.log')]).map(({ path }) => path)).toEqual(['site/a.log', 'b.log']);
});

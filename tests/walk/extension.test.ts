import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createServer } from 'vite';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

const newRule = `
import { text } from '../../text/text';
import { rule } from '../rule';
export default rule({
  id: 'invented-fault', rows: ['f.invented'], severity: 'note', basis: 'diagnosis', confidence: 'hint', needs: ['any'],
  find: () => [],
  title: text('Invented', 'Inventé'), seen: text('Nothing', 'Rien'), cause: text('None', 'Aucune'), causeIs: 'cause',
  steps: [], source: 'EN 5.1',
});
`;
const newKind = `
import { text } from '../text/text';
import { artifactKind, nothingRead, notThis } from './kind';
export default artifactKind({
  id: 'invented-log', name: text('Invented log', 'Journal inventé'), provides: [],
  sniff: () => notThis,
  open: () => ({ push() {}, end: () => nothingRead }),
});
`;
const newChecklist = `
import { text } from '../../text/text';
export default {
  platform: 'invented', system: 'mivb', title: text('Invented', 'Inventée'), steps: [],
};
`;

/** A newcomer's three files in a copy of the sources: the registries must hold them, and no other file is touched. */
test('a rule, a log kind and a checklist are one new file each', async () => {
  const copy = path.join(root, '.cache', 'extension', 'src');
  rmSync(path.dirname(copy), { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const folder of [
    'base',
    'text',
    'decode',
    'evidence',
    'artifacts',
    'facts',
    'provenance',
    'rules',
    'checklists',
    'session',
  ]) {
    cpSync(path.join(root, 'src', folder), path.join(copy, folder), { recursive: true });
  }
  writeFileSync(path.join(copy, 'rules/time/invented-fault.ts'), newRule);
  writeFileSync(path.join(copy, 'artifacts/invented-log.ts'), newKind);
  writeFileSync(path.join(copy, 'checklists/platforms/invented.ts'), newChecklist);
  const server = await createServer({
    root: path.dirname(copy),
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, watch: null, hmr: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const load = (file: string) => server.ssrLoadModule(path.join(copy, file)) as Promise<Record<string, unknown>>;
    const { rules } = (await load('rules/index.ts')) as { rules: { rule: { id: string } }[] };
    const { kinds } = (await load('artifacts/index.ts')) as { kinds: { id: string }[] };
    const { checklists } = (await load('checklists/index.ts')) as { checklists: { platform: string }[] };
    expect(rules.map(({ rule }) => rule.id)).toContain('invented-fault');
    expect(kinds.map(({ id }) => id)).toContain('invented-log');
    expect(checklists.map(({ platform }) => platform)).toContain('invented');
  } finally {
    await server.close();
    rmSync(path.dirname(copy), { recursive: true, force: true });
  }
}, 60_000);

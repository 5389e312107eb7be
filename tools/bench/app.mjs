/** The built app that benchmarks of the interface run on; built anew when a source is younger. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { cache, root } from './browser.mjs';

export const dist = path.join(cache, 'app');

const newest = (file) => {
  const { mtimeMs } = statSync(file);
  if (!statSync(file).isDirectory()) return mtimeMs;
  return readdirSync(file).reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), mtimeMs);
};

export async function builtApp() {
  try {
    const built = statSync(path.join(dist, 'index.html')).mtimeMs;
    const sources = ['src', 'workers', 'samples', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];
    if (sources.every((source) => newest(path.join(root, source)) < built)) return;
  } catch {
    // never built
  }
  await build({ root, logLevel: 'error', build: { outDir: dist, emptyOutDir: true } });
}

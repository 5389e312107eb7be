/** The page of the benches of the decoder: built, served on a free port. */
import path from 'node:path';
import { build } from 'vite';
import { cache, root } from '../bench/browser.mjs';
import { ensureChromium } from '../chromium.mjs';
import { serve } from '../serve.mjs';
import { xzEngine } from './plugin.mjs';

export async function serveBenchPage() {
  ensureChromium();
  const dir = path.join(cache, 'xz-page');
  await build({
    root: path.join(root, 'tools/xz/page'),
    base: './',
    logLevel: 'error',
    configFile: false,
    plugins: [xzEngine()],
    worker: { format: 'es', plugins: () => [xzEngine()] },
    build: { outDir: dir, emptyOutDir: true, target: 'chrome109', modulePreload: { polyfill: false } },
  });
  return serve({ dir, port: 0 });
}

/** The decoder as one module for Node, in `.cache/xz`: for measurements and long comparisons outside the tests. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { xzEngine } from './plugin.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export async function loadDecoder(name = 'decoder') {
  const outDir = join(root, '.cache/xz/node');
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [xzEngine()],
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'src/xz/decoder.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  });
  return import(pathToFileURL(join(outDir, `${name}.mjs`)).href);
}

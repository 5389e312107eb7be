/**
 * npm run -s analyze -- [--json] [--digest] [--lang en|fr] [--facts FILE] [--kind PATH=KIND] FILE|FOLDER...
 *
 * Bundles the modules below `state` once (their registries are found by Vite) and runs them in Node. The bundle is kept
 * in `.cache/analyze` and built again when a source file is newer. Standard output carries the result alone.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { xzEngine } from '../xz/plugin.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cache = join(root, '.cache/analyze');
const bundle = join(cache, 'main.mjs');

/** A folder's own time moves when a file in it comes or goes. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

function isFresh() {
  try {
    const built = statSync(bundle).mtimeMs;
    return ['src', 'tools/analyze', 'tools/xz', 'package-lock.json'].every((path) => newest(join(root, path)) < built);
  } catch {
    return false;
  }
}

async function build() {
  const { build } = await import('vite');
  const start = new Date();
  const outDir = `${cache}.${process.pid}`;
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [xzEngine()],
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'tools/analyze/main.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'main.mjs', chunkFileNames: '[name].mjs' } },
    },
  });
  // as old as its start: a file saved while it was built is newer
  utimesSync(join(outDir, 'main.mjs'), start, start);
  mkdirSync(dirname(cache), { recursive: true });
  rmSync(cache, { recursive: true, force: true });
  try {
    renameSync(outDir, cache);
  } catch (error) {
    // another run was faster: its bundle is as good
    rmSync(outDir, { recursive: true, force: true });
    if (!isFresh()) throw error;
  }
}

if (!isFresh()) await build();
// npm moves to the package; the paths are those of the caller
if (process.env.npm_lifecycle_event === 'analyze' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const { main } = await import(pathToFileURL(bundle).href);
process.exitCode = await main(process.argv.slice(2));

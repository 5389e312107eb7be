/** Compiles AssemblyScript to WebAssembly, kept in `.cache/xz` under the hash of its source. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineSource } from './engine-source.mjs';

const cache = join(dirname(fileURLToPath(import.meta.url)), '../../.cache/xz');
const { version } = createRequire(import.meta.url)('assemblyscript/package.json');
const flags = ['-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort='];

/** The xz engine. */
export const compileEngine = (options = {}) => compile(engineSource(options), 3);

/** A module's bytes; `pages` of 64 KiB is the memory that it starts with. */
export async function compile(source, pages) {
  const own = [...flags, '--initialMemory', String(pages)];
  return cached([version, ...own, source].join('\n'), 'wasm', async () => {
    const { default: asc } = await import('assemblyscript/asc');
    let bytes;
    const { error, stderr } = await asc.main(['engine.ts', '--outFile', 'engine.wasm', ...own], {
      readFile: (name) => (name === 'engine.ts' ? source : null),
      writeFile: (_name, content) => void (bytes = content),
      listFiles: () => [],
    });
    if (error || !bytes) throw new Error(`AssemblyScript does not compile: ${error?.message}\n${stderr}`);
    return bytes;
  });
}

/** What was made of `source` before, else what `make` makes of it. */
export async function cached(source, ending, make) {
  const key = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const file = join(cache, `${key}.${ending}`);
  try {
    return readFileSync(file);
  } catch {
    // not made yet
  }
  const bytes = await make();
  mkdirSync(cache, { recursive: true });
  // several test workers may write it at once
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
  return Buffer.from(bytes);
}

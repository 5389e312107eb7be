/** The engine as JavaScript for machines without WebAssembly, made by binaryen's `wasm2js`, which AssemblyScript brings. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cached, compileEngine } from './compile.mjs';

const require = createRequire(import.meta.url);
const binaryen = createRequire(require.resolve('assemblyscript/package.json')).resolve('binaryen/package.json');
const { version } = require(binaryen);

/** A module's text; it exports `instantiate`. */
export async function engineAsJavaScript() {
  const wasm = await compileEngine({ portable: true });
  const text = await cached(`${version}\n${wasm.toString('base64')}\n${asFactory}`, 'js', () => translate(wasm));
  return text.toString();
}

function translate(wasm) {
  const folder = mkdtempSync(join(tmpdir(), 'xz-engine-'));
  try {
    const [from, to] = [join(folder, 'engine.wasm'), join(folder, 'engine.js')];
    writeFileSync(from, wasm);
    execFileSync(process.execPath, [join(dirname(binaryen), 'bin/wasm2js'), from, '-O3', '-o', to]);
    return asFactory(readFileSync(to, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * `wasm2js` writes one instance; here as many as are wanted. Its views of the memory are replaced as memory grows, which
 * no function of the engine does: each takes them once, since a variable of an outer function is looked up every time.
 */
function asFactory(text) {
  const end = text.indexOf('var retasmFunc');
  const grow = text.indexOf('function __wasm_memory_size');
  const first = text.indexOf('function $');
  if (end < 0 || first < 0 || grow < first) throw new Error('wasm2js writes another form');
  const functions = text
    .slice(first, grow)
    .replace(
      /^( ?function \$\d+\([^)]*\) \{)$/gm,
      '$1\n  var h8 = HEAP8, hU8 = HEAPU8, h16 = HEAP16, hU16 = HEAPU16, h32 = HEAP32, hU32 = HEAPU32;',
    )
    .replace(/HEAP(U?\d+)\[/g, 'h$1[');
  return `${text.slice(0, first)}${functions}${text.slice(grow, end)}\nexport const instantiate = () => asmFunc({});\n`;
}

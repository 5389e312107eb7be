/**
 * Vite plugin: `virtual:xz-engine` and `virtual:pack-codec` are WebAssembly, compiled when first asked for, as base64 text
 * in the chunk; `virtual:xz-engine-js` is the first one as JavaScript.
 */
import { codecSource } from '../pack/codec-source.mjs';
import * as codec from '../pack/layout.mjs';
import { compile, compileEngine } from './compile.mjs';
import { layout } from './layout.mjs';
import { engineAsJavaScript } from './to-javascript.mjs';

const modules = {
  'virtual:xz-engine': { layout, compile: () => compileEngine() },
  'virtual:pack-codec': { layout: codec.layout, compile: () => compile(codecSource(), codec.pages) },
};

const javascript = 'virtual:xz-engine-js';

/** @returns {import('vite').Plugin} */
export function xzEngine() {
  return {
    name: 'xz-engine',
    resolveId: (id) => (id === javascript || Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    async load(id) {
      const name = id.slice(1);
      if (id === `\0${javascript}`) return engineAsJavaScript();
      if (!id.startsWith('\0') || !Object.hasOwn(modules, name)) return undefined;
      const module = modules[name];
      const wasm = await module.compile();
      return `export const wasm = '${wasm.toString('base64')}';\nexport const layout = ${JSON.stringify(module.layout)};\n`;
    },
  };
}

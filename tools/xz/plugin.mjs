/**
 * Vite plugin: `virtual:xz-engine` and `virtual:pack-codec` are WebAssembly, compiled when first asked for, as base64 text
 * in the chunk.
 */
import { codecSource } from '../pack/codec-source.mjs';
import * as codec from '../pack/layout.mjs';
import { compile, compileEngine } from './compile.mjs';
import { layout } from './layout.mjs';

const modules = {
  'virtual:xz-engine': { layout, compile: () => compileEngine() },
  'virtual:pack-codec': { layout: codec.layout, compile: () => compile(codecSource(), codec.pages) },
};

/** @returns {import('vite').Plugin} */
export function xzEngine() {
  return {
    name: 'xz-engine',
    resolveId: (id) => (Object.hasOwn(modules, id) ? `\0${id}` : undefined),
    async load(id) {
      const name = id.slice(1);
      if (!id.startsWith('\0') || !Object.hasOwn(modules, name)) return undefined;
      const module = modules[name];
      const wasm = await module.compile();
      return `export const wasm = '${wasm.toString('base64')}';\nexport const layout = ${JSON.stringify(module.layout)};\n`;
    },
  };
}

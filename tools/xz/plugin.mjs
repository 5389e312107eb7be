/** Vite plugin: `virtual:xz-engine` is the engine, compiled when it is first asked for, as base64 text in the chunk. */
import { compileEngine } from './compile.mjs';
import { layout } from './layout.mjs';

const name = 'virtual:xz-engine';

/** @returns {import('vite').Plugin} */
export function xzEngine() {
  return {
    name: 'xz-engine',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      const wasm = await compileEngine();
      return `export const wasm = '${wasm.toString('base64')}';\nexport const layout = ${JSON.stringify(layout)};\n`;
    },
  };
}

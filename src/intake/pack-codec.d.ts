/** Compiled at build by `tools/xz/plugin.mjs`. */
declare module 'virtual:pack-codec' {
  /** The WebAssembly module, base64. */
  export const wasm: string;
  /** Addresses in its memory; see `tools/pack/layout.mjs`. */
  export const layout: Readonly<
    Record<'block' | 'input' | 'output' | 'needle' | 'folds' | 'needleMost' | 'window' | 'windowSize', number>
  >;
}

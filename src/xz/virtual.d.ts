/** Compiled at build by `tools/xz/plugin.mjs`. */
declare module 'virtual:xz-engine' {
  /** The WebAssembly module, base64. */
  export const wasm: string;
  /** Addresses in its memory; see `tools/xz/layout.mjs`. */
  export const layout: Readonly<
    Record<'state' | 'endInput' | 'endOutput' | 'check' | 'range' | 'code' | 'input' | 'window', number>
  >;
}

declare module 'virtual:xz-engine-js' {
  /** A new instance; what it gives has the form of a WebAssembly instance's exports. */
  export function instantiate(): object;
}

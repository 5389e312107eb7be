import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { metaPolicy } from './src/csp';
import manifest from './src/manifest';
import { xzEngine } from './tools/xz/plugin.mjs';

/** The policy in the page itself, for hosts that send no headers. Not in development, which injects inline scripts. */
const metaCsp: Plugin = {
  name: 'meta-csp',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy }, injectTo: 'head-prepend' },
  ],
};

export default defineConfig({
  // relative URLs: one build serves at `/`, at any sub-path, and from an unpacked zip
  base: './',
  plugins: [
    svelte(),
    metaCsp,
    xzEngine(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      manifest,
      manifestFilename: 'manifest.webmanifest',
      injectManifest: {
        globPatterns: ['**/*.{html,js,css,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 8 * 2 ** 20,
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [xzEngine()] },
  define: { __VERSION__: JSON.stringify(process.env['npm_package_version'] ?? '') },
  build: {
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
  },
});

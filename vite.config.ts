import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  // relative URLs: one build serves at `/`, at any sub-path, and from an unpacked zip
  base: './',
  plugins: [svelte()],
  worker: { format: 'es' },
  build: {
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
});

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { xzEngine } from './tools/xz/plugin.mjs';

export default defineConfig({
  plugins: [svelte(), xzEngine()],
  test: {
    setupFiles: ['tests/build/movable.ts'],
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/flows/**', 'node_modules/**'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
